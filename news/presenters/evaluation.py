"""The evaluation of an event: the form of one, the summary of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from epk.lib.dates import format_datetime
from epk.lib.text import format_number
from news import rules
from news.models import Evaluation, Event
from news.presenters.attendance import event_days
from news.queries.attendance import attended_sessions, averages, texts

VALUES = (5, 4, 3, 2, 1)
QUESTIONS: Final = {
    "content": "Bagaimana materinya?",
    "speakers": "Bagaimana narasumbernya?",
    "organisation": "Bagaimana penyelenggaraannya?",
    "usefulness": "Seberapa bermanfaat untuk pekerjaan Anda?",
}
TEXT_LABELS: Final = {
    "liked": "Apa yang paling bermanfaat?",
    "improve": "Apa yang perlu diperbaiki?",
}


@dataclass(frozen=True)
class EvaluationState:
    """Whether the form can be sent, and in a sentence why or until when."""

    is_open: bool
    sentence: str


@dataclass(frozen=True)
class Rated:
    """One question: its average, and how often each value from 5 to 1 was chosen."""

    question: str
    average: str
    counts: Sequence[int]


@dataclass(frozen=True)
class Summary:
    """What editors read of an event; without answers below the least number of them."""

    event_id: int
    title: str
    when: str
    count: int
    shown: bool
    least: int
    rated: Sequence[Rated]
    written: Sequence[tuple[str, Sequence[str]]]


def evaluation_state(event: Event, registration_id: int) -> EvaluationState:
    now, zone = timezone.now(), ZoneInfo(event.time_zone)
    closes = rules.evaluation_closes(event)
    attended = attended_sessions(registration_id)
    if now < event.ends_at:
        opens = format_datetime(event.ends_at, zone)
        return EvaluationState(False, f"Evaluasi dibuka setelah kegiatan selesai, {opens}.")
    if not attended:
        sentence = "Evaluasi hanya untuk peserta yang tercatat hadir di sedikitnya satu sesi."
        return EvaluationState(False, sentence)
    if now >= closes:
        return EvaluationState(False, f"Evaluasi ditutup {format_datetime(closes, zone)}.")
    sentence = f"Dapat diisi dan diubah sampai {format_datetime(closes, zone)}."
    return EvaluationState(True, sentence)


def summary_of(event: Event) -> Summary:
    found = averages(event.pk, Evaluation.RATINGS)
    count = found["total"]
    is_shown = rules.shows_answers(count)
    rated = [
        Rated(
            question=QUESTIONS[name],
            average=format_number(round(float(found[f"{name}_average"]), 1), 1),
            counts=[found[f"{name}_{value}"] for value in VALUES],
        )
        for name in Evaluation.RATINGS
        if is_shown
    ]
    written = [(TEXT_LABELS[name], texts(event.pk, name)) for name in Evaluation.TEXTS if is_shown]
    return Summary(
        event_id=event.pk,
        title=event.title,
        when=event_days(event),
        count=count,
        shown=is_shown,
        least=rules.LEAST_ANSWERS,
        rated=rated,
        written=written,
    )
