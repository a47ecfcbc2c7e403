"""Where the posts of a topic stand, and all else that a merge or a split could have changed."""

from __future__ import annotations

from typing import Any

from forum.models import Decision, Topic
from forum.recount import differences


def places(topic: Topic) -> list[tuple[int, int, str]]:
    """The posts of a topic: number, key, state."""
    return list(topic.posts.order_by("number").values_list("number", "pk", "state"))


def snapshot(topic: Topic) -> dict[str, Any]:
    """All that a merge or a split could have changed of it."""
    columns = (
        *("last_number", "reply_count", "thanks_count", "metoo_count", "accepted"),
        *("last_posted_at", "last_author_name", "merged_into", "merged_offset"),
    )
    found: dict[str, Any] = Topic.objects.values(*columns).get(pk=topic.pk)
    found["places"] = places(topic)
    found["follows"] = set(topic.follows.values_list("user", "stance"))
    found["metoo"] = set(topic.metoo.values_list("user", flat=True))
    found["standing"] = set(topic.posts.values_list("pk", "standing"))
    return found


def latest(verb: Decision.Verb) -> Decision:
    found = Decision.objects.filter(verb=verb).order_by("-pk").first()
    assert found is not None
    return found


def is_sound() -> bool:
    return list(differences()) == []
