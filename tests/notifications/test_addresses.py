"""Addresses that take no mail are paused for what is not required, and used again when they work."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import User
from notifications.actions import empty_old_texts, forget_person, retry_failed
from notifications.addresses import lift_pause, pause_address, pause_of, resume
from notifications.models import Mail, Notification, PausedAddress
from notifications.notices import ADDRESS_PAUSED
from notifications.post import refusal_of
from tests.jobs import run_jobs, waiting_jobs
from tests.mail_server import MailServer

SENDER = "Portal <portal@contoh.example>"
LOST = "Hilang@contoh.example"

pytestmark = pytest.mark.django_db


def write(to: str = LOST, **said: Any) -> Mail:
    message = EmailMessage("Halo", "Isi.", SENDER, [to])
    for name, value in said.items():
        setattr(message, name, value)
    message.send()
    return Mail.objects.latest("id")


def pause(**changed: Any) -> None:
    pause_address(LOST, **({"code": "5.1.1", "answer": "550 5.1.1 x"} | changed))


# --- Which refusals speak of the address ------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "answer", "dead"),
    [
        (550, "5.1.1 <a@b.example>: Recipient address rejected: User unknown", "5.1.1"),
        (550, "5.1.2 No such domain", "5.1.2"),
        (556, "5.1.10 Domain takes no mail", "5.1.10"),
        (550, "5.2.1 Mailbox disabled", "5.2.1"),
        (550, "No such user here", "550"),
        (551, "User not local", "551"),
        (553, "Mailbox name not allowed", "553"),
    ],
)
def test_answers_that_mean_the_address(code: int, answer: str, dead: str) -> None:
    refusal = refusal_of(code, answer.encode(), at_recipient=True)
    assert (refusal.final, refusal.dead) == (True, dead)
    assert "a@b.example" not in refusal.reason


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (450, "4.1.1 Unknown for now"),
        (550, "5.7.1 Blocked by policy"),
        (554, "5.7.26 DMARC"),
        (552, "5.2.2 Mailbox full"),
        (552, "5.3.4 Message too big"),
        (550, "5.1.0 Sender address rejected"),
        (550, "5.1.8 Sender domain not found"),
        (550, "Relay access denied"),
        (550, "Blocked: listed as a source of spam"),
        (554, "Transaction failed"),
        (530, "Authentication required"),
    ],
)
def test_answers_that_mean_something_else(code: int, answer: str) -> None:
    refusal = refusal_of(code, answer, at_recipient=True)
    assert (refusal.final, refusal.dead) == (code >= 500, "")


def test_what_is_said_to_the_contents_means_the_address_only_by_its_code() -> None:
    assert refusal_of(550, "No such user").dead == ""
    assert refusal_of(550, "5.1.1 No such user").dead == "5.1.1"


# --- Pausing and lifting -------------------------------------------------------------------------------


def test_a_refused_address_is_paused_and_required_mail_is_still_tried(smtp: MailServer) -> None:
    smtp.refusals[LOST] = f"550 5.1.1 <{LOST}>: No such user"
    write()
    run_jobs()
    row = PausedAddress.objects.get()
    assert (row.address, row.reason, row.times) == (LOST.lower(), "5.1.1", 1)
    assert "hilang@" not in row.last_error.lower()
    write()
    run_jobs()
    assert Mail.objects.filter(state="gagal").count() == 2
    row.refresh_from_db()
    assert row.times == 2


def test_a_refusal_of_the_contents_pauses_nothing(smtp: MailServer) -> None:
    smtp.answer = "554 5.7.1 Spam"
    write()
    run_jobs()
    assert not PausedAddress.objects.exists()


def test_what_is_not_required_is_not_sent_to_a_paused_address(smtp: MailServer) -> None:
    before = write(required=False)
    pause()
    after = write(to=LOST.upper(), required=False)
    assert (after.state, after.next_try) == ("dibatalkan", None)
    assert after.cancelled_at is not None
    run_jobs()
    before.refresh_from_db()
    assert (before.state, before.attempts) == ("dibatalkan", 0)
    assert before.last_error == after.last_error == "Alamat dijeda: surat tidak sampai ke sana."
    assert not smtp.letters
    assert not waiting_jobs()


def test_a_required_mail_that_is_taken_lifts_the_pause(smtp: MailServer) -> None:
    pause()
    write()
    run_jobs()
    assert len(smtp.letters) == 1
    assert pause_of(LOST) is None


def test_a_mail_that_is_taken_proves_nothing_after_a_bounce(smtp: MailServer) -> None:
    pause(bounced=True)
    pause()
    write()
    run_jobs()
    assert pause_of(LOST) is not None
    lift_pause(LOST)
    assert pause_of(LOST) is not None


def test_the_owner_may_have_it_tried_again(smtp: MailServer) -> None:
    pause(bounced=True)
    assert resume(LOST.upper())
    assert not resume(LOST)
    write(required=False)
    run_jobs()
    assert len(smtp.letters) == 1


def test_a_cancelled_mail_can_be_tried_again_while_it_has_its_text(smtp: MailServer) -> None:
    pause()
    mail = write(required=False)
    resume(LOST)
    assert retry_failed(mail)
    run_jobs()
    assert len(smtp.letters) == 1


def test_a_cancelled_mail_loses_its_text_after_a_week() -> None:
    pause()
    mail = write(required=False)
    empty_old_texts()
    mail.refresh_from_db()
    assert mail.text
    Mail.objects.update(cancelled_at=timezone.now() - dt.timedelta(days=8))
    empty_old_texts()
    mail.refresh_from_db()
    assert mail.text == ""
    assert not retry_failed(mail)


def _told(user: User) -> int:
    kept = Notification.objects.of(user.pk).filter(kind=ADDRESS_PAUSED.name)
    return kept.count()


def test_owners_are_told_once_of_each_pause_and_only_active_ones(siti: User) -> None:
    for _ in range(2):
        pause_address(siti.email.upper(), code="550", answer="550 x")
    assert _told(siti) == 1
    resume(siti.email)
    User.objects.filter(pk=siti.pk).update(is_active=False)
    pause_address(siti.email, code="550", answer="550 x")
    assert _told(siti) == 1
    resume(siti.email)
    User.objects.filter(pk=siti.pk).update(is_active=True)
    pause_address(siti.email, code="550", answer="550 x")
    assert _told(siti) == 2, "another pause"


def test_whoever_gets_an_address_that_is_paused_already_is_told_at_the_next_refusal(
    siti: User, budi: User
) -> None:
    pause()
    User.objects.filter(pk=siti.pk).update(email=LOST.lower())
    for _ in range(2):
        pause()
    assert _told(siti) == 1
    assert Notification.objects.of(siti.pk).get().event.facts == {"address": "h***@contoh.example"}
    assert _told(budi) == 0


def test_an_address_is_paused_in_small_letters_alone() -> None:
    with pytest.raises(IntegrityError, match="paused_address_in_lower_case"):
        PausedAddress.objects.create(address=LOST, reason="550")


# --- Whom a mail is for ----------------------------------------------------------------------------------


def test_those_whose_account_is_closed_get_what_is_required_alone(
    smtp: MailServer, siti: User
) -> None:
    open_, closed = write(required=False, user_id=siti.pk), write(user_id=siti.pk)
    User.objects.filter(pk=siti.pk).update(is_active=False)
    run_jobs()
    open_.refresh_from_db()
    closed.refresh_from_db()
    assert (open_.state, closed.state) == ("dibatalkan", "terkirim")
    assert open_.last_error == "Akun penerima tidak aktif."


def test_a_mail_goes_where_it_was_written_to(smtp: MailServer, siti: User) -> None:
    write(to=siti.email, user_id=siti.pk)
    old = siti.email
    User.objects.filter(pk=siti.pk).update(email="baru@contoh.example")
    run_jobs()
    assert smtp.only().recipients == (old,)


def test_a_person_who_is_forgotten_leaves_no_pause_and_no_mail(siti: User) -> None:
    pause_address(siti.email, code="550", answer="550 x")
    write(to=siti.email.upper())
    write(to="lama@contoh.example", user_id=siti.pk)
    write(to="lain@contoh.example")
    forget_person([siti.email, "198609262015051001"], user_ids=[siti.pk])
    assert not PausedAddress.objects.exists()
    assert [mail.recipient for mail in Mail.objects.all()] == ["lain@contoh.example"]
