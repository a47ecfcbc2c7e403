"""Taking a person out of the forum: their posts stay, under no name."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

import pgtrigger
from django.apps import apps
from django.db.models import OuterRef, Subquery

from epk.lib import markdown
from epk.lib.scrub import scrubbed
from forum.actions.indexing import index_post
from forum.models import Appeal, Decision, Post, Report, Topic, Verification
from forum.rendering import rendered

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
TYPED: Final = r"^(> ?)+\[(?!Rekan\]\().*\]\(/forum/pos/\d+/\) menulis:"
QUOTED: Final = re.compile(
    r"^((?:> ?)+)\[(?:[^\]\\\n]|\\.)*\]\((/forum/pos/(\d+)/)\) menulis:", re.MULTILINE
)


def forget_writer(user: User, values: Collection[str]) -> None:
    """Posts keep their text and lose their author's name, in the caller's transaction.

    `values` (name, e-mail, NIP) are taken out of what moderators and those who report wrote. Thanks,
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
    _forget_quoted(user)
    for name in DELETED:
        apps.get_model("forum", name)._default_manager.filter(user=user).delete()
    with pgtrigger.ignore("forum.Decision:decisions_are_only_added_to"):
        _scrub(Decision.objects.filter(person=user), ("reason",), values)
    _scrub(Appeal.objects.filter(decision__person=user), ("text", "answer", "not_undone"), values)
    _scrub(Report.objects.filter(post__author=user), ("details",), values)


def _scrub(rows: Any, columns: Collection[str], values: Collection[str]) -> None:
    for row in rows.only("pk", *columns):
        clean = {name: scrubbed(getattr(row, name), values) for name in columns}
        changed = {name: text for name, text in clean.items() if text != getattr(row, name)}
        if changed:
            type(row)._default_manager.filter(pk=row.pk).update(**changed)


def _forget_quoted(user: User) -> None:
    """A name that somebody typed over a quotation of theirs; the portal itself writes none there."""
    own = set(Post.objects.filter(author=user).values_list("pk", flat=True))

    def nameless(found: re.Match[str]) -> str:
        return f"{found[1]}[Rekan]({found[2]}) menulis:" if int(found[3]) in own else found[0]

    for name in ("Post", "PostRevision", "Draft"):
        rows = apps.get_model("forum", name)._default_manager.order_by()
        for row in rows.filter(source__regex=f"(?n){TYPED}").only("pk", "source"):
            source = QUOTED.sub(nameless, row.source)
            if source != row.source:
                rows.filter(pk=row.pk).update(source=source)
                if name == "Post":
                    _renew(row.pk, source)


def _renew(post_id: int, source: str) -> None:
    html = rendered(source).html
    Post.objects.filter(pk=post_id).update(html=html, renderer=markdown.VERSION)
    post = Post.objects.select_related("topic").get(pk=post_id)
    index_post(post, title=post.topic.title)


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
