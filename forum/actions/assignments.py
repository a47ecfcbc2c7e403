"""With whom a consultation lies: given, passed on, answered. The caller holds the topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from forum import routing
from forum.models import Assignment, Consultation, Member, Post
from forum.notices import consultation as notices

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from forum.routing import Candidate

State = Consultation.State
Outcome = Assignment.Outcome


def give(consultation: Consultation, candidate: Candidate, *, by: User | None) -> None:
    """Lay it with a colleague: they get the seat, and until when an answer is due."""
    today = timezone.localdate()
    Member.objects.create(
        topic_id=consultation.pk, user_id=candidate.user_id, part=Member.Part.CONSULTANT
    )
    given = Assignment.objects.create(
        consultation=consultation,
        user_id=candidate.user_id,
        due_on=routing.due_after(today),
        why=candidate.why,
    )
    set_state(consultation, State.WAITING)
    notices.tell(notices.ASKED, consultation.pk, f"penugasan-{given.pk}", by=by)


def give_to_next(consultation: Consultation) -> Candidate | None:
    """Lay it with the best of those who had no part in it yet; None where there is nobody."""
    today = timezone.localdate()
    found = routing.propose(
        consultation.province_code,
        consultation.expertise,
        exclude=had_a_part(consultation.pk),
        today=today,
    )
    if not found:
        set_state(consultation, State.UNASSIGNED)
        count = Assignment.objects.filter(consultation=consultation).count()
        notices.tell(notices.UNASSIGNED, consultation.pk, f"tanpa-rekan-{count}")
        return None
    give(consultation, found[0], by=None)
    return found[0]


def end(assignment: Assignment, outcome: str) -> None:
    """How it ended; whoever did not answer loses the seat with it."""
    now = timezone.now()
    Assignment.objects.filter(pk=assignment.pk).update(outcome=outcome, ended_at=now)
    if outcome in {Outcome.DECLINED, Outcome.OVERDUE, Outcome.GONE}:
        seat = Member.objects.filter(
            topic=assignment.consultation_id, user=assignment.user_id, part=Member.Part.CONSULTANT
        )
        seat.update(left_at=now)


def note_answer(topic: Any, *, by: User) -> bool:
    """Whether this is the answer, which is told as such: the first reply of the one it lies with."""
    waiting = open_assignment(topic.pk)
    if waiting is None or waiting.user_id != by.pk:
        return False
    end(waiting, Outcome.ANSWERED)
    Consultation.objects.filter(pk=topic.pk).update(state=State.ANSWERED)
    notices.tell(notices.ANSWERED, topic.pk, f"penugasan-{waiting.pk}", by=by)
    return True


def note_answer_gone(topic_id: int, *, by: User) -> None:
    """Who has taken all of their answer back has not answered: it lies with them again."""
    given = Assignment.objects.filter(
        consultation=topic_id,
        user=by,
        outcome=Outcome.ANSWERED,
        consultation__state=State.ANSWERED,
        consultation__published__isnull=True,
    ).first()
    if given is None or Post.objects.filter(topic=topic_id, author=by).shown().exists():
        return
    due_on = routing.due_after(timezone.localdate())
    Assignment.objects.filter(pk=given.pk).update(
        outcome=Outcome.OPEN, ended_at=None, due_on=due_on
    )
    Consultation.objects.filter(pk=topic_id).update(state=State.WAITING)


def note_withdrawal(topic_id: int) -> None:
    """The asker has taken the question back: nobody is to answer it any more."""
    finish(topic_id, timezone.now())


def finish(topic_id: int, moment: dt.datetime) -> None:
    waiting = open_assignment(topic_id)
    if waiting is not None:
        end(waiting, Outcome.ENDED)
    Consultation.objects.filter(pk=topic_id).update(state=State.CLOSED, closed_at=moment)


def set_state(consultation: Consultation, state: str) -> None:
    consultation.state = state
    Consultation.objects.filter(pk=consultation.pk).update(state=state)


def open_assignment(topic_id: int) -> Assignment | None:
    return Assignment.objects.waiting().filter(consultation=topic_id).first()


def had_a_part(topic_id: int) -> list[int]:
    """Everyone who has or had a seat: none of them is asked by the portal again."""
    return list(Member.objects.filter(topic=topic_id).values_list("user_id", flat=True))
