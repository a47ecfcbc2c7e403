"""From the outbox to the mail server: once, later when it is away, never where it refuses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from epk.lib.jobs import enqueue
from notifications.actions import empty_old_texts, retry_failed
from notifications.delivery import LOCK, MOST_ATTEMPTS, PAUSES, drain, look_after_lanes
from notifications.models import LANES, Mail, Outage
from tests.jobs import empty_queue, run_jobs, waiting_jobs
from tests.mail_server import MailServer

SENDER = "Portal <portal@contoh.example>"
SITI = "siti@contoh.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(db: None) -> Mail:
    send_mail("Halo", "Tautan: https://contoh.example/rahasia", SENDER, [SITI])
    return Mail.objects.get()


def after(mail: Mail) -> Mail:
    mail.refresh_from_db()
    return mail


def later() -> int:
    """Run what waits for a later moment, as if that had come."""
    now = timezone.now()
    Mail.objects.filter(next_try__gt=now).update(next_try=now)
    Outage.objects.update(next_try=now)
    return run_jobs(later=True)


def test_sent_once_however_often_it_is_asked_for(smtp: MailServer, mail: Mail) -> None:
    run_jobs()
    for lane in range(LANES):
        drain(lane)
    assert smtp.only().links == ["https://contoh.example/rahasia"]
    assert (after(mail).state, mail.attempts, mail.last_error) == ("terkirim", 1, "")
    assert mail.sent_at is not None
    assert not waiting_jobs()


def test_the_text_is_gone_once_it_is_sent(smtp: MailServer, mail: Mail) -> None:
    run_jobs()
    assert (after(mail).text, mail.html) == ("", "")
    with pytest.raises(IntegrityError, match="mail_sent_has_a_time_and_no_text"):
        Mail.objects.update(text="https://contoh.example/rahasia")


def test_a_lane_without_mails_is_no_fault(db: None) -> None:
    drain(0)
    assert not waiting_jobs()


def test_the_pauses_grow_and_the_last_try_is_the_last(smtp: MailServer, mail: Mail) -> None:
    smtp.refusals[SITI] = "450 4.2.1 Mailbox busy"
    run_jobs()
    for pause in PAUSES:
        waited = after(mail).next_try - timezone.now()
        assert pause - dt.timedelta(minutes=1) < waited <= pause
        [job] = waiting_jobs()
        assert job.scheduled_at == mail.next_try
        assert later() == 1
    assert [round(pause.total_seconds() / 60) for pause in PAUSES] == [1, 5, 30, 120, 720]
    assert (after(mail).state, mail.attempts, mail.next_try) == ("gagal", MOST_ATTEMPTS, None)
    assert not waiting_jobs()
    assert mail.text, "it can still be tried again"


@pytest.mark.parametrize(
    "answer", [f"550 5.1.1 <{SITI}>: No such user", f"553 {SITI} is not allowed"]
)
def test_a_recipient_refused_for_good_fails_at_once(
    smtp: MailServer, mail: Mail, answer: str
) -> None:
    smtp.refusals[SITI] = answer
    run_jobs()
    assert (after(mail).state, mail.attempts) == ("gagal", 1)
    assert not waiting_jobs()
    assert mail.last_error.startswith(answer[:3])
    assert SITI not in mail.last_error
    assert "s***@contoh.example" in mail.last_error


def test_a_recipient_refused_for_now_is_tried_again(smtp: MailServer, mail: Mail) -> None:
    smtp.refusals[SITI] = "450 4.2.1 Mailbox busy"
    run_jobs()
    assert (after(mail).state, mail.last_error) == ("menunggu", "450 4.2.1 Mailbox busy")
    smtp.refusals.clear()
    assert run_jobs() == 0, "not before its time"
    later()
    assert smtp.only().recipients == (SITI,)


@pytest.mark.parametrize(("answer", "state"), [("554 Spam", "gagal"), ("451 Later", "menunggu")])
def test_a_text_refused(smtp: MailServer, mail: Mail, answer: str, state: str) -> None:
    smtp.answer = answer
    run_jobs()
    assert (after(mail).state, mail.last_error) == (state, answer)
    assert not smtp.letters


def test_one_dead_address_does_not_hold_up_the_others(smtp: MailServer, mail: Mail) -> None:
    smtp.refusals[SITI] = "550 No such user"
    for number in range(3):
        send_mail(f"Surat {number}", "Isi.", SENDER, [f"b{number}@contoh.example"])
    run_jobs()
    assert {letter.subject for letter in smtp.letters} == {"Surat 0", "Surat 1", "Surat 2"}


def test_a_mail_that_kills_its_worker_ends_too(smtp: MailServer, mail: Mail) -> None:
    """The attempt is counted before it is made, so one that is never heard of counts as well."""
    Mail.objects.update(attempts=MOST_ATTEMPTS)
    run_jobs()
    assert after(mail).state == "gagal"
    assert "Terputus" in mail.last_error
    assert not smtp.letters


def test_a_failed_mail_is_tried_again_by_hand(smtp: MailServer, mail: Mail) -> None:
    smtp.refusals[SITI] = "550 No such user"
    run_jobs()
    smtp.refusals.clear()
    assert retry_failed(mail)
    assert not retry_failed(mail), "it waits by now"
    run_jobs()
    assert smtp.only().message_id == mail.headers["Message-ID"]
    assert (after(mail).state, mail.attempts) == ("terkirim", 1)
    assert not retry_failed(mail)


def test_a_failed_mail_loses_its_text_after_a_week(mail: Mail) -> None:
    now = timezone.now()
    Mail.objects.update(state="gagal", failed_at=now - dt.timedelta(days=6), next_try=None)
    empty_old_texts()
    assert after(mail).text
    Mail.objects.update(failed_at=now - dt.timedelta(days=8))
    empty_old_texts()
    assert after(mail).text == ""
    assert not retry_failed(mail)


def test_rows_go_after_a_year_unless_they_still_wait(mail: Mail) -> None:
    old = timezone.now() - dt.timedelta(days=366)
    Mail.objects.update(created_at=old)
    empty_old_texts()
    assert Mail.objects.count() == 1
    Mail.objects.update(state="gagal", failed_at=old, next_try=None)
    empty_old_texts()
    assert Mail.objects.count() == 0


def test_a_mail_whose_job_is_lost_is_found(smtp: MailServer, mail: Mail) -> None:
    look_after_lanes()
    assert len(waiting_jobs()) == 1, "there is one"
    empty_queue()
    look_after_lanes()
    look_after_lanes()
    assert [job.args for job in waiting_jobs()] == [{"lane": mail.lane}], "not each time"
    run_jobs()
    assert len(smtp.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_meets_the_lane_taken_leaves_and_no_mail_is_stranded(
    smtp: MailServer, mail: Mail
) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, mail.lane])
            run_jobs()
            assert not smtp.letters
            look_after_lanes()
            assert not waiting_jobs(), "whoever has the lane sees to it"
    finally:
        other.close()  # as a worker that is killed
    look_after_lanes()
    run_jobs()
    assert len(smtp.letters) == 1


def test_a_look_goes_on_in_another_job_when_its_time_is_up(smtp: MailServer, mail: Mail) -> None:
    empty_queue()
    drain(mail.lane, seconds=0)
    assert [(job.args, job.scheduled_at) for job in waiting_jobs()] == [({"lane": mail.lane}, None)]
    run_jobs()
    assert len(smtp.letters) == 1


def test_a_look_does_the_work_of_others_that_wait(smtp: MailServer, mail: Mail) -> None:
    for _ in range(3):
        enqueue("notifications.jobs.deliver", lane=mail.lane)
    enqueue("notifications.jobs.deliver", lane=(mail.lane + 1) % LANES)
    drain(mail.lane)
    assert [job.args["lane"] for job in waiting_jobs()] == [(mail.lane + 1) % LANES]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "terkirim"},
        {"state": "gagal"},
        {"next_try": None},
        {"sent_at": timezone.now()},
        {"state": "dibatalkan"},
        {"cancelled_at": timezone.now()},
    ],
)
def test_state_and_times_agree(mail: Mail, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.update(**wrong)


def test_the_demo_keeps_mails_in_a_folder(mail: Mail) -> None:
    run_jobs()
    kept = [file.read_text() for file in Path(settings.MAIL_DELIVERY["EMAIL_FILE_PATH"]).iterdir()]
    assert any(mail.headers["Message-ID"] in text for text in kept)
