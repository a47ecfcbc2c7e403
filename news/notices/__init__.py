"""What the news board tells people of; each subject declares its kinds in a module of its own."""

from news.notices import comments, editing, events, proof, publishing

__all__ = [
    "comments",
    "editing",
    "events",
    "proof",
    "publishing",
]
