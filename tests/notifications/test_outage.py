"""A mail server that is away: no mail loses a try, one worker asks, and all arrive in order."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from notifications import outage
from notifications.actions import ensure_look
from notifications.delivery import PAUSES, drain
from notifications.models import LANES, Mail, Outage
from notifications.outage import FIRST_PAUSE, LONGEST_PAUSE, PROBE, Leave
from notifications.queries.outbox import FURTHEST, ORDERED_FOR, ORDERED_TRIES
from tests.clock import Clock
from tests.jobs import empty_queue, run_jobs, waiting_jobs
from tests.mail_server import MailServer

SENDER = "Portal <portal@contoh.example>"
SITI = "siti@contoh.example"
BUDI = "budi@contoh.example"

pytestmark = pytest.mark.django_db


def write(subject: str = "Halo", to: str = SITI) -> Mail:
    send_mail(subject, "Isi.", SENDER, [to])
    return Mail.objects.latest("id")


def come_back() -> None:
    """As if the moment of the next try had come."""
    Outage.objects.update(next_try=timezone.now())


def test_no_mail_loses_a_try_and_the_next_look_is_planned(smtp: MailServer) -> None:
    mails = [write(), write(to=BUDI)]
    smtp.stop()
    run_jobs()
    row = Outage.objects.get()
    assert row.last_error == "Server surat tidak terhubung (Connection refused)."
    for mail in mails:
        mail.refresh_from_db()
        assert (mail.state, mail.attempts, mail.last_error) == ("menunggu", 0, "")
    assert {job.scheduled_at for job in waiting_jobs()} == {row.next_try}
    assert {job.args["lane"] for job in waiting_jobs()} == {mail.lane for mail in mails}


@pytest.mark.parametrize("greeting", ["421 4.3.2 Shutting down", "554 5.7.1 Go away"])
def test_a_server_that_lets_nobody_in_is_away(smtp: MailServer, greeting: str) -> None:
    mail = write()
    smtp.greeting = greeting
    run_jobs()
    mail.refresh_from_db()
    assert (mail.attempts, Outage.objects.get().last_error) == (0, greeting)


def test_wrong_settings_of_ours_are_an_outage_that_shows_no_password(smtp: MailServer) -> None:
    mail = write()
    wrong = settings.MAIL_DELIVERY | {"EMAIL_HOST_USER": "u", "EMAIL_HOST_PASSWORD": "rahasia"}
    with override_settings(MAIL_DELIVERY=wrong):
        run_jobs()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("menunggu", 0)
    assert "rahasia" not in Outage.objects.get().last_error


def test_the_pauses_double_up_to_five_minutes(smtp: MailServer) -> None:
    mail = write()
    smtp.stop()
    run_jobs()
    pauses = []
    for _ in range(7):
        row = Outage.objects.get()
        assert abs(row.next_try - timezone.now() - row.pause) < dt.timedelta(seconds=5)
        pauses.append(row.pause.total_seconds())
        come_back()
        drain(mail.lane)
    assert pauses == [15, 30, 60, 120, 240, 300, 300]
    assert (FIRST_PAUSE.total_seconds(), LONGEST_PAUSE.total_seconds()) == (15, 300)


def test_while_it_lasts_one_asks_and_the_others_wait() -> None:
    assert outage.ask_leave() is Leave.GO
    outage.begin("Mati")
    assert outage.ask_leave() is Leave.WAIT
    come_back()
    assert [outage.ask_leave() for _ in range(3)] == [Leave.TRY, Leave.WAIT, Leave.WAIT]
    taken = Outage.objects.get().next_try - timezone.now()
    assert PROBE - dt.timedelta(seconds=5) < taken <= PROBE, "another takes over if it is killed"


def test_the_first_to_meet_it_notes_it(smtp: MailServer) -> None:
    outage.begin("Pertama")
    outage.begin("Kedua")
    assert Outage.objects.get().last_error == "Pertama"


def test_nobody_connects_before_the_next_try(smtp: MailServer) -> None:
    outage.begin("Mati")
    write()
    run_jobs()
    assert smtp.sessions == 0


def test_afterwards_everything_arrives_in_order(smtp: MailServer) -> None:
    people = [f"p{number}@contoh.example" for number in range(7)]
    smtp.stop()
    for number in range(3):
        for person in people:
            write(f"Surat {number}", person)
        run_jobs()
    smtp.start()
    come_back()
    drain(Mail.objects.earliest("id").lane)
    assert not Outage.objects.exists()
    run_jobs()
    for person in people:
        assert [letter.subject for letter in smtp.to(person)] == ["Surat 0", "Surat 1", "Surat 2"]
    assert set(Mail.objects.values_list("state", "attempts")) == {("terkirim", 1)}


def test_a_lane_without_mails_does_not_use_up_the_try(smtp: MailServer) -> None:
    mail = write()
    outage.begin("Mati")
    come_back()
    for lane in {*range(LANES)} - {mail.lane}:
        drain(lane)
    assert Outage.objects.exists()
    drain(mail.lane)
    assert smtp.only().recipients == (SITI,)


def test_it_is_over_once_the_server_lets_us_in_though_the_only_mail_is_cancelled(
    smtp: MailServer, siti: User
) -> None:
    """Nobody else would ask, and whoever watches would see it last for ever."""
    smtp.stop()
    message = EmailMessage("Halo", "Isi.", SENDER, [siti.email])
    message.required, message.user_id = False, siti.pk  # type: ignore[attr-defined]
    message.send()
    run_jobs()
    User.objects.filter(pk=siti.pk).update(is_active=False)
    come_back()
    drain(Mail.objects.get().lane)
    assert Outage.objects.exists(), "it is away still"
    smtp.start()
    come_back()
    drain(Mail.objects.get().lane)
    assert Mail.objects.get().state == "dibatalkan"
    assert not Outage.objects.exists()


def test_a_connection_broken_under_way_costs_that_mail_a_try_and_no_other(
    smtp: MailServer,
) -> None:
    """It may be the mail that does it: it must not hold up the others for ever."""
    bad = write()
    good = next(
        mail
        for mail in (write(to=f"p{number}@contoh.example") for number in range(40))
        if mail.lane == bad.lane
    )
    smtp.hangs_up_at = SITI
    drain(bad.lane)
    bad.refresh_from_db()
    assert (bad.state, bad.attempts) == ("menunggu", 1)
    assert bad.last_error.startswith("Sambungan ke server surat terputus")
    assert Outage.objects.exists()
    come_back()
    drain(bad.lane)
    good.refresh_from_db()
    assert (good.state, good.attempts) == ("terkirim", 1)
    assert not Outage.objects.exists()


def test_one_connection_carries_the_mails_of_a_lane(smtp: MailServer) -> None:
    for number in range(5):
        write(f"Surat {number}")
    run_jobs()
    assert len(smtp.letters) == 5
    assert smtp.sessions == 1


def test_a_server_that_hangs_up_between_two_mails_is_called_again(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.post.MAILS_A_CONNECTION", 2)
    for number in range(5):
        write(f"Surat {number}")
    run_jobs()
    assert [letter.subject for letter in smtp.letters] == [f"Surat {n}" for n in range(5)]
    assert smtp.sessions == 3


def test_later_mails_wait_behind_one_refused_for_now_in_its_first_three_tries(
    smtp: MailServer,
) -> None:
    first, _second = write("Pertama"), write("Kedua")
    smtp.refusals[SITI] = "450 4.2.1 Mailbox busy"
    run_jobs()
    smtp.refusals.clear()
    drain(first.lane)
    assert not smtp.letters, "the second waits, though nothing is known against it"
    Mail.objects.filter(pk=first.pk).update(attempts=3)
    drain(first.lane)
    assert [letter.subject for letter in smtp.letters] == ["Kedua"]


def test_others_do_not_wait_behind_it(smtp: MailServer) -> None:
    smtp.refusals[SITI] = "450 4.2.1 Mailbox busy"
    write()
    for number in range(6):
        write(to=f"p{number}@contoh.example")
    run_jobs()
    assert len(smtp.letters) == 6


def test_the_waiting_order_minds_no_capital_letters(smtp: MailServer) -> None:
    first = write("Pertama")
    write("Kedua", "SITI@contoh.example")
    smtp.refusals[SITI] = "450 4.2.1 Mailbox busy"
    run_jobs()
    assert not smtp.letters
    smtp.refusals.clear()
    Mail.objects.filter(pk=first.pk).update(next_try=timezone.now())
    drain(first.lane)
    assert [letter.subject for letter in smtp.letters] == ["Pertama", "Kedua"]


def test_an_outage_noted_by_a_clock_a_day_ahead_is_looked_at_at_once(
    smtp: MailServer, clock: Clock
) -> None:
    clock.move(days=1)
    smtp.stop()
    mail = write()
    run_jobs()
    Mail.objects.all().delete()
    clock.move(days=-1)
    smtp.start()
    write()
    empty_queue()
    ensure_look(mail.lane)
    assert [job.scheduled_at for job in waiting_jobs()] == [None]
    run_jobs()
    assert len(smtp.letters) == 1
    assert not Outage.objects.exists()


def test_a_mail_put_off_by_a_clock_a_day_ahead_is_due_and_holds_up_no_other(
    smtp: MailServer, clock: Clock
) -> None:
    clock.move(days=1)
    smtp.refusals[SITI] = "450 4.2.1 Mailbox busy"
    write("Pertama")
    run_jobs()
    smtp.refusals.clear()
    clock.move(days=-1)
    write("Kedua")
    run_jobs()
    assert [letter.subject for letter in smtp.letters] == ["Pertama", "Kedua"]


def test_no_pause_is_as_long_as_what_a_wrong_clock_has_noted() -> None:
    assert max(PAUSES) < FURTHEST
    assert max(PAUSES[: ORDERED_TRIES - 1]) <= ORDERED_FOR
    assert LONGEST_PAUSE + PROBE <= Outage.FURTHEST
