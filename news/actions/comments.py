"""Writing comments: at once by who has a role, by others after a mail; editing, deleting, reporting."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from epk.lib import mail
from epk.lib.digests import keyed_digest
from epk.lib.notices import notify
from news import links, rules
from news.models import Article, Comment, CommentReport
from news.notices.comments import QUEUE, REPLY, WAITING, item_of, subject_of
from registry.bylines import byline_of

if TYPE_CHECKING:
    from accounts.models import User

CLOSED: Final = "Komentar untuk artikel ini sudah ditutup."
NO_PARENT: Final = "Komentar yang Anda balas tidak tampil lagi."
TOO_LATE: Final = "Komentar ini tidak dapat disunting lagi; 15 menitnya sudah lewat."
REPORTED: Final = "Komentar ini sudah Anda laporkan; editor akan melihatnya."
State = Comment.State


@transaction.atomic
def add_comment(
    article: Article, *, text: str, by: User, sent_key: uuid.UUID, parent: int | None = None
) -> Comment:
    """Shown at once, under the name of today. The same form sent twice makes one comment."""
    if not rules.can_comment_at_once(by):
        raise PermissionDenied
    current = held_article(article)
    sent = Comment.objects.filter(sent_key=sent_key, author=by, article=current).first()
    if sent is not None and sent.text == text:
        return sent
    require_open(current)
    made = Comment.objects.create(
        article=current,
        parent=_parent(current, parent),
        text=text,
        state=State.SHOWN,
        author=by,
        sent_key=_free_key(sent_key),
        shown_at=timezone.now(),
        **byline_of(by).columns,
        **place_in(current, parent),
    )
    settle(current, made)
    tell_of_reply(made, by=by)
    return made


@transaction.atomic
def ask_to_confirm(
    article: Article,
    *,
    name: str,
    email: str,
    text: str,
    sent_key: uuid.UUID,
    parent: int | None = None,
) -> Comment:
    """A comment of the public is kept, and a link is mailed. The mail repeats nothing of it.

    Neither article nor queue is locked: nobody sees anything of it yet.
    """
    current = Article.objects.published().filter(pk=article.pk).first()
    if current is None:
        raise ValidationError(CLOSED, code="closed")
    require_open(current)
    sent = Comment.objects.filter(sent_key=sent_key, article=current, from_public=True).first()
    if sent is not None and (sent.text, sent.email) == (text, email):
        return sent
    try:
        with transaction.atomic():
            made = Comment.objects.create(
                article=current,
                parent=_parent(current, parent),
                text=text,
                state=State.UNCONFIRMED,
                from_public=True,
                author_name=name,
                email=email,
                sent_key=_free_key(sent_key),
            )
    except IntegrityError:  # the same form, a moment ago
        return Comment.objects.get(sent_key=sent_key)
    context = {
        "title": current.title,
        "link": links.confirm_link(made.pk),
        "days": links.DAYS,
    }
    mail.send("news/mail/comment_confirm.txt", context, to=email)
    return made


@transaction.atomic
def confirm_comment(comment: Comment) -> bool:
    """Its writer has the mailbox: it waits for an editor. False where it did so before."""
    current = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if current.state != State.UNCONFIRMED:
        return False
    current.state = State.WAITING
    current.confirmed_at = timezone.now()
    current.save(update_fields=["state", "confirmed_at"])
    notify(WAITING, subject=QUEUE, item=item_of(current))
    return True


@transaction.atomic
def edit_comment(comment: Comment, *, text: str, by: User) -> Comment:
    current = held(comment)
    if not rules.is_commenter(by, current):
        raise PermissionDenied
    if not rules.can_edit_comment(by, current, timezone.now()):
        raise ValidationError(TOO_LATE, code="late")
    if current.text != text:
        current.text = text
        current.edited_at = timezone.now()
        current.save(update_fields=["text", "edited_at"])
    return current


@transaction.atomic
def delete_comment(comment: Comment, *, by: User) -> None:
    """The text is gone at once; a tombstone stays above replies. Twice is as once."""
    current = held(comment)
    if not rules.is_commenter(by, current):
        raise PermissionDenied
    if current.state == State.DELETED:
        return
    if not rules.can_delete_comment(by, current):
        raise PermissionDenied
    current.state = State.DELETED
    current.text = ""
    current.save(update_fields=["state", "text"])
    close_reports(current)
    settle(current.article, current)


@transaction.atomic
def report_comment(
    comment: Comment, *, reason: str, details: str = "", by: User | None, address: str
) -> CommentReport:
    """Tell the editors of a comment, once as long as that report is open."""
    current = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if not current.is_shown or (by is not None and not rules.can_report_comment(by, current)):
        raise ValidationError(NO_PARENT.replace("Anda balas", "Anda laporkan"), code="gone")
    who: dict[str, Any] = {"reporter": by} if by else {"address_key": _address_key(address)}
    if CommentReport.objects.open().filter(comment=current, **who).exists():
        raise ValidationError(REPORTED, code="twice")
    made = CommentReport.objects.create(comment=current, reason=reason, details=details, **who)
    notify(WAITING, subject=QUEUE, item=f"laporan-{current.pk}-{made.pk}", by=by)
    return made


def held_article(article: Article) -> Article:
    """The article as it is now, held until the end of the transaction; before any comment of it."""
    found = Article.objects.published().select_for_update(of=("self",)).filter(pk=article.pk)
    current = found.first()
    if current is None:
        raise ValidationError(CLOSED, code="closed")
    return current


def held(comment: Comment) -> Comment:
    """The comment as it is now, held after its article."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=comment.article_id)
    current = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    current.article = article
    return current


