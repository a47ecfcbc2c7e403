"""What the forum promises."""
