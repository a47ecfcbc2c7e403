"""Starting topics, replying, editing, deleting."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, Count, F, Q, When
from django.utils import timezone

from epk.lib import dates, indonesian, markdown, zones
from forum import rules
from forum.actions import assignments
from forum.actions.answers import restand, review_edited
from forum.actions.indexing import index_post, words_of
from forum.actions.telling import tell_of_edit, tell_of_post
from forum.actions.turns import held_to_write, held_topic_of, one_at_a_time
from forum.models import (
    Attachment,
    Category,
    Draft,
    Post,
    PostRevision,
    ReadMark,
    Stance,
    Suspension,
    Topic,
    TopicFollow,
)
from forum.rendering import rendered
from registry.bylines import Byline, byline_of

if TYPE_CHECKING:
    from accounts.models import User

MOST_A_MINUTE: Final = 6
MOST_AN_HOUR: Final = 60
TOO_FAST = (
    "Anda menulis terlalu cepat. Tulisan Anda tersimpan sebagai draf; kirim lagi sebentar lagi."
)
MOST_EDITS_A_MINUTE: Final = 10
EDITING_TOO_FAST = "Anda menyimpan perubahan terlalu cepat. Isinya masih ada di formulir ini; kirim lagi sebentar lagi."
MOVED = "Tulisan ini berubah sejak Anda membukanya. Belum ada yang disimpan; bandingkan, lalu kirim lagi."
NOT_ANY_MORE = "Tulisan ini tidak lagi dapat diubah."


@dataclass(frozen=True)
class Words:
    """What somebody sends: the text, and the key of the form by which a second click is known."""

    source: str
    key: uuid.UUID


def start_topic(category: Category, *, kind: str, title: str, words: Words, by: User) -> Topic:
    """A new topic with its first post. The same key twice makes one."""
    with transaction.atomic():
        one_at_a_time(by)
        if sent := sent_already(words, by):
            return sent.topic
        if not rules.can_start_topic(by, category):
            raise PermissionDenied
        may_write(by)
        byline = byline_of(by)
        topic = Topic.objects.create(
            kind=kind, category=category, title=title, author=by, author_name=byline.author_name
        )
        tell_of_post(add_post(topic, words, by=by, byline=byline), by=by)
    return topic


def reply(topic: Topic, words: Words, *, by: User) -> Post:
    """The next post of a topic. The same key twice makes one.

    A ValidationError with a sentence where the topic was closed meanwhile or the person writes too
    fast; PermissionDenied where they never might have.
    """
    with transaction.atomic():
        one_at_a_time(by)
        if sent := sent_already(words, by):
            return sent
        locked = held_to_write(topic.pk)
        if locked.merged_into_id:
            target = Topic.objects.visible_to(by).filter(pk=locked.merged_into_id).first()
            if target is None:
                raise PermissionDenied
            return reply(target, words, by=by)
        if sentence := rules.why_no_reply(by, locked):
            raise ValidationError(sentence, code="closed")
        may_write(by)
        post = add_post(locked, words, by=by, byline=byline_of(by))
        if not (locked.is_private and assignments.note_answer(locked, by=by)):
            tell_of_post(post, by=by)
    return post


def add_post(
    topic: Topic,
    words: Words,
    *,
    by: User | None,
    byline: Byline,
    at: dt.datetime | None = None,
) -> Post:
    """Append a post under the next number, in the caller's transaction; asks no rule.

    The number comes from an UPDATE of the topic's row, which orders those who write at once.
    """
    moment = at or timezone.now()
    Topic.objects.filter(pk=topic.pk).update(
        last_number=F("last_number") + 1,
        last_posted_at=moment,
        last_author_name=byline.author_name,
        reply_count=F("reply_count") + Case(When(last_number__gt=0, then=1), default=0),
    )
    topic.last_number = Topic.objects.values_list("last_number", flat=True).get(pk=topic.pk)
    text = rendered(words.source)
    post = Post.objects.create(
        topic=topic,
        number=topic.last_number,
        author=by,
        source=words.source,
        html=text.html,
        renderer=markdown.VERSION,
        search=words_of(topic.last_number, words.source, title=topic.title),
        indexer=indonesian.VERSION,
        sent_key=words.key,
        created_at=moment,
        **byline.columns,
    )
    if by is not None:
        _take_attachments(post, words.key, by)
        mark_read(topic, post.number, by=by)
        follow_by_writing(topic, by=by)
    return post


def take_numbers(topic: Topic, count: int) -> int:
    """Reserve the next `count` numbers of a topic and return the last of them."""
    Topic.objects.filter(pk=topic.pk).update(last_number=F("last_number") + count)
    return Topic.objects.values_list("last_number", flat=True).get(pk=topic.pk)


def edit_post(post: Post, *, source: str, title: str = "", seen_version: int, by: User) -> Post:
    """Replace the text of a post, and of a first post the title; what it said before is kept.

    Sending what stands there already changes nothing.
    """
    with transaction.atomic():
        held_topic_of(post.pk)
        current = Post.objects.select_related("topic__category").get(pk=post.pk)
        if not rules.can_edit_post(by, current):
            raise ValidationError(NOT_ANY_MORE, code="closed")
        topic = current.topic
        new_title = title if current.number == 1 and title else topic.title
        if source == current.source and new_title == topic.title:
            return current
        not_suspended(by)
        if current.version != seen_version:
            raise ValidationError(MOVED, code="conflict")
        may_edit(by)
        PostRevision.objects.create(
            post=current,
            version=current.version,
            title=topic.title if current.number == 1 else "",
            source=current.source,
            written_at=current.edited_at or current.created_at,
            written_by=current.author,
        )
        current.source = source
        current.html = rendered(source).html
        current.renderer = markdown.VERSION
        current.version += 1
        current.edited_at = timezone.now()
        current.save(update_fields=["source", "html", "renderer", "version", "edited_at"])
        if new_title != topic.title:
            topic.title = new_title
            topic.save(update_fields=["title"])
            restand(topic)  # its answers are found by the new title
        index_post(current, title=new_title)
        tell_of_edit(current, by=by)
        review_edited(current, by=by)
        Draft.objects.of(by).filter(place=f"sunting-{post.pk}").delete()
    return current


def delete_post(post: Post, *, by: User) -> None:
    """Take back one's own post: a tombstone stays under its number, the text and files go.

    The only post of a topic takes the topic along.
    """
    with transaction.atomic():
        held_topic_of(post.pk)
        current = Post.objects.select_related("topic__category").get(pk=post.pk)
        if current.state == Post.State.DELETED and rules.is_author(by, current):
            return
        if not rules.can_delete_post(by, current):
            raise ValidationError(NOT_ANY_MORE, code="closed")
        remove_text(current)
        if current.number == 1:
            Topic.objects.filter(pk=current.topic_id).update(hidden_at=timezone.now())
            if current.topic.is_private:
                assignments.note_withdrawal(current.topic_id)
        else:
            Topic.objects.filter(pk=current.topic_id).update(reply_count=F("reply_count") - 1)
            if current.topic.is_private:
                assignments.note_answer_gone(current.topic_id, by=by)


def remove_text(post: Post) -> None:
    """Make a tombstone of a post, its older versions and files included."""
    forget_files(post)
    post.revisions.all().delete()
    post.state = Post.State.DELETED
    post.source = post.html = ""
    post.search = None
    post.attachment_count = 0
    post.edited_at = timezone.now()
    post.save(update_fields=["state", "source", "html", "search", "attachment_count", "edited_at"])


def forget_files(post: Post) -> None:
    for attachment in post.attachments.all():
        transaction.on_commit(partial(attachment.file.storage.delete, str(attachment.file.name)))
        attachment.delete()


def mark_read(topic: Topic, number: int, *, by: User) -> None:
    """Move the watermark of a reader forward, never back: one statement."""
    ReadMark.objects.advance(by, topic.pk, number)


def follow_by_writing(topic: Topic, *, by: User) -> None:
    """Who writes follows, unless they have said otherwise."""
    TopicFollow.objects.bulk_create(
        [TopicFollow(user=by, topic=topic, stance=Stance.FOLLOWED)], ignore_conflicts=True
    )


def suspended_until(user: User) -> dt.datetime | None:
    """Until when somebody may not write; None where they may."""
    found = Suspension.objects.in_force(timezone.now()).filter(person=user)
    return found.order_by("-ends_at").values_list("ends_at", flat=True).first()


def may_edit(user: User) -> None:
    """The pace of edits: each tells those who follow, and keeps what stood there."""
    since = timezone.now() - dt.timedelta(minutes=1)
    kept = PostRevision.objects.filter(written_by=user, version__gt=1, written_at__gt=since)
    newest = Post.objects.filter(author=user, edited_at__gt=since)
    if kept.count() + newest.count() >= MOST_EDITS_A_MINUTE:
        raise ValidationError(EDITING_TOO_FAST, code="too_fast")


def not_suspended(user: User) -> None:
    until = suspended_until(user)
    if until is not None:
        day = dates.format_datetime(until, zones.viewers_zone())
        raise ValidationError(rules.suspended_sentence(day), code="suspended")


def may_write(user: User) -> None:
    not_suspended(user)
    now = timezone.now()
    recent = Post.objects.filter(author=user, created_at__gt=now - dt.timedelta(hours=1))
    written = recent.aggregate(
        hour=Count("pk"), minute=Count("pk", filter=Q(created_at__gt=now - dt.timedelta(minutes=1)))
    )
    if written["minute"] >= MOST_A_MINUTE or written["hour"] >= MOST_AN_HOUR:
        raise ValidationError(TOO_FAST, code="too_fast")


def sent_already(words: Words, user: User) -> Post | None:
    """The post that was made of this form already; what the second click kept is forgotten."""
    found = Post.objects.select_related("topic").filter(sent_key=words.key, author=user).first()
    if found is not None:
        Draft.objects.of(user).filter(key=words.key).delete()
    return found


def _take_attachments(post: Post, key: uuid.UUID, user: User) -> None:
    """What hung on the draft of this key hangs on the post now; the draft is gone."""
    drafts = Draft.objects.of(user).filter(key=key)
    count = Attachment.objects.filter(draft__in=drafts).update(post=post, draft=None)
    if count:
        post.attachment_count = count
        post.save(update_fields=["attachment_count"])
    drafts.delete()
