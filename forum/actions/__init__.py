"""What is done in the forum: each in one transaction."""
