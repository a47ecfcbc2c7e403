"""Those who write at once wait for each other where it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.models import User
from forum.models import Post, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from accounts.models import User as Person


def one_at_a_time(user: Person) -> None:
    """What one person sends is judged after what they sent a moment ago, in this transaction."""
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk").first()


def locked_topic(topic_id: int) -> Any:
    """The topic as it is now, held until the transaction ends: posts get their numbers under it."""
    return Topic.objects.select_for_update(of=("self",)).for_list().get(pk=topic_id)


def held_to_write(topic_id: int) -> Any:
    """The topic, held as by `locked_topic`; one that was merged away is told, and let go of.

    Whoever waits for its target while holding it, and a merge that comes from the other side, would
    wait for each other for ever.
    """
    mark = transaction.savepoint()
    found = locked_topic(topic_id)
    if found.merged_into_id:
        transaction.savepoint_rollback(mark)
    else:
        transaction.savepoint_commit(mark)
    return found


def held_now(topic_id: int) -> Any:
    """The topic, or the one it leads to by now, held: never two of them."""
    found = held_to_write(topic_id)
    while found.merged_into_id:
        found = held_to_write(found.merged_into_id)
    return found


def held_topic_of(post_id: int) -> Any:
    """The topic in which a post stands, held: a merge or a split may have come first."""

    def place() -> list[int]:
        return list(Post.objects.filter(pk=post_id).values_list("topic_id", flat=True))

    (found,) = held_together(place)
    return found


def held_together(which: Callable[[], Collection[int]]) -> list[Any]:
    """Topics, held in the order of their numbers so that two never wait crosswise for each other.

    If `which` says others once they are held, these are let go of before those are taken.
    """
    while True:
        mark = transaction.savepoint()
        wanted = sorted(set(which()))
        found = [locked_topic(topic_id) for topic_id in wanted]
        if sorted(set(which())) == wanted:
            transaction.savepoint_commit(mark)
            return found
        transaction.savepoint_rollback(mark)
