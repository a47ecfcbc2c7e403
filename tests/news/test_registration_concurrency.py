"""Many officers on few seats, in real threads: never a seat too many, never one left empty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from news.actions import registrations
from news.actions.events import save_event
from news.models import Event, Registration
from notifications.models import Notification
from registry.models import Unit
from tests.forum.test_concurrency import together
from tests.news.made_events import make_event, make_officers_with_accounts, officer_of
from tests.news.test_registration import stored

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 20


def signing_up(event: Event, user: User) -> Callable[[], None]:
    officer = officer_of(user)
    return lambda: (registrations.register(event, officer=officer, by=user), None)[1]


def signing_off(event: Event, user: User) -> Callable[[], None]:
    officer = officer_of(user)
    return lambda: (registrations.cancel_registration(event, officer=officer, by=user), None)[1]


def sound(event: Event) -> None:
    """Seats counted are seats taken; nobody waits beside an empty one; nobody is there twice."""
    event.refresh_from_db()
    seated, waiting = event.registrations.seated().count(), event.registrations.waiting().count()
    assert event.seats_taken == seated
    assert event.quota is None or seated <= event.quota
    assert not waiting or seated == event.quota
    officers = event.registrations.values_list("officer", flat=True)
    assert len(officers) == len(set(officers))


def test_twenty_on_one_seat(disnaker_indramayu: Unit) -> None:
    event = make_event(quota=1)
    users = make_officers_with_accounts(THREADS, disnaker_indramayu)
    assert together(*(signing_up(event, user) for user in users)) == []
    sound(event)
    assert event.registrations.filter(state="terdaftar").count() == 1
    waiting = list(event.registrations.waiting())
    assert len(waiting) == THREADS - 1
    moments = [row.queued_at for row in waiting]
    assert moments == sorted(set(moments))
    assert [row.pk for row in waiting] == sorted(row.pk for row in waiting)  # as they came in
    first = event.registrations.get(state="terdaftar")
    assert first.queued_at < moments[0]


def test_one_officer_clicks_twenty_times(disnaker_indramayu: Unit) -> None:
    event = make_event(quota=3)
    (user,) = make_officers_with_accounts(1, disnaker_indramayu)
    assert together(*[signing_up(event, user)] * THREADS) == []
    sound(event)
    assert event.seats_taken == Registration.objects.count() == 1


def test_seats_given_back_at_once_go_to_as_many_in_their_order(disnaker_indramayu: Unit) -> None:
    event = make_event(quota=5)
    users = make_officers_with_accounts(15, disnaker_indramayu)
    for user in users:
        signing_up(event, user)()
    assert together(*(signing_off(event, user) for user in users[:5])) == []
    sound(event)
    seated = set(event.registrations.seated().values_list("officer__user", flat=True))
    assert seated == {user.pk for user in users[5:10]}
    told = Notification.objects.filter(kind="news.event_moved_up")
    assert sorted(told.values_list("recipient", flat=True)) == sorted(seated)


def test_coming_going_and_another_quota_at_once(agus: User, disnaker_indramayu: Unit) -> None:
    event = make_event(quota=6)
    users = make_officers_with_accounts(18, disnaker_indramayu)
    for user in users[:9]:
        signing_up(event, user)()
    values = stored(event)

    def enlarge() -> None:
        save_event(event, values=values | {"quota": 8}, seen=1, by=agus)

    def shrink() -> None:
        try:
            save_event(event, values=values | {"quota": 2}, seen=1, by=agus)
        except ValidationError:
            return

    tasks = [signing_off(event, user) for user in users[:9:2]]
    tasks += [signing_up(event, user) for user in users[9:]]
    faults = together(*tasks, enlarge, shrink)
    assert all(isinstance(fault, ValidationError) for fault in faults)
    sound(event)
