"""Whatever people choose and whenever they change it: an event is in one mail, or in none."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import User
from epk.lib.notices import MAILED, Choice, notify
from notifications.actions import choose, compose_due
from notifications.models import Event, Mail, Notification, Preference
from tests.clock import Clock
from tests.notifications.kinds import Board, declared

KINDS = ("uji.a", "uji.b")
SUBJECTS = ("topic-1", "topic-2")


@dataclass(frozen=True)
class Tell:
    """An event of a kind about a subject."""

    kind: int
    subject: int


@dataclass(frozen=True)
class Choose:
    """Another choice of a person for a kind."""

    person: int
    kind: int
    choice: Choice


@dataclass(frozen=True)
class Wait:
    """Time goes by, back at times, and a worker looks or does not."""

    minutes: int
    compose: bool


STEPS = st.lists(
    st.one_of(
        st.builds(Tell, st.integers(0, 1), st.integers(0, 1)),
        st.builds(Choose, st.integers(0, 1), st.integers(0, 1), st.sampled_from(Choice)),
        st.builds(
            Wait,
            st.sampled_from([-1440, -60, 0, 5, 60, 480, 1440, 10080]),
            st.booleans(),
        ),
    ),
    max_size=25,
)


@pytest.mark.walk
@pytest.mark.django_db
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_each_event_is_in_exactly_one_mail_or_none_as_chosen(
    steps: list[object], siti: User, budi: User, clock: Clock
) -> None:
    for model in (Notification, Mail, Event, Preference):
        model.objects.all().delete()
    people = [siti, budi]
    board = Board(followers=[siti.pk, budi.pk])
    kinds = [board.kind(name) for name in KINDS]
    with declared(*kinds):
        wanted = _walk(steps, people, kinds, clock)
        clock.moment += dt.timedelta(days=40)  # past whatever the steps did to the clock
        for _ in range(60):  # every hour of the day comes up, those that are quiet too
            compose_due()
            clock.move(hours=7)
    rows = list(Notification.objects.select_related("event", "mail"))
    assert Counter((row.recipient_id, row.event.item) for row in rows) == Counter(wanted.keys())
    for row in rows:
        mailed = row.mail is not None
        assert mailed is wanted[row.recipient_id, row.event.item]
        assert row.due_at is None
    _no_event_stands_in_two_mails(people)


def _walk(
    steps: list[object], people: list[User], kinds: list, clock: Clock
) -> dict[tuple[int, str], bool]:
    """Take the steps; says of each row, kept by person and event, whether a mail is to tell of it.

    The model: a row is mailed if the choice asked for a mail when it was last planned, that is at
    the event or at a later choice made while its mail was still to be written.
    """
    chosen = {(person.pk, kind.name): Choice.DAILY for person in people for kind in kinds}
    wanted: dict[tuple[int, str], bool] = {}
    for number, step in enumerate(steps):
        if isinstance(step, Tell):
            kind, item = kinds[step.kind], f"post-{number}"
            notify(kind, subject=SUBJECTS[step.subject], item=item)
            for person in people:
                if chosen[person.pk, kind.name] is not Choice.NONE:
                    wanted[person.pk, item] = chosen[person.pk, kind.name] in MAILED
        elif isinstance(step, Choose):
            person, kind = people[step.person], kinds[step.kind]
            waiting = Notification.objects.of(person.pk).filter(kind=kind.name).pending()
            still = list(waiting.values_list("event__item", flat=True))
            choose(person, {kind.name: step.choice})
            chosen[person.pk, kind.name] = step.choice
            wanted |= {(person.pk, item): step.choice in MAILED for item in still}
        elif isinstance(step, Wait):
            clock.move(minutes=step.minutes)
            if step.compose:
                compose_due()
    return wanted


def _no_event_stands_in_two_mails(people: list[User]) -> None:
    """By the texts: in all mails to one person together each event is told of once."""
    for person in people:
        told = sum(_events_told(mail.text) for mail in Mail.objects.filter(recipient=person.email))
        assert told == Notification.objects.of(person.pk).exclude(mail=None).count()


def _events_told(text: str) -> int:
    flat = " ".join(text.split())
    alone = flat.count("Balasan baru di Topik")
    several: Callable[[str], int] = lambda words: int(words.rsplit(" ", 1)[-1])  # noqa: E731
    grouped = sum(several(part) for part in flat.split(" balasan baru di Topik")[:-1])
    return alone + grouped
