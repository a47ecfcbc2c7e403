"""What is done on the news board; each in one transaction."""
