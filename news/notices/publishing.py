"""What officers are told: news and announcements that have come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant
from epk.lib.notices import Choice, Kind, Ref, Seen, declare
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


def seen_of_news(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """Under the title it has now, as long as it stands at its address for this person."""
    keys = {ref: _key(ref) for ref in refs}
    rows = Article.objects.visible_to(user).filter(pk__in=set(keys.values()))
    found = {key: (title, slug) for key, title, slug in rows.values_list("pk", "title", "slug")}
    return {
        ref: Seen(found[key][0], reverse("news:article", args=[found[key][1]]))
        for ref, key in keys.items()
        if key in found
    }


ANNOUNCED: Final = declare(
    Kind(
        name="news.announced",
        group=GROUP,
        label="Pengumuman",
        one="Pengumuman: {title}",
        many="{count} kabar tentang pengumuman “{title}”",
        who=_officers,
        seen=seen_of_news,
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
        seen=seen_of_news,
        default=Choice.WEEKLY,
    )
)
