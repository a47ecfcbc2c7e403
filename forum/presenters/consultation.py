"""Consultations in their list, and the panel beside one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.utils import timezone

from epk.lib import dates
from epk.lib.text import avatar_colour, format_number, initials
from forum import rules
from forum.models import Availability, Consultation, Member
from forum.presenters.addresses import topic_path
from registry.models import Jenjang

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from forum.routing import Candidate

A_PAGE: Final = 50
MOST_WAITING: Final = 100
"""So many that wait for one person are shown above the first page; nobody has more to answer."""
State = Consultation.State
KINDS: Final = {
    State.WAITING: "kunyit",
    State.ANSWERED: "daun",
    State.CLOSED: "netral",
    State.UNASSIGNED: "bata",
}
JENJANG: Final = dict(Jenjang.choices)


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """One consultation of the list."""

    title: str
    path: str
    meta: str
    badge: str
    badge_kind: str
    due: str
    is_late: bool


@dataclass(frozen=True)
class Consultations:
    """A page of those of one person: asked by them, the others they read, and finished.

    The first page begins with all that wait for their answer; `next_query` leads on, "" at the end.
    """

    waiting: list[ConsultationRow]
    asked: list[ConsultationRow]
    others: list[ConsultationRow]
    finished: list[ConsultationRow]
    next_query: str
    is_first: bool

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.asked or self.others or self.finished)


@dataclass(frozen=True)
class SeatRow:
    name: str
    initials: str
    colour: int
    part: str


@dataclass(frozen=True)
class Panel:
    """What stands beside a consultation: who takes part, until when, and what one may do."""

    state: str
    state_kind: str
    expertise: str
    due: str
    seats: list[SeatRow]
    can_decline: bool
    can_choose: bool
    can_invite: bool
    can_leave: bool
    can_close: bool
    can_publish: bool
    publication: str
    published_path: str


@dataclass(frozen=True)
class CandidateRow:
    """A colleague who is proposed, and why."""

    register_number: str
    name: str
    initials: str
    colour: int
    reasons: list[str]


def consultations_of(user: User, after: tuple[dt.datetime, int] | None = None) -> Consultations:
    """A page, the newest first, after that place in the list."""
    own = Consultation.objects.for_list(user)
    rest = own.not_for_answerer(user)
    if after is not None:
        rest = rest.after(*after)
    found: list[Any] = list(rest[: A_PAGE + 1])
    more, found = len(found) > A_PAGE, found[:A_PAGE]
    today = timezone.localdate()
    waiting = own.for_answerer(user)[:MOST_WAITING] if after is None else ()
    groups: dict[str, list[ConsultationRow]] = {"asked": [], "others": [], "finished": []}
    for consultation in found:
        groups[_group_of(consultation, user)].append(_row(consultation, today))
    place = f"{found[-1].topic.created_at.isoformat()}~{found[-1].pk}" if more else ""
    return Consultations(
        waiting=[_row(consultation, today) for consultation in waiting],
        **groups,
        next_query=urlencode({"setelah": place}) if place else "",
        is_first=after is None,
    )


def availability_of(user: User) -> tuple[Availability | None, str]:
    """What somebody has said of it, and the sentence for it."""
    found = Availability.objects.filter(user=user).first()
    if found is None or found.takes_questions:
        if found and found.away_from and found.away_until and found.away_until >= _today():
            first, last = dates.format_date(found.away_from), dates.format_date(found.away_until)
            return found, f"Anda menerima konsultasi, kecuali {first} sampai {last}."
        return found, "Anda menerima konsultasi."
    return found, "Anda tidak menerima konsultasi."


def panel(topic: Any, user: User) -> Panel:
    """Two questions to the database: the consultation, and its seats."""
    consultation: Any = Consultation.objects.for_panel().get(pk=topic.pk)
    seats: Sequence[Any] = list(
        Member.objects.filter(topic=topic.pk, left_at__isnull=True).select_related("user__officer")
    )
    mine = next((seat.part for seat in seats if seat.user_id == user.pk), "")
    waits_for_me = consultation.open_for == user.pk
    open_to_change = consultation.state != State.CLOSED
    is_asker = rules.is_asker(user, topic)
    publication = getattr(consultation, "publication", None)
    return Panel(
        state=consultation.get_state_display(),
        state_kind=KINDS[consultation.state],
        expertise=consultation.expertise.name if consultation.expertise else "",
        due=dates.format_day(consultation.due_on) if consultation.due_on else "",
        seats=[_seat(seat) for seat in seats],
        can_decline=waits_for_me,
        can_choose=is_asker and consultation.state == State.UNASSIGNED,
        can_invite=rules.can_invite(user, consultation, seats),
        can_leave=mine == Member.Part.GUEST,
        can_close=is_asker and open_to_change,
        can_publish=bool(rules.side_of(user, seats)) and rules.can_publish(consultation),
        publication=_stage(publication, mine),
        published_path=topic_path(consultation.published_id) if consultation.published_id else "",
    )


def candidate_rows(candidates: Sequence[Candidate]) -> list[CandidateRow]:
    return [
        CandidateRow(
            register_number=found.register_number,
            name=found.name,
            initials=initials(found.name),
            colour=avatar_colour(found.number),
            reasons=_reasons(found),
        )
        for found in candidates
    ]


def _reasons(found: Candidate) -> list[str]:
    place = f"{found.province}, provinsi yang sama" if found.same_province else found.province
    cases = (
        f"{format_number(found.open_cases)} konsultasi menunggu jawabannya"
        if found.open_cases
        else "Tidak ada konsultasi yang menunggu jawabannya"
    )
    level = " · ".join(part for part in (JENJANG.get(found.jenjang, ""), found.unit) if part)
    return [part for part in ("Menguasai bidang ini", level, place, cases) if part]


def _group_of(consultation: Any, user: User) -> str:
    if consultation.state == State.CLOSED:
        return "finished"
    return "asked" if consultation.topic.author_id == user.pk else "others"


def _row(consultation: Any, today: dt.date) -> ConsultationRow:
    due = consultation.due_on
    expertise = consultation.expertise.name if consultation.expertise else ""
    asked = dates.format_date(timezone.localtime(consultation.topic.created_at))
    return ConsultationRow(
        title=consultation.topic.title,
        path=topic_path(consultation.pk),
        meta=" · ".join(part for part in (expertise, f"ditanyakan {asked}") if part),
        badge=consultation.get_state_display(),
        badge_kind=KINDS[consultation.state],
        due=f"Ditunggu sampai {dates.format_day(due)}" if due else "",
        is_late=bool(due and due < today),
    )


def _seat(seat: Any) -> SeatRow:
    officer = getattr(seat.user, "officer", None)
    name = officer.full_name if officer else seat.user.name
    return SeatRow(
        name=name,
        initials=initials(name),
        colour=avatar_colour(officer.number if officer else 0),
        part=seat.get_part_display(),
    )


def _stage(publication: Any, mine: str) -> str:
    """What is to be said of a proposal to publish, to the two sides."""
    if publication is None or mine not in {Member.Part.ASKER, Member.Part.CONSULTANT}:
        return ""
    agreed = (
        publication.asker_agreed if mine == Member.Part.ASKER else publication.consultant_agreed
    )
    return (
        "Menunggu persetujuan pihak lain untuk terbit."
        if agreed
        else "Penerbitan diusulkan; persetujuan Anda diminta."
    )


def _today() -> dt.date:
    return timezone.localdate()


@dataclass(frozen=True)
class PublicationStage:
    """How far a publication is, for one of the two sides; `side` is "" for others."""

    side: str
    seats: list[Any]
    is_open: bool
    published_path: str
    version: int
    agreed: bool
    other_agreed: bool
    names_consultant: bool
    initial: dict[str, Any]

    @property
    def is_consultant(self) -> bool:
        return self.side == Member.Part.CONSULTANT


def publication_stage(topic: Any, user: User) -> PublicationStage:
    consultation: Any = Consultation.objects.select_related("publication__category").get(
        pk=topic.pk
    )
    seats = list(Member.objects.filter(topic=topic.pk, left_at__isnull=True).select_related("user"))
    side = rules.side_of(user, seats)
    found = getattr(consultation, "publication", None)
    words = [found.asker_agreed, found.consultant_agreed] if found else [False, False]
    if side == Member.Part.CONSULTANT:
        words.reverse()
    initial = {}
    if found is not None:
        initial = {
            "category": found.category.slug,
            "title": found.title,
            "question": found.question,
            "answer": found.answer,
            "name_consultant": found.name_consultant,
            "version": found.version,
        }
    return PublicationStage(
        side=side,
        seats=seats,
        is_open=rules.can_publish(consultation),
        published_path=topic_path(consultation.published_id) if consultation.published_id else "",
        version=found.version if found else 0,
        agreed=words[0],
        other_agreed=words[1],
        names_consultant=bool(found and found.name_consultant),
        initial=initial,
    )
