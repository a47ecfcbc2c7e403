"""What people are told of comments: a reply, that theirs was hidden, what waits for an editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.notices import Choice, Kind, Ref, Seen, declare
from news import rules
from news.models import Article, Comment

GROUP: Final = "Berita"
QUEUE: Final = "antrean-komentar"
ITEM: Final = re.compile(r"(?:komentar|laporan)-(\d{1,18})(?:-.*)?", re.ASCII)


def subject_of(comment: Comment) -> str:
    """By which the inbox groups: `artikel-17`."""
    return f"artikel-{comment.article_id}"


def item_of(comment: Comment, what: str = "") -> str:
    """`komentar-9`; `komentar-9-...` where several things may happen to it."""
    return f"komentar-{comment.pk}-{what}" if what else f"komentar-{comment.pk}"


def _key(ref: Ref) -> int:
    """The key of the comment; 0, which none has, for an item that names none."""
    found = ITEM.fullmatch(ref.item)
    return int(found[1]) if found else 0


def _parent_author(ref: Ref) -> Iterable[int]:
    found = Comment.objects.filter(pk=_key(ref)).values_list("parent__author_id", flat=True)
    return [author for author in found if author is not None]


def _author(ref: Ref) -> Iterable[int]:
    found = Comment.objects.filter(pk=_key(ref)).values_list("author_id", flat=True)
    return [author for author in found if author is not None]


def _editors(ref: Ref) -> Iterable[int]:
    """Who holds the role today, but for whoever wrote it."""
    grants = RoleGrant.objects.active(timezone.localdate()).filter(role=RoleGrant.Role.REDAKSI)
    found = User.objects.filter(Q(is_superuser=True) | Q(pk__in=grants.values("user")))
    return set(found.values_list("pk", flat=True)) - set(_author(ref))


def seen_of_comments(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """What this person may see of what they were told: one query, however mixed it is.

    Shown comments below articles that they may read, one's own that was hidden, and for editors
    the queue.
    """
    found: dict[int, Any] = {}
    if keys := {_key(ref) for ref in refs if ref.subject != QUEUE}:
        rows = Comment.objects.filter(
            Q(state="tampil") | Q(author=user),
            pk__in=keys,
            article__in=Article.objects.visible_to(user).values("pk"),
        )
        found = {row.pk: row for row in rows.select_related("article")}
    told = {}
    for ref in refs:
        comment = found.get(_key(ref))
        if ref.subject == QUEUE and rules.can_edit(user):
            told[ref] = Seen("antrean komentar", reverse("news:comments"))
        elif ref.subject != QUEUE and comment is not None:
            told[ref] = Seen(comment.article.title, _path(comment))
    return told


def _path(comment: Comment) -> str:
    if comment.is_shown:
        return reverse("news:comment", args=[comment.pk])
    return reverse("news:article", args=[comment.article.slug])


REPLY: Final = declare(
    Kind(
        name="news.comment_reply",
        group=GROUP,
        label="Balasan atas komentar saya",
        one="Komentar Anda di “{title}” dibalas",
        many="{count} balasan atas komentar Anda di “{title}”",
        who=_parent_author,
        seen=seen_of_comments,
    )
)
HIDDEN: Final = declare(
    Kind(
        name="news.comment_hidden",
        group=GROUP,
        label="Komentar saya disembunyikan editor",
        one="Komentar Anda di “{title}” disembunyikan editor: {reason}",
        many="{count} komentar Anda di “{title}” disembunyikan editor",
        who=_author,
        seen=seen_of_comments,
        default=Choice.AT_ONCE,
        sample={"reason": "Memuat data pribadi orang lain."},
        labels={"reason": "Alasan"},
    )
)
WAITING: Final = declare(
    Kind(
        name="news.comment_waiting",
        group=GROUP,
        label="Komentar yang menunggu atau dilaporkan (untuk Redaksi)",
        one="Ada yang baru di {title}",
        many="{count} hal baru di {title}",
        who=_editors,
        seen=seen_of_comments,
        default=Choice.DAILY,
        sample={"title": "antrean komentar"},
    )
)
