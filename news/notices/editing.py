"""What editors are told: what waits for their review, what came back to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant
from epk.lib.notices import Choice, Kind, Ref, Seen, declare
from epk.lib.seeing import Way, judged_by, seen_by_sort
from news import rules
from news.models import Article, ArticleVersion

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

GROUP: Final = "Redaksi"
SUBJECT: Final = re.compile(r"naskah-(\d{1,18})", re.ASCII)
ITEM: Final = re.compile(r"versi-(\d{1,18})-\d{1,20}", re.ASCII)


def subject_of(article: Article) -> str:
    return f"naskah-{article.pk}"


def step_of(version: ArticleVersion, moment: dt.datetime | None) -> str:
    """One sending of one version; a second one is another event."""
    return f"versi-{version.pk}-{int(moment.timestamp() * 1000) if moment else 0}"


def _number(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.fullmatch(text)
    return int(found[1]) if found else 0


def _editors(ref: Ref) -> Iterable[int]:  # noqa: ARG001  (every kind is asked with it)
    grants = RoleGrant.objects.active(timezone.localdate()).filter(role=RoleGrant.Role.REDAKSI)
    return grants.order_by("user_id").values_list("user_id", flat=True).distinct()


def _writer(ref: Ref) -> Iterable[int]:
    found = ArticleVersion.objects.filter(pk=_number(ITEM, ref.item)).first()
    people = {found.writer_id, found.saved_by_id} if found else set()
    return sorted(person for person in people if person is not None)


def _articles(user: User, keys: set[int]) -> Any:
    """Editors see all articles, nobody else sees one here."""
    rows = Article.objects.filter(pk__in=keys) if rules.can_edit(user) else Article.objects.none()
    return rows.order_by().values_list("pk", "title")


def _key(ref: Ref) -> int:
    return _number(SUBJECT, ref.subject)


judged_by(
    Way(
        key=_key,
        rows=_articles,
        shown=lambda ref, title: Seen(title, reverse("news:article_edit", args=[_key(ref)])),
    )
)
SENT: Final = declare(
    Kind(
        name="news.sent",
        group=GROUP,
        label="Naskah menunggu telaah (untuk Redaksi)",
        one="Naskah “{title}” menunggu telaah",
        many="{count} kali naskah “{title}” diajukan untuk telaah",
        who=_editors,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
SENT_BACK: Final = declare(
    Kind(
        name="news.sent_back",
        group=GROUP,
        label="Naskah saya dikembalikan penelaah",
        one="Naskah “{title}” dikembalikan untuk diperbaiki",
        many="{count} kali naskah “{title}” dikembalikan untuk diperbaiki",
        who=_writer,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
