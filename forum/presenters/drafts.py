"""What somebody has begun and not sent, with where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from epk.lib import dates, markdown, zones
from forum.models import Draft, Topic

if TYPE_CHECKING:
    from accounts.models import User

CONSULTATION: Final = "konsultasi-baru"


@dataclass(frozen=True)
class DraftRow:
    pk: int
    title: str
    snippet: str
    when: str
    path: str


def drafts_of(user: User) -> list[DraftRow]:
    """The newest first; a reply to a topic that is gone from sight goes by no title."""
    found = list(Draft.objects.of(user))
    numbers = [int(draft.place[6:]) for draft in found if draft.place.startswith("balas-")]
    seen = Topic.objects.visible_to(user).filter(pk__in=numbers)
    titles = dict(seen.values_list("pk", "title"))
    return [_row(draft, titles) for draft in found]


def _row(draft: Draft, titles: dict[int, str]) -> DraftRow:
    title, path = draft.title or "Topik baru", reverse("forum:topic_new")
    if draft.place == CONSULTATION:
        title, path = draft.title or "Konsultasi baru", reverse("forum:consultation_new")
    if draft.place.startswith("balas-"):
        number = int(draft.place[6:])
        known = titles.get(number)
        title = (
            f"Balasan: {known}" if known else "Balasan di topik yang tidak lagi dapat Anda lihat"
        )
        path = reverse("forum:reply", args=[number]) if known else ""
    return DraftRow(
        pk=draft.pk,
        title=title,
        snippet=markdown.plain(draft.source, 160),
        when=dates.format_datetime(draft.saved_at, zones.viewers_zone()),
        path=path,
    )
