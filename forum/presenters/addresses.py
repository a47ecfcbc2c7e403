"""Where topics and posts are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from forum.models import Topic

POSTS_A_PAGE: Final = 20


def topic_path(topic_id: int) -> str:
    """Written out: a list asks for fifty, and looking each up takes longer than its row."""
    return f"/forum/topik/{topic_id}/"


def place_of(topic_id: int, number: int) -> str:
    """The page of a topic on which post `number` stands, at that post."""
    page = (number - 1) // POSTS_A_PAGE + 1
    query = f"?halaman={page}" if page > 1 else ""
    return f"{topic_path(topic_id)}{query}#tulisan-{number}"


def merged_address(topic: Topic, number: int | None) -> str:
    """Where a topic was merged to; post `number` has moved along by the offset of the merge."""
    target = topic.merged_into_id or topic.pk
    if number is None:
        return place_of(target, topic.merged_offset + 1)
    return place_of(target, topic.merged_offset + number)
