"""Asking in private: whom, who else takes part, and until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User as Account
from epk.lib.workdays import previous_workday
from forum import routing, rules
from forum.actions import assignments, writing
from forum.actions.authors import byline_of
from forum.actions.turns import locked_topic, one_at_a_time
from forum.models import Assignment, Availability, Consultation, Member, Topic
from forum.notices import consultation as notices
from registry.models import Officer

if TYPE_CHECKING:
    from accounts.models import User
    from forum.actions.writing import Words
    from forum.routing import Candidate
    from registry.models import Expertise

MOST_GUESTS: Final = 5
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
    one of them, and the others go on to the next.
    """
    today, passed = timezone.localdate(), 0
    for topic_id in _stuck(today):
        with transaction.atomic():
            held = Topic.objects.select_for_update(skip_locked=True, of=("self",))
            if held.filter(pk=topic_id).first() is None:
                continue
            consultation = _consultation(topic_id)
            if consultation.state != Consultation.State.WAITING:
                continue
            waiting = assignments.open_assignment(topic_id)
            if waiting is not None and waiting.due_on >= today:
                continue
            _pass_on(consultation, waiting, Assignment.Outcome.OVERDUE)
            passed += 1
    return passed


def remind_due() -> None:
    """Tell those whose last day is near: from the working day before it on, once."""
    today = timezone.localdate()
    waiting = Assignment.objects.waiting().filter(due_on__gte=today).order_by("due_on", "pk")
    for assignment in waiting.filter(due_on__lte=today + dt.timedelta(days=14)):
        if today >= previous_workday(assignment.due_on):
            item = f"tenggat-{assignment.pk}"
            with transaction.atomic():
                notices.tell(notices.DUE, assignment.consultation_id, item)


def close(topic: Topic, *, by: User) -> None:
    """The asker has what they needed: nobody writes any more, all still read."""
    with transaction.atomic():
        consultation = _held(topic.pk)
        if not rules.is_asker(by, consultation.topic):
            raise PermissionDenied
        if consultation.state == Consultation.State.CLOSED:
            return
        now = timezone.now()
        assignments.finish(topic.pk, now)
        Topic.objects.filter(pk=topic.pk).update(locked_at=now)


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


def _held(topic_id: int) -> Any:
    """The consultation as it is now, held until the transaction ends."""
    locked_topic(topic_id)
    return _consultation(topic_id)


def _consultation(topic_id: int) -> Any:
    return Consultation.objects.select_related("topic", "expertise").get(pk=topic_id)


def _stuck(today: dt.date) -> list[int]:
    """Waiting ones that are overdue, or whose colleague is gone with their account."""
    overdue = Assignment.objects.overdue(today).order_by("due_on", "pk")
    late = list(overdue.values_list("consultation_id", flat=True)[:BATCH])
    held = Assignment.objects.waiting().values("consultation")
    waiting = Consultation.objects.filter(state=Consultation.State.WAITING)
    return [*late, *waiting.exclude(pk__in=held).values_list("pk", flat=True)[:BATCH]]


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