def require_open(article: Article) -> None:
    if not rules.takes_comments(article, timezone.now()):
        raise ValidationError(CLOSED, code="closed")


def place_in(article: Article, parent: int | None) -> dict[str, int]:
    """The next number, and that of the thread it stands in; under the lock of the article."""
    last = Comment.objects.filter(article=article).aggregate(last=Max("number"))["last"] or 0
    if parent is None:
        return {"number": last + 1, "thread": last + 1}
    thread = Comment.objects.filter(pk=parent).values_list("thread", flat=True).get()
    return {"number": last + 1, "thread": thread or 0}


def settle(article: Article, comment: Comment) -> None:
    """Make the counts of an article, and of the comment that was replied to, what is shown."""
    shown = Comment.objects.filter(state=State.SHOWN)
    Article.objects.filter(pk=article.pk).update(
        comment_count=shown.filter(article=article).count()
    )
    if comment.parent_id:
        replies = shown.filter(parent=comment.parent_id).count()
        Comment.objects.filter(pk=comment.parent_id).update(reply_count=replies)


def close_reports(comment: Comment) -> int:
    """Its reports are handled; who sent them without an account is known no longer."""
    reports = CommentReport.objects.open().filter(comment=comment)
    return reports.update(handled_at=timezone.now(), address_key="")


def tell_of_reply(comment: Comment, *, by: User | None) -> None:
    if comment.parent_id:
        notify(REPLY, subject=subject_of(comment), item=item_of(comment), by=by)


def _parent(article: Article, parent: int | None) -> Comment | None:
    """A shown comment on this article that is no reply itself."""
    if parent is None:
        return None
    shown = Comment.objects.filter(article=article, parent=None, state=State.SHOWN)
    found = shown.filter(pk=parent).first()
    if found is None:
        raise ValidationError(NO_PARENT, code="parent")
    return found


def _free_key(sent_key: uuid.UUID) -> uuid.UUID:
    """The key of the form, or a new one where it was sent before with another text."""
    return uuid.uuid4() if Comment.objects.filter(sent_key=sent_key).exists() else sent_key


def _address_key(address: str) -> str:
    return keyed_digest("news.comment_report", address or "?").hex()
