"""What people are told of comments: a reply, that theirs was hidden, what waits for an editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.notices import Choice, Kind, Ref, Seen, declare
from news import rules
from news.models import Article, Comment

if TYPE_CHECKING:
    from collections.abc import Callable

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


def _seen_shown(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """Shown comments below articles that this person may read."""
    rows = Comment.objects.visible_to(user).filter(pk__in={_key(ref) for ref in refs})
    titles = dict(rows.values_list("pk", "article__title"))
    return _told(refs, titles, lambda key: reverse("news:comment", args=[key]))


def _seen_own(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """One's own comments that are hidden, while their article is there."""
    rows = Comment.objects.filter(
        pk__in={_key(ref) for ref in refs},
        author=user,
        article__in=Article.objects.visible_to(user).values("pk"),
    )
    found = {key: (title, slug) for key, title, slug in _titles(rows)}
    titles = {key: title for key, (title, _slug) in found.items()}
    return _told(refs, titles, lambda key: reverse("news:article", args=[found[key][1]]))


def _titles(rows: Iterable[object]) -> Iterable[tuple[int, str, str]]:
    listed: Iterable[tuple[int, str, str]] = rows.values_list(  # type: ignore[attr-defined]
        "pk", "article__title", "article__slug"
    )
    return listed


def _told(
    refs: Sequence[Ref], titles: Mapping[int, str], path: Callable[[int], str]
) -> dict[Ref, Seen]:
    return {ref: Seen(titles[key], path(key)) for ref in refs if (key := _key(ref)) in titles}


def _queue(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    if not rules.can_edit(user):
        return {}
    return {ref: Seen("antrean komentar", reverse("news:comments")) for ref in refs}


REPLY: Final = declare(
    Kind(
        name="news.comment_reply",
        group=GROUP,
        label="Balasan atas komentar saya",
        one="Komentar Anda di “{title}” dibalas",
        many="{count} balasan atas komentar Anda di “{title}”",
        who=_parent_author,
        seen=_seen_shown,
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
        seen=_seen_own,
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
        seen=_queue,
        default=Choice.DAILY,
        sample={"title": "antrean komentar"},
    )
)
