"""Asking in private: whom, who else takes part, and until when."""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User as Account
from epk.lib.workdays import previous_workday
from forum import routing, rules
from forum.actions import assignments, writing
from forum.actions.turns import locked_topic, one_at_a_time
from forum.models import Assignment, Availability, Consultation, Member, Topic
from forum.notices import consultation as notices
from registry.bylines import byline_of
from registry.models import Officer

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from forum.actions.writing import Words
    from forum.routing import Candidate
    from registry.models import Expertise

MOST_GUESTS: Final = 5
OFFERED_FOR: Final = dt.timedelta(days=60)
"""How long the register is asked for a colleague, where there was none."""
BATCH: Final = 200
"""How many overdue ones a run of the job passes on; the next hour takes the rest."""
NOT_FREE = "Rekan itu tidak lagi dapat menerima konsultasi ini. Pilih yang lain."
NOT_WAITING = "Konsultasi ini tidak lagi menunggu jawaban Anda."
HAS_ONE = "Konsultasi ini sudah ada pada seorang rekan."
NO_COLLEAGUE = (
    "Tidak ada rekan dengan nomor register itu yang sedang dapat menerima konsultasi ini."
)
NOTHING = "Pertanyaannya tidak ada lagi. Tulis dulu."
NO_OFFICER = "Tidak ada rekan dengan nomor register itu yang mempunyai akun aktif."
IS_MEMBER = "Rekan itu sudah ikut dalam konsultasi ini."
logger = logging.getLogger(__name__)
TOO_MANY = f"Paling banyak {MOST_GUESTS} rekan dapat diundang."


def ask(
    expertise: Expertise, *, title: str, words: Words, colleague: str | None, by: User
) -> Topic:
    """A new consultation, laid with the colleague of that register number, or with the first
    whom the register proposes where none is named. The same key twice makes one.
    """
    with transaction.atomic():
        one_at_a_time(by)
        if sent := writing.sent_already(words, by):
            return sent.topic
        if not words.source:
            raise ValidationError(NOTHING, code="nothing")  # the second click on what is gone
        writing.may_write(by)
        today = timezone.localdate()
        province = routing.province_of(by.pk, today)
        proposed = routing.propose(province, expertise, exclude=[by.pk], today=today)
        chosen = _chosen(proposed, colleague)
        byline = byline_of(by)
        topic = Topic.objects.create(
            kind=Topic.Kind.CONSULTATION, title=title, author=by, author_name=byline.author_name
        )
        consultation = Consultation.objects.create(
            topic=topic,
            expertise=expertise,
            province_code=province,
            chooses_itself=colleague is None,
            state=Consultation.State.UNASSIGNED,
        )
        Member.objects.create(topic=topic, user=by, part=Member.Part.ASKER)
        writing.add_post(topic, words, by=by, byline=byline)
        if chosen is not None:
            assignments.give(consultation, chosen, by=by)
    return topic


def _chosen(proposed: list[Candidate], colleague: str | None) -> Candidate | None:
    if colleague is None:
        return proposed[0] if proposed else None
    for candidate in proposed:
        if candidate.register_number == colleague:
            return candidate
    raise ValidationError(NOT_FREE, code="not_free")


def choose(topic: Topic, *, colleague: str, by: User) -> None:
    """The asker names a colleague after the register had nobody left to propose."""
    with transaction.atomic():
        consultation = _held(topic.pk)
        if not rules.is_asker(by, consultation.topic):
            raise PermissionDenied
        if consultation.state != Consultation.State.UNASSIGNED:
            raise ValidationError(HAS_ONE, code="has_one")
        today = timezone.localdate()
        found = routing.by_number(
            colleague,
            consultation.province_code,
            exclude=assignments.had_a_part(topic.pk),
            today=today,
        )
        if found is None:
            raise ValidationError(NO_COLLEAGUE, code="no_colleague")
        assignments.give(consultation, found, by=by)


