"""Hands over the mails of one lane, in order, and notes how that went."""

from __future__ import annotations

import datetime as dt
import logging
import time
from typing import Final

from django.db import transaction
from django.utils import timezone

from notifications import outage
from notifications.actions import PAUSED, drop_looks, ensure_look
from notifications.addresses import lift_pause, pause_address
from notifications.models import LANES, Mail, PausedAddress
from notifications.outage import Leave
from notifications.post import Post, Refusal
from notifications.queries import try_hold
from notifications.waited import (
    UNJUDGED,
    has_waited,
    judge,
    put_back,
    quiet_until,
    surely_not_taken,
)

PAUSES: Final = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=12),
)
"""How long after each failed try the next one comes; after the last the mail has failed."""
MOST_ATTEMPTS: Final = len(PAUSES) + 1
CUT_OFF: Final = "Terputus pada setiap percobaan; pekerja latar mati selagi mengirim."
LEFT: Final = "Akun penerima tidak aktif."
NOT_WANTED: Final = "Isinya tidak lagi dapat dilihat atau tidak lagi diminta penerima."
UNJUDGED_PAUSE: Final = dt.timedelta(minutes=5)
LONGEST_WAIT: Final = dt.timedelta(days=1)
"""For an app that cannot judge a mail, and for waking hours that are hardly any."""
RUN_SECONDS: Final = 5.0
"""A job is no longer than this, so that a worker told to stop can end what it has begun."""
BATCH: Final = 50
LOCK: Final = 0x6D61696C
"""Any number will do, as long as nobody else has it: the first half of the lock of a lane."""
logger = logging.getLogger(__name__)


def drain(lane: int, seconds: float = RUN_SECONDS) -> None:
    """Hand over what is due in a lane; one worker at a time, another leaves at once.

    Whoever leaves a lane sees to its next look, after letting go of it: a mail whose job met the
    lane taken is found then. A worker killed in between leaves its job behind, and
    `jobs.find_forgotten` looks four times a minute.
    """
    with try_hold((LOCK, lane)) as held:
        if not held:
            return
        drop_looks(lane)  # those asked for by now: what they were to find, this look finds
        _work(lane, time.monotonic() + seconds)
    ensure_look(lane)


def look_after_lanes() -> None:
    """See to the next look at every lane that nobody works on, whatever became of its jobs."""
    for lane in range(LANES):
        with try_hold((LOCK, lane)) as free:
            pass  # let go of first: a worker that meets the lane taken leaves, and relies on us
        if free:
            ensure_look(lane)


def _work(lane: int, end: float) -> None:
    with Post() as post:
        while True:
            due = Mail.objects.due(lane, timezone.now()).values_list("pk", flat=True)[:BATCH]
            if not due or not _hand_over_all(list(due), post, end):
                return


def _hand_over_all(mail_ids: list[int], post: Post, end: float) -> bool:
    """Whether to look for more: not when time is up or the server is away.

    After a mail that is refused or put off, what is due is asked anew: later mails to that address
    have to wait.
    """
    leave = outage.ask_leave()
    for mail_id in mail_ids:
        if leave is Leave.WAIT or time.monotonic() >= end:
            return False
        fault = post.open()
        if fault:  # before a mail is touched: none of them can help it
            _server_fails(leave, fault)
            return False
        tried, refusal = _deliver(mail_id, post)
        if refusal is not None and refusal.cut_off:
            _server_fails(leave, refusal.reason)
            return False
        if leave is Leave.TRY:  # also by a mail that is cancelled: the server let us in
            outage.is_over()
            leave = Leave.GO
        if refusal is not None or not tried:
            return True
    return True


def _server_fails(leave: Leave, reason: str) -> None:
    if leave is Leave.TRY:
        outage.goes_on(reason)
    else:
        outage.begin(reason)


def _deliver(mail_id: int, post: Post) -> tuple[bool, Refusal | None]:
    """Whether the mail was tried, and why it was refused.

    A worker killed between the server's answer and the last line here leaves the mail waiting: it
    is then sent again, under the same Message-ID. Nothing else repeats a mail.
    """
    attempt = _begin(mail_id)
    if attempt is None:
        return False, None
    with transaction.atomic():
        mail = (
            Mail.objects.waiting().select_for_update().filter(pk=mail_id, attempts=attempt).first()
        )
        if mail is None:
            return False, None
        refusal = post.hand_over(mail)
        _note(mail, refusal)
    return True, refusal


