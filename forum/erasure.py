"""Taking a person out of the forum: their posts stay, under no name."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

import pgtrigger
from django.apps import apps
from django.db.models import OuterRef, Subquery

from epk.lib.scrub import scrubbed
from forum.models import Decision, Post, Topic, Verification

if TYPE_CHECKING:
    from accounts.models import User

NAMELESS: Final = {
    "author_name": "",
    "author_number": None,
    "author_unit": "",
    "author_jenjang": "",
    "author_role": "",
}
DELETED: Final = (
    *("Draft", "ReadMark", "CategoryRead", "TopicFollow", "CategoryFollow", "Availability"),
    "FeedKey",
)
"""What only served the reader themselves."""


def forget_writer(user: User, values: Collection[str]) -> None:
    """Posts keep their text and lose their author's name, in the caller's transaction.

    `values` (name, e-mail, NIP) are taken out of the reasons that moderators wrote. Thanks,
    follows and seats of consultations stay countable under the closed account. UU 27/2022 (PDP),
    articles 8 and 43: posts outlive accounts.
    """
    Post.objects.filter(author=user).update(**NAMELESS)
    Topic.objects.filter(author=user).update(author_name="")
    _forget_last_word(user)
    Verification.objects.filter(verified_by=user).update(verified_by_name="")
    events: Any = Verification.pgh_event_model  # type: ignore[attr-defined]
    with pgtrigger.ignore(f"{events._meta.label}:append_only"):
        events.objects.filter(verified_by=user).update(verified_by_name="")
    for name in DELETED:
        apps.get_model("forum", name)._default_manager.filter(user=user).delete()
    with pgtrigger.ignore("forum.Decision:decisions_are_only_added_to"):
        for decision in Decision.objects.filter(person=user):
            if (reason := scrubbed(decision.reason, values)) != decision.reason:
                Decision.objects.filter(pk=decision.pk).update(reason=reason)


def _forget_last_word(user: User) -> None:
    """Their name as the last who wrote. It is asked whose post that was: a name says nothing, since
    it stands there with its titles, or as it was before a marriage.
    """
    written = Post.objects.filter(author=user).order_by().values("topic")
    there = Post.objects.filter(topic=OuterRef("pk")).order_by("-created_at", "-number")
    topics = Topic.objects.filter(pk__in=written)
    topics.annotate(last=Subquery(there.values("author")[:1])).filter(last=user.pk).update(
        last_author_name=""
    )
