"""What officers are told: news and announcements that have come out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant
from epk.lib.notices import Choice, Kind, Ref, Seen, declare
from epk.lib.seeing import Way, judged_by, seen_by_sort
from news.models import Article

if TYPE_CHECKING:
    from accounts.models import User

GROUP: Final = "Berita"
SUBJECT: Final = re.compile(r"berita-(\d{1,18})", re.ASCII)


def subject_of(article: Article) -> str:
    return f"berita-{article.pk}"


def version_of(article: Article) -> str:
    return f"berita-{article.pk}-{article.live.number if article.live else 0}"


def _key(ref: Ref) -> int:
    found = SUBJECT.fullmatch(ref.subject)
    return int(found[1]) if found else 0


def _officers(ref: Ref) -> Iterable[int]:  # noqa: ARG001  (every kind is asked with it)
    grants = RoleGrant.objects.active(timezone.localdate())
    officers = grants.filter(role=RoleGrant.Role.PENGANTAR_KERJA)
    return officers.order_by("user_id").values_list("user_id", flat=True).distinct()


def _published(user: User, keys: set[int]) -> Any:
    """As long as it stands at its address for this person: the address and the title it has now."""
    rows = Article.objects.visible_to(user).filter(pk__in=keys)
    words = Concat("slug", Value("\n"), "title", output_field=TextField())
    return rows.order_by().annotate(words=words).values_list("pk", "words")


def _shown(_ref: Ref, words: str) -> Seen:
    slug, _, title = words.partition("\n")
    return Seen(title, reverse("news:article", args=[slug]))


judged_by(Way(key=_key, rows=_published, shown=_shown))
ANNOUNCED: Final = declare(
    Kind(
        name="news.announced",
        group=GROUP,
        label="Pengumuman",
        one="Pengumuman: {title}",
        many="{count} kabar tentang pengumuman “{title}”",
        who=_officers,
        seen=seen_by_sort,
        default=Choice.DAILY,
    )
)
PUBLISHED: Final = declare(
    Kind(
        name="news.published",
        group=GROUP,
        label="Berita dan materi baru",
        one="Terbit: {title}",
        many="{count} kabar tentang “{title}”",
        who=_officers,
        seen=seen_by_sort,
        default=Choice.WEEKLY,
    )
)
