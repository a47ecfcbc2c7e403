"""What somebody has begun and not sent, with where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from epk.lib import dates, markdown, zones
from forum.models import Draft, Topic
from forum.presenters.addresses import topic_path

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
    delete_path: str


def drafts_of(user: User) -> list[DraftRow]:
    """The newest first; a reply to a topic that is gone from sight goes by no title."""
    found = list(Draft.objects.of(user))
    numbers = [int(draft.place[6:]) for draft in found if draft.place.startswith("balas-")]
    seen = Topic.objects.visible_to(user).filter(pk__in=numbers)
    titles = dict(seen.values_list("pk", "title"))
    return [_row(draft, titles) for draft in found]


def _row(draft: Draft, titles: dict[int, str]) -> DraftRow:
    title, path = _title_and_path(draft, titles)
    return DraftRow(
        pk=draft.pk,
        title=title,
        snippet=markdown.plain(draft.source, 160),
        when=dates.format_datetime(draft.saved_at, zones.viewers_zone()),
        path=path,
        delete_path=f"/forum/draf/{draft.pk}/hapus/",
    )


def _title_and_path(draft: Draft, titles: dict[int, str]) -> tuple[str, str]:
    if draft.place == CONSULTATION:
        return draft.title or "Konsultasi baru", reverse("forum:consultation_new")
    if not draft.place.startswith("balas-"):
        return draft.title or "Topik baru", reverse("forum:topic_new")
    number = int(draft.place[6:])
    if number not in titles:
        return "Balasan di topik yang tidak lagi dapat Anda lihat", ""
    return f"Balasan: {titles[number]}", f"{topic_path(number)}balas/"
