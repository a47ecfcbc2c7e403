"""A forum to look at, and one to measure with: fictitious people, made-up words."""

from forum.demo.bulk import fill_posts
from forum.demo.fill import fill_forum

__all__ = ["fill_forum", "fill_posts"]
