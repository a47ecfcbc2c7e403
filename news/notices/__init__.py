"""What the news board tells people of; each subject declares its kinds in a module of its own."""

from news.notices import circulars, comments, editing, events, proof, publishing

__all__ = [
    "circulars",
    "comments",
    "editing",
    "events",
    "proof",
    "publishing",
]
