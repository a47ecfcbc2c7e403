"""Those who write at once wait for each other where it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.models import User
from forum.models import Topic

if TYPE_CHECKING:
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