def decline(topic: Topic, *, by: User) -> None:
    """The one with whom it lies cannot answer: the seat ends, the next one is asked."""
    with transaction.atomic():
        consultation = _held(topic.pk)
        seats = Member.objects.filter(topic=topic.pk)
        if rules.side_of(by, seats) != Member.Part.CONSULTANT:
            raise PermissionDenied
        waiting = assignments.open_assignment(topic.pk)
        if waiting is None or waiting.user_id != by.pk:
            raise ValidationError(NOT_WAITING, code="not_waiting")
        _pass_on(consultation, waiting, Assignment.Outcome.DECLINED)


def pass_on_overdue() -> int:
    """Pass on what nobody answered in time, or lost its colleague; returns how many.

    However many workers do it at once, each is passed on once: the row of the topic is taken by
    one of them, and the others go on to the next. What fails is tried again in the next hour.
    """
    today = timezone.localdate()
    return sum(
        _alone(topic_id, lambda held: _pass_on_stuck(held, today)) for topic_id in _stuck(today)
    )


def offer_again() -> int:
    """Ask the register once more for those with whom nobody was left; returns how many found one.

    Somebody has come back from leave, is new or has finished other cases.
    """
    since = timezone.now() - OFFERED_FOR
    rows = Consultation.objects.filter(
        state=Consultation.State.UNASSIGNED, topic__created_at__gt=since
    )
    keys = rows.order_by("-topic__created_at").values_list("pk", flat=True)[:BATCH]
    return sum(_alone(topic_id, _offer) for topic_id in list(keys))


def remind_due() -> None:
    """Tell those whose last day is near: from the working day before it on, once."""
    today = timezone.localdate()
    waiting = Assignment.objects.waiting().filter(due_on__gte=today).order_by("due_on", "pk")
    for assignment in waiting.filter(due_on__lte=today + dt.timedelta(days=14)):
        if today >= previous_workday(assignment.due_on):
            _alone(assignment.consultation_id, partial(_remind, assignment))


def _remind(assignment: Assignment, consultation: Any) -> bool:
    notices.tell(notices.DUE, consultation.pk, f"tenggat-{assignment.pk}")
    return True


def _pass_on_stuck(consultation: Any, today: dt.date) -> bool:
    if consultation.state != Consultation.State.WAITING:
        return False
    waiting = assignments.open_assignment(consultation.pk)
    author = consultation.topic.author
    if author is None or not author.is_active:
        _finish(consultation.pk)  # nobody is there to read an answer
        return True
    if waiting is None or waiting.due_on < today:
        _pass_on(consultation, waiting, Assignment.Outcome.OVERDUE)
        return True
    gone = Assignment.objects.without_answerer(today, timezone.now()).filter(pk=waiting.pk)
    if not gone.exists():
        return False
    _pass_on(consultation, waiting, Assignment.Outcome.GONE)
    return True


def _offer(consultation: Any) -> bool:
    author = consultation.topic.author
    if consultation.state != Consultation.State.UNASSIGNED or not author or not author.is_active:
        return False
    today = timezone.localdate()
    found = routing.propose(
        consultation.province_code,
        consultation.expertise,
        exclude=assignments.had_a_part(consultation.pk),
        today=today,
    )
    if not found:
        return False
    assignments.give(consultation, found[0], by=None)
    notices.tell(notices.PASSED_ON, consultation.pk, f"diteruskan-lagi-{found[0].user_id}")
    return True


def _alone(topic_id: int, act: Callable[[Any], bool]) -> bool:
    """Do it in a transaction of its own; one that fails, or is held by another, stops no others."""
    try:
        with transaction.atomic():
            rows = Topic.objects.select_for_update(skip_locked=True, of=("self",))
            if rows.filter(pk=topic_id).first() is None:
                return False
            return act(_consultation(topic_id))
    except Exception as error:  # noqa: BLE001
        _note(topic_id, error)
        return False


def _note(topic_id: int, error: Exception) -> None:
    """The text of the error may name a person, so only what it is."""
    logger.error("consultation %d is left for an hour: %s", topic_id, type(error).__name__)