def _begin(mail_id: int) -> int | None:
    """Count the attempt beforehand and put off the next one, so that a mail which kills its worker
    ends too and does not keep the others waiting.

    A row that somebody else has locked for a moment is waited for: passed over, it would be
    overtaken by the next mail to the same person.
    """
    with transaction.atomic():
        mail = (
            Mail.objects.waiting()
            .select_for_update(of=("self",))
            .for_list()
            .select_related("user")
            .filter(pk=mail_id)
            .first()
        )
        if mail is None:
            return None
        if mail.attempts >= MOST_ATTEMPTS:
            _note(mail, Refusal(mail.last_error or CUT_OFF, final=True))
            return None
        if reason := _why_not(mail):
            _cancel(mail, reason)
            return None
        if not mail.required and not _may_still_go(mail):
            return None
        mail.next_try = timezone.now() + PAUSES[min(mail.attempts, len(PAUSES) - 1)]
        mail.attempts += 1
        mail.save(update_fields=["attempts", "next_try"])
        return mail.attempts


def _why_not(mail: Mail) -> str:
    """What is not required goes to nobody who has left, and to no address that takes nothing."""
    if mail.required:
        return ""
    if mail.user is not None and not mail.user.is_active:
        return LEFT
    if PausedAddress.objects.filter(address=mail.recipient.lower()).exists():
        return PAUSED
    return ""


def _may_still_go(mail: Mail) -> bool:
    """Judge again what has waited, and note what becomes of a mail that may not go.

    A worker that is killed has noted all of it or nothing: one transaction.
    """
    now = timezone.now()
    if not has_waited(mail, now):
        return True
    try:
        with transaction.atomic():
            verdict = judge(mail)
    except Exception as error:  # noqa: BLE001  an app that fails must not stop the lane
        _leave_unjudged(mail, error, now)
        return False
    if not verdict.bad:
        late = abs(now - mail.created_at) > LONGEST_WAIT
        end = None if late else quiet_until(verdict.good, now)
        if end is not None:
            _put_off(mail, min(end, now + PAUSES[-1]))  # asked again then, if they last longer
        return end is None
    # Never twice goes before always: what may have arrived is not told again. The inbox has it.
    again = verdict.good if surely_not_taken(mail) else []
    _cancel(mail, NOT_WANTED)
    if again:
        put_back(again, mail, now)
    return False


def _leave_unjudged(mail: Mail, error: Exception, now: dt.datetime) -> None:
    """Neither sent nor lost. The text of the error may name a person, so only what it is."""
    logger.error("a mail could not be judged again: %s", type(error).__name__)
    mail.last_error = mail.last_error or (CUT_OFF if mail.attempts else UNJUDGED)
    if abs(now - mail.created_at) > LONGEST_WAIT:
        _note(mail, Refusal(mail.last_error, final=True))
    else:
        _put_off(mail, now + UNJUDGED_PAUSE)


def _put_off(mail: Mail, moment: dt.datetime) -> None:
    """No try: the mail has not been near the server."""
    mail.next_try = moment
    mail.save(update_fields=["next_try", "last_error"])


def _cancel(mail: Mail, reason: str) -> None:
    mail.state, mail.cancelled_at = Mail.State.CANCELLED, timezone.now()
    mail.next_try, mail.last_error = None, reason
    mail.save(update_fields=["state", "cancelled_at", "next_try", "last_error"])


def _note(mail: Mail, refusal: Refusal | None) -> None:
    now = timezone.now()
    fields = ["state", "next_try", "last_error"]
    mail.last_error = refusal.reason[:300] if refusal else ""
    mail.next_try = None
    if refusal is None:
        mail.state, mail.sent_at = Mail.State.SENT, now
        mail.text = mail.html = ""
        fields += ["sent_at", "text", "html"]
        lift_pause(mail.recipient)
    elif refusal.final or mail.attempts >= MOST_ATTEMPTS:
        mail.state, mail.failed_at = Mail.State.FAILED, now
        fields.append("failed_at")
    else:
        mail.next_try = now + PAUSES[mail.attempts - 1]
    mail.save(update_fields=fields)
    if refusal and refusal.dead:
        pause_address(mail.recipient, code=refusal.dead, answer=refusal.reason)
