"""A consultation becomes a public question without names, once both sides agree to the same text."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from epk.lib import dates, zones
from forum import anonymity, rules
from forum.actions.answers import restand
from forum.actions.turns import locked_topic
from forum.actions.writing import Words, add_post, suspended_until
from forum.models import Category, Consultation, Member, Post, Publication, Topic
from forum.notices import consultation as notices
from registry.bylines import Byline, byline_of

if TYPE_CHECKING:
    from accounts.models import User

ASKER: Final = Byline("Penanya anonim")
CONSULTANT: Final = Byline("Rekan anonim")
NOT_YET = "Konsultasi ini belum dijawab atau sudah terbit."
CHANGED = "Naskah ini berubah sejak Anda membukanya. Baca dulu yang baru, lalu setujui lagi."
NAMED = "Masih ada nama, NIP, nomor register, atau e-mail salah satu dari Anda. Hapus dulu."
LEADS_BACK = "Naskah ini memuat alamat konsultasi ini. Hapus dulu."
TRACES = (
    "Naskah ini memuat {found}, yang dapat menunjuk salah satu dari Anda. Hapus dulu, atau centang"
    " “Tetap usulkan”."
)
CATEGORY_GONE = "Topik baru tidak lagi dapat dimulai di kategori itu. Pilih yang lain."


@dataclass(frozen=True)
class Text:
    """What both are asked to agree to."""

    category: Category
    title: str
    question: str
    answer: str


def propose_text(
    topic: Topic,
    text: Text,
    *,
    seen_version: int,
    name_consultant: bool | None,
    by: User,
    sure: bool = False,
) -> Publication:
    """Put a text before both sides; its author agrees to it thereby, the other side anew.

    `name_consultant` is the consultant's to say; None leaves it as it is. A ValidationError where
    the text names one of them, was changed by the other side meanwhile, or (code "traces", unless
    they are `sure`) holds where one of them serves or a word of a name.
    """
    with transaction.atomic():
        consultation, seats, side = _held(topic.pk, by)
        found = Publication.objects.filter(consultation=consultation).first()
        if found is not None and found.version != seen_version:
            raise ValidationError(CHANGED, code="conflict")
        if not rules.can_start_topic(by, text.category):
            raise ValidationError(CATEGORY_GONE, code="category")
        _check(text, topic.pk)
        if not sure:
            _check_traces(text, topic.pk)
        publication = found or Publication(consultation=consultation, version=0)
        named = publication.name_consultant
        if side == Member.Part.CONSULTANT and name_consultant is not None:
            named = name_consultant
        if found is None or _differs(publication, text) or named != publication.name_consultant:
            for name, value in columns_of(text).items():
                setattr(publication, name, value)
            publication.name_consultant = named
            # Counted on from those withdrawn: nobody agrees to a text by the number of another.
            publication.version = consultation.texts_proposed = consultation.texts_proposed + 1
            consultation.save(update_fields=["texts_proposed"])
            publication.asker_agreed = publication.consultant_agreed = False
            publication.proposed_at = timezone.now()
        _agree(publication, side)
        publication.save()
        item = f"naskah-{publication.version}"
        notices.tell(notices.PROPOSED, topic.pk, item, by=by)
        _publish_if_agreed(consultation, publication, seats)
    return publication


def agree(topic: Topic, *, seen_version: int, by: User) -> Topic | None:
    """Agree to that version; the public question once both have. Twice is as once."""
    with transaction.atomic():
        locked_topic(topic.pk)
        consultation = _consultation(topic.pk)
        if consultation.published is not None:
            return _published(consultation)
        consultation, seats, side = _held(topic.pk, by)
        publication = Publication.objects.filter(consultation=consultation).first()
        if publication is None or publication.version != seen_version:
            raise ValidationError(CHANGED, code="conflict")
        _agree(publication, side)
        publication.save(update_fields=["asker_agreed", "consultant_agreed"])
        return _publish_if_agreed(consultation, publication, seats)


def withdraw(topic: Topic, *, by: User) -> None:
    """Either side says no: the proposal is gone."""
    with transaction.atomic():
        consultation, _, _ = _held(topic.pk, by, writes=False)
        Publication.objects.filter(consultation=consultation).delete()


def first_text(topic: Topic, seats: list[Member]) -> dict[str, str]:
    """Title, question and answer without those who took part, as far as a machine can."""
    values = anonymity.traces_of(_everybody(topic.pk))
    consultants = [seat.user_id for seat in seats if seat.part == Member.Part.CONSULTANT]
    shown = Post.objects.filter(topic=topic).shown().order_by("number")
    question = shown.filter(number=1).values_list("source", flat=True).first() or ""
    answers = shown.filter(author__in=consultants).values_list("source", flat=True)[:20]
    return {
        "title": anonymity.anonymised(topic.title, values)[:150],
        "question": anonymity.anonymised(question, values)[:20_000],
        "answer": anonymity.anonymised("\n\n".join(answers), values)[:20_000],
    }


def columns_of(text: Text) -> dict[str, Any]:
    return {field.name: getattr(text, field.name) for field in fields(text)}


def _differs(publication: Publication, text: Text) -> bool:
    return any(getattr(publication, name) != value for name, value in columns_of(text).items())


def _agree(publication: Publication, side: str) -> None:
    if side == Member.Part.ASKER:
        publication.asker_agreed = True
    else:
        publication.consultant_agreed = True


def _held(topic_id: int, by: User, *, writes: bool = True) -> tuple[Any, list[Member], str]:
    """The consultation, its seats and the side of this person, held until the transaction ends.

    What is published is written: who is suspended neither proposes it nor agrees to it.
    """
    locked_topic(topic_id)
    consultation = _consultation(topic_id)
    seats = list(Member.objects.filter(topic=topic_id, left_at__isnull=True).select_related("user"))
    side = rules.side_of(by, seats)
    if not side:
        raise PermissionDenied
    if writes and (until := suspended_until(by)):
        day = dates.format_datetime(until, zones.viewers_zone())
        raise ValidationError(rules.suspended_sentence(day), code="suspended")
    if not rules.can_publish(consultation):
        raise ValidationError(NOT_YET, code="not_yet")
    return consultation, seats, side


def _consultation(topic_id: int) -> Any:
    return Consultation.objects.select_related("published").get(pk=topic_id)


def _everybody(topic_id: int) -> list[User]:
    """All who have or had a seat: a guest who has left may be named in what was written."""
    return [seat.user for seat in Member.objects.filter(topic=topic_id).select_related("user")]


def _check(text: Text, topic_id: int) -> None:
    values = anonymity.names_of(_everybody(topic_id))
    for name in ("title", "question", "answer"):
        if anonymity.names_somebody(getattr(text, name), values):
            raise ValidationError({name: ValidationError(NAMED, code="named")})
        if _leads_back(getattr(text, name), topic_id):
            raise ValidationError({name: ValidationError(LEADS_BACK, code="named")})


def _leads_back(text: str, topic_id: int) -> bool:
    """Whether it holds the address of the consultation or of a post in it."""
    topics, posts = anonymity.places_in(text)
    return topic_id in topics or Post.objects.filter(topic=topic_id, pk__in=posts).exists()


def _check_traces(text: Text, topic_id: int) -> None:
    traces = anonymity.traces_of(_everybody(topic_id))
    found = anonymity.found_in("\n".join([text.title, text.question, text.answer]), traces)
    if found:
        raise ValidationError(TRACES.format(found=", ".join(found)), code="traces")


def _publish_if_agreed(
    consultation: Any, publication: Publication, seats: list[Member]
) -> Topic | None:
    consultant = next((s.user for s in seats if s.part == Member.Part.CONSULTANT), None)
    if not (publication.asker_agreed and publication.consultant_agreed) or consultant is None:
        return None
    if publication.category.is_archived:
        raise ValidationError(CATEGORY_GONE, code="category")
    _check(
        Text(publication.category, publication.title, publication.question, publication.answer),
        consultation.pk,
    )
    topic = Topic.objects.create(
        kind=Topic.Kind.QUESTION,
        category=publication.category,
        title=publication.title,
        author_name=ASKER.author_name,
    )
    add_post(topic, Words(publication.question, uuid.uuid4()), by=None, byline=ASKER)
    named = consultant if publication.name_consultant else None
    byline = byline_of(named) if named else CONSULTANT
    answer = add_post(topic, Words(publication.answer, uuid.uuid4()), by=named, byline=byline)
    topic.accepted = answer
    topic.save(update_fields=["accepted"])
    restand(topic)
    Consultation.objects.filter(pk=consultation.pk).update(published=topic)
    notices.tell(notices.PUBLISHED, consultation.pk, "terbit")
    return topic


def _published(consultation: Any) -> Topic:
    found: Topic = consultation.published
    return found
