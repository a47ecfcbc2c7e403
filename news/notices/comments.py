"""What people are told of comments: a reply, that theirs was hidden, what waits for an editor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import BigIntegerField, Q, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.notices import Choice, Kind, Ref, Seen, declare
from epk.lib.seeing import Way, judged_by, seen_by_sort
from news import rules
from news.models import Article, Comment

GROUP: Final = "Berita"
QUEUE: Final = "antrean-komentar"
PREFIX: Final = "komentar-artikel-"
ITEM: Final = re.compile(r"(?:komentar|laporan)-(\d{1,18})(?:-.*)?", re.ASCII)


def subject_of(comment: Comment) -> str:
    """By which the inbox groups: `komentar-artikel-17`."""
    return f"{PREFIX}{comment.article_id}"


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


def _told_of(ref: Ref) -> int:
    return _key(ref) if ref.subject.startswith(PREFIX) else 0


def _comments(user: User, keys: set[int]) -> Any:
    """Shown ones below articles that they may read, and one's own that was hidden."""
    blank = Value(" ")
    parts = ("state", blank, "article__slug", blank, "article__title")
    words = Concat(*parts, output_field=TextField())
    rows = Comment.objects.filter(
        Q(state="tampil") | Q(author=user),
        pk__in=keys,
        article__in=Article.objects.visible_to(user).values("pk"),
    )
    return rows.order_by().values_list("pk", words)


def _shown(ref: Ref, words: str) -> Seen:
    state, slug, title = words.split(" ", 2)
    if state == "tampil":
        return Seen(title, reverse("news:comment", args=[_key(ref)]))
    return Seen(title, reverse("news:article", args=[slug]))


def _queue(user: User, _keys: set[int]) -> Any:
    """One row for an editor, under the number that all refs to the queue have."""
    rows = User.objects.filter(pk=user.pk) if rules.can_edit(user) else User.objects.none()
    number, title = Value(1, BigIntegerField()), Value("antrean komentar", TextField())
    return rows.order_by().values_list(number, title)


judged_by(Way(key=_told_of, rows=_comments, shown=_shown))
judged_by(
    Way(
        key=lambda ref: 1 if ref.subject == QUEUE else 0,
        rows=_queue,
        shown=lambda _ref, title: Seen(title, reverse("news:comments")),
    )
)
REPLY: Final = declare(
    Kind(
        name="news.comment_reply",
        group=GROUP,
        label="Balasan atas komentar saya",
        one="Komentar Anda di “{title}” dibalas",
        many="{count} balasan atas komentar Anda di “{title}”",
        who=_parent_author,
        seen=seen_by_sort,
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
        seen=seen_by_sort,
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
        seen=seen_by_sort,
        default=Choice.DAILY,
        sample={"title": "antrean komentar"},
    )
)