def close(topic: Topic, *, by: User) -> None:
    """The asker has what they needed: nobody writes any more, all still read."""
    with transaction.atomic():
        consultation = _held(topic.pk)
        if not rules.is_asker(by, consultation.topic):
            raise PermissionDenied
        if consultation.state == Consultation.State.CLOSED:
            return
        _finish(topic.pk)


def invite(topic: Topic, *, colleague: str, by: User) -> None:
    """Let a colleague read and write along."""
    with transaction.atomic():
        consultation = _held(topic.pk)
        seats = list(Member.objects.filter(topic=topic.pk))
        if not rules.can_invite(by, consultation, seats):
            raise PermissionDenied
        guest = _account_of(colleague)
        seat = next((seat for seat in seats if seat.user_id == guest.pk), None)
        if seat is not None and seat.left_at is None:
            raise ValidationError(IS_MEMBER, code="is_member")
        sitting = [s for s in seats if s.part == Member.Part.GUEST and s.left_at is None]
        if len(sitting) >= MOST_GUESTS:
            raise ValidationError(TOO_MANY, code="too_many")
        seat = seat or Member(topic_id=topic.pk, user=guest)
        seat.part, seat.invited_by, seat.left_at = Member.Part.GUEST, by, None
        seat.joined_at = timezone.now()
        seat.save()
        item = f"undangan-{guest.pk}-{int(seat.joined_at.timestamp())}"
        notices.tell(notices.INVITED, topic.pk, item, by=by)


def leave(topic: Topic, *, by: User) -> None:
    """A guest goes; asker and consultant do not leave in this way."""
    with transaction.atomic():
        locked_topic(topic.pk)
        seat = Member.objects.filter(
            topic=topic.pk, user=by, part=Member.Part.GUEST, left_at__isnull=True
        )
        if not seat.update(left_at=timezone.now()):
            raise PermissionDenied


def set_availability(
    *, takes_questions: bool, away_from: dt.date | None, away_until: dt.date | None, by: User
) -> None:
    Availability.objects.update_or_create(
        user=by,
        defaults={
            "takes_questions": takes_questions,
            "away_from": away_from,
            "away_until": away_until,
        },
    )


def _pass_on(consultation: Consultation, waiting: Assignment | None, outcome: str) -> None:
    if waiting is not None:
        assignments.end(waiting, outcome)
    if assignments.give_to_next(consultation) is not None:
        item = f"diteruskan-{waiting.pk}" if waiting else f"diteruskan-tanpa-{timezone.localdate()}"
        notices.tell(notices.PASSED_ON, consultation.pk, item)


def _finish(topic_id: int) -> None:
    now = timezone.now()
    assignments.finish(topic_id, now)
    Topic.objects.filter(pk=topic_id).update(locked_at=now)


def _held(topic_id: int) -> Any:
    """The consultation as it is now, held until the transaction ends."""
    locked_topic(topic_id)
    return _consultation(topic_id)


def _consultation(topic_id: int) -> Any:
    return Consultation.objects.select_related("topic__author", "expertise").get(pk=topic_id)


def _stuck(today: dt.date) -> list[int]:
    """Waiting ones that are overdue, or whose colleague or asker is gone."""
    late = Assignment.objects.overdue(today).order_by("due_on", "pk")
    gone = Assignment.objects.without_answerer(today, timezone.now()).order_by("pk")
    held = Assignment.objects.waiting().values("consultation")
    waiting = Consultation.objects.filter(state=Consultation.State.WAITING)
    lost = waiting.filter(~Q(pk__in=held) | Q(topic__author__is_active=False)).order_by("pk")
    found = [
        *late.values_list("consultation_id", flat=True)[:BATCH],
        *gone.values_list("consultation_id", flat=True)[:BATCH],
        *lost.values_list("pk", flat=True)[:BATCH],
    ]
    return list(dict.fromkeys(found))


def _account_of(register_number: str) -> Account:
    """Of somebody who may enter the forum."""
    officer = (
        Officer.objects.numbered(register_number)
        .filter(merged_into__isnull=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    if officer is None or officer.user is None or not rules.can_enter_forum(officer.user):
        raise ValidationError(NO_OFFICER, code="no_officer")
    account: Account = officer.user
    return account
