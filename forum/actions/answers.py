"""Which answer helped the asker, which one the Pembina vouches for, and until when."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from epk.lib.notices import notify
from forum import rules
from forum.actions.indexing import index_post
from forum.actions.turns import held_topic_of
from forum.models import Citation, Consultation, Post, Regulation, Topic, Verification
from forum.notices.answers import ACCEPTED, REVIEW_DUE, VERIFIED, WITHDRAWN
from forum.notices.seen import item_of, subject_of
from registry.bylines import byline_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accounts.models import User

logger = logging.getLogger(__name__)
MOST_CITATIONS: Final = 5
NOT_ANY_MORE = "Tulisan ini tidak lagi dapat dijadikan jawaban."
NOT_VERIFIABLE = "Tulisan ini tidak lagi dapat diverifikasi."
OWN = "Jawaban ini berasal dari konsultasi yang Anda ikuti; Pembina lain yang memverifikasinya."
MOVED = "Jawaban ini disunting sejak Anda membukanya. Baca lagi, lalu verifikasi."
NO_BASIS = "Sebutkan 1 sampai {most} dasar hukum, masing-masing dengan pasalnya."
OUT_OF_FORCE = "{name} sudah tidak berlaku; pilih peraturan penggantinya."
NO_DAY = "Verifikasi berlaku paling sedikit sampai hari ini."
NO_REASON = "Tulis alasannya."
KNOWN = "Peraturan dengan nama itu sudah ada."
BEFORE_FORMER = "Peraturan ini menggantikan {name}, jadi mulai berlaku sesudahnya."
AFTER_SUCCESSOR = "Peraturan ini diganti dengan {name}, jadi mulai berlaku sebelumnya."
REPLACED = "Diganti dengan verifikasi yang lebih baru."


@dataclass(frozen=True)
class Basis:
    """What a verification is to rest on: until when, and what the Pembina adds to it.

    `citations` are regulations with the article of each; `seen_version` is the version of the
    answer that was read.
    """

    citations: Sequence[tuple[Regulation, str]]
    valid_until: dt.date
    seen_version: int
    note: str = ""


def accept_answer(post: Post, *, by: User) -> None:
    """The asker says that this one helped; it takes the place of another. Twice is as once."""
    with transaction.atomic():
        topic, current = _held(post)
        if not rules.can_accept_answer(by, topic, current) or topic.merged_into_id:
            raise ValidationError(NOT_ANY_MORE, code="closed")
        if topic.accepted_id == current.pk:
            return
        topic.accepted = current
        topic.save(update_fields=["accepted"])
        restand(topic)
        notify(
            ACCEPTED,
            subject=subject_of(current),
            item=item_of(current, "diterima"),
            by=by,
        )


def unaccept_answer(post: Post, *, by: User) -> None:
    """The asker takes that back; nothing where it is another answer that stands by now."""
    with transaction.atomic():
        topic, current = _held(post)
        if not rules.can_take_back_answer(by, topic):
            raise PermissionDenied
        if topic.accepted_id == current.pk:
            topic.accepted = None
            topic.save(update_fields=["accepted"])
            restand(topic)


def verify_answer(post: Post, basis: Basis, *, by: User) -> Verification:
    """A Pembina vouches for an answer; what stood in its topic before ends. Twice is as once."""
    with transaction.atomic():
        topic, current = _held(post)
        if not rules.can_verify_answer(by, topic, current) or topic.merged_into_id:
            raise ValidationError(NOT_VERIFIABLE, code="closed")
        if Consultation.objects.filter(published=topic, topic__members__user=by).exists():
            raise ValidationError(OWN, code="own")
        if current.version != basis.seen_version:
            raise ValidationError(MOVED, code="conflict")
        replaced = _held_regulations(basis)
        former: Verification | None = topic.verification
        if former is not None and _is_same(former, current, basis, by):
            return former
        for other in Verification.objects.standing().filter(post__topic=topic):
            _end(other, REPLACED)  # a merge may have brought a second one
        made = Verification.objects.create(
            post=current,
            verified_by=by,
            verified_by_name=byline_of(by).author_name,
            post_version=current.version,
            note=basis.note,
            valid_until=basis.valid_until,
            review_from=min([basis.valid_until + dt.timedelta(days=1), *replaced]),
        )
        for regulation, article in dict.fromkeys(basis.citations):
            Citation.objects.create(verification=made, regulation=regulation, article=article)
        topic.verification = made
        topic.save(update_fields=["verification"])
        restand(topic)
        notify(
            VERIFIED,
            subject=subject_of(current),
            item=item_of(current, f"terverifikasi-{made.pk}"),
            by=by,
        )
    return made


def withdraw_verification(verification: Verification, *, reason: str, by: User) -> None:
    """A Pembina no longer vouches for an answer; the verification is kept with the reason."""
    if not reason.strip():
        raise ValidationError(NO_REASON, code="required")
    with transaction.atomic():
        topic, current = _held(verification.post)
        if not rules.can_verify_answers(by):
            raise PermissionDenied
        standing = Verification.objects.standing().filter(post__topic=topic)
        ended = standing.filter(pk=verification.pk).first()
        if ended is None:
            return
        _end(ended, reason)
        if topic.verification_id == ended.pk:
            topic.verification = standing.filter(post__state=Post.State.SHOWN).newest()
            topic.save(update_fields=["verification"])
            restand(topic)
            notify(
                WITHDRAWN,
                subject=subject_of(current),
                item=item_of(current, f"dicabut-{verification.pk}"),
                by=by,
            )


def restand(topic: Topic) -> None:
    """Make the standing of the posts of a topic what the topic says: verified before accepted."""
    verified = topic.verification.post_id if topic.verification is not None else None
    wanted = {topic.accepted_id: Post.Standing.ACCEPTED, verified: Post.Standing.VERIFIED}
    posts = Post.objects.filter(topic=topic)
    answers = [post_id for post_id in wanted if post_id is not None]
    before = posts.filter(standing__gt=Post.Standing.PLAIN)
    touched = [*before.values_list("pk", flat=True), *answers]
    before.exclude(pk__in=answers).update(standing=Post.Standing.PLAIN)
    for post_id in answers:
        standing = wanted[post_id]
        posts.filter(pk=post_id).exclude(standing=standing).update(standing=standing)
    for post in posts.filter(pk__in=touched).exclude(source=""):
        index_post(post, title=topic.title)


def review_edited(post: Post, *, by: User) -> None:
    """The Pembina vouched for other words than these: to be looked at again from today on."""
    found = Verification.objects.standing().filter(post=post).first()
    if found is None:
        return
    today = timezone.localdate()
    if found.review_from > today:
        found.review_from = today
        found.save(update_fields=["review_from"])
    _tell_review(found, by=by)


def add_regulation(*, name: str, title: str, in_force_from: dt.date, by: User) -> Regulation:
    """A regulation that answers may cite from now on."""
    _may_keep_regulations(by)
    made = Regulation(name=name, title=title, in_force_from=in_force_from)
    if Regulation.objects.filter(name__iexact=name).exists():
        raise ValidationError({"name": KNOWN})
    made.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # somebody else has added it since
        raise ValidationError({"name": KNOWN}) from None
    return made


def edit_regulation(
    regulation: Regulation, *, name: str, title: str, in_force_from: dt.date, by: User
) -> Regulation:
    """Correct what was typed wrong; what it said before stays in its history."""
    _may_keep_regulations(by)
    with transaction.atomic():
        current = Regulation.objects.select_for_update().get(pk=regulation.pk)
        if Regulation.objects.filter(name__iexact=name).exclude(pk=current.pk).exists():
            raise ValidationError({"name": KNOWN})
        current.name, current.title, current.in_force_from = name, title, in_force_from
        _check_order(current)
        current.full_clean(validate_unique=False)
        try:
            with transaction.atomic():
                current.save()
        except IntegrityError:  # somebody else has taken the name since
            raise ValidationError({"name": KNOWN}) from None
    return current


def reinstate_regulation(regulation: Regulation, *, by: User) -> int:
    """It was marked as replaced by mistake: it is in force, as if that had not been said.

    How many answers cite it; those to be looked at for no other reason leave the list.
    """
    _may_keep_regulations(by)
    with transaction.atomic():
        current = Regulation.objects.select_for_update().get(pk=regulation.pk)
        current.replaced_on = current.replaced_by = None
        current.save()
        return _look_again_at_citing(current, by=by)


def replace_regulation(
    regulation: Regulation, *, by_regulation: Regulation | None, on: dt.date, by: User
) -> int:
    """From that day on it is no longer in force; how many answers are looked at again for that.

    Said once more with another day it corrects the first.
    """
    _may_keep_regulations(by)
    with transaction.atomic():
        current = Regulation.objects.select_for_update().get(pk=regulation.pk)
        current.replaced_on = on
        current.replaced_by = by_regulation
        if by_regulation is not None and by_regulation.in_force_from <= current.in_force_from:
            raise ValidationError(
                {"by_regulation": "Peraturan pengganti mulai berlaku setelah yang digantikannya."}
            )
        current.full_clean(exclude=["name"])
        current.save()
        return _look_again_at_citing(current, by=by)


def tell_of_reviews(date: dt.date) -> int:
    """Tell the Pembina of what has run out by that day; each once. How many there are."""
    due = Verification.objects.to_review(date).select_related("post").order_by("pk")
    count = 0
    for verification in due.iterator(chunk_size=500):
        try:
            with transaction.atomic():
                _tell_review(verification)
        except Exception as error:  # noqa: BLE001  tomorrow again; the others are told today
            _note(verification, error)
        else:
            count += 1
    return count


def _note(verification: Verification, error: Exception) -> None:
    logger.error("review %d was not told: %s", verification.pk, type(error).__name__)


def _check_order(regulation: Regulation) -> None:
    """A regulation begins after those that it replaces, and before the one that replaces it."""
    begins, successor = regulation.in_force_from, regulation.replaced_by
    former = regulation.replaces.filter(in_force_from__gte=begins).order_by("name").first()
    if former is not None:
        raise ValidationError({"in_force_from": BEFORE_FORMER.format(name=former.name)})
    if successor is not None and successor.in_force_from <= begins:
        raise ValidationError({"in_force_from": AFTER_SUCCESSOR.format(name=successor.name)})


def _look_again_at_citing(regulation: Regulation, *, by: User) -> int:
    citing = Verification.objects.standing().filter(citations__regulation=regulation)
    keys = sorted(set(citing.values_list("pk", flat=True)))
    held = Verification.objects.select_for_update(of=("self",)).select_related("post")
    found = list(held.standing().filter(pk__in=keys).order_by("pk"))
    for verification in found:
        _look_again(verification, by=by)
    return len(found)


def _look_again(verification: Verification, *, by: User) -> None:
    """Recount from when on, after a regulation that it cites has changed."""
    days = [verification.valid_until + dt.timedelta(days=1)]
    days += _replaced_days(citation.regulation for citation in _citations(verification))
    if verification.post.version != verification.post_version:
        days.append(verification.review_from)  # the day of the edit, or earlier
    review_from = min(days)
    if review_from != verification.review_from:
        verification.review_from = review_from
        verification.save(update_fields=["review_from"])
    if review_from <= timezone.localdate():
        _tell_review(verification, by=by)


def _citations(verification: Verification) -> Iterable[Any]:
    return verification.citations.select_related("regulation")


def _replaced_days(regulations: Iterable[Regulation]) -> list[dt.date]:
    return [found.replaced_on for found in regulations if found.replaced_on is not None]


def _tell_review(verification: Verification, *, by: User | None = None) -> None:
    """Once for each day from which on it is to be looked at again."""
    post = verification.post
    notify(
        REVIEW_DUE,
        subject=subject_of(post),
        item=item_of(post, f"tinjau-{verification.pk}-{verification.review_from:%Y-%m-%d}"),
        by=by,
    )


def _held(post: Post) -> tuple[Any, Post]:
    """The topic in which the post stands, held, with its verification and the post as they are now.

    What is joined to a row that had to be waited for is older than the row: read it again.
    """
    topic = held_topic_of(post.pk)
    topic.verification = Verification.objects.filter(pk=topic.verification_id).first()
    current = Post.objects.get(pk=post.pk)
    current.topic = topic
    return topic, current


def _held_regulations(basis: Basis) -> list[dt.date]:
    """The days on which the cited ones end; nobody can replace one before this is written."""
    if not 1 <= len(basis.citations) <= MOST_CITATIONS:
        raise ValidationError(NO_BASIS.format(most=MOST_CITATIONS), code="citations")
    today = timezone.localdate()
    if basis.valid_until < today:
        raise ValidationError({"valid_until": NO_DAY})
    keys = {regulation.pk for regulation, _article in basis.citations}
    held = Regulation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    days = []
    for regulation in held:
        if regulation.replaced_on is None:
            continue
        if regulation.replaced_on <= today:
            raise ValidationError(OUT_OF_FORCE.format(name=regulation.name), code="replaced")
        days.append(regulation.replaced_on)
    return days


def _is_same(former: Verification, post: Post, basis: Basis, by: User) -> bool:
    """Whether this is the second click of one form."""
    cited = {(citation.regulation_id, citation.article) for citation in former.citations.all()}
    asked = {(regulation.pk, article) for regulation, article in basis.citations}
    return (
        former.post_id == post.pk
        and former.post_version == post.version
        and former.verified_by_id == by.pk
        and former.valid_until == basis.valid_until
        and former.note == basis.note
        and cited == asked
    )


def _end(verification: Verification, reason: str) -> None:
    verification.ended_at = timezone.now()
    verification.end_reason = reason[:300]
    verification.save(update_fields=["ended_at", "end_reason"])


def _may_keep_regulations(user: User) -> None:
    if not rules.can_verify_answers(user):
        raise PermissionDenied
