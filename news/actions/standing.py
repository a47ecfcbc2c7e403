"""What becomes of an article that is live: settings, pinned, withdrawn, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from news import rules
from news.actions.articles import SETTINGS, held_article
from news.models import Article, PreviewLink

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User

NOT_LIVE: Final = "Artikel ini belum pernah terbit."
GONE_ALREADY: Final = "Artikel ini sudah ditarik."
NOT_GONE: Final = "Artikel ini tidak sedang ditarik."
NO_REASON: Final = "Tulis alasannya."
CHANGED: Final = "Pengaturan ini baru saja diubah; periksa nilai yang sekarang, lalu simpan lagi."
NOT_ALONE: Final = "Yang menulis versi terbit tidak dapat membukanya sendiri untuk siapa saja; mintalah editor lain."


@transaction.atomic
def withdraw_article(article: Article, *, reason: str, by: User) -> Article:
    """It is at no address any more, at once, and its preview links end."""
    held = held_article(article, by=by)
    _require(held.live is not None, NOT_LIVE)
    _require(held.withdrawn_at is None, GONE_ALREADY)
    _require(bool(reason.strip()), NO_REASON)
    held.withdrawn_at, held.withdraw_reason = timezone.now(), reason.strip()
    held.pinned_at = None
    held.save(update_fields=["withdrawn_at", "withdraw_reason", "pinned_at"])
    PreviewLink.objects.filter(article=held).delete()
    return held


@transaction.atomic
def republish_article(article: Article, *, by: User) -> Article:
    """Back at its address, as it was."""
    held = held_article(article, by=by)
    _require(held.withdrawn_at is not None, NOT_GONE)
    held.withdrawn_at, held.withdraw_reason = None, ""
    held.save(update_fields=["withdrawn_at", "withdraw_reason"])
    return held


@transaction.atomic
def pin_article(article: Article, *, by: User) -> Article:
    held = held_article(article, by=by)
    _require(held.live is not None and held.withdrawn_at is None, NOT_LIVE)
    held.pinned_at = held.pinned_at or timezone.now()
    held.save(update_fields=["pinned_at"])
    return held


@transaction.atomic
def unpin_article(article: Article, *, by: User) -> Article:
    held = held_article(article, by=by)
    held.pinned_at = None
    held.save(update_fields=["pinned_at"])
    return held


@transaction.atomic
def change_settings(article: Article, *, values: Mapping[str, Any], seen: str, by: User) -> Article:
    """For whom and when, of a live article; at once. `seen` is the `settings_mark` of the form.

    Before it is live they are saved with its text, so that a reviewer approves both.
    """
    held = held_article(article, by=by)
    _require(held.live is not None, NOT_LIVE)
    if settings_mark(held) != seen:
        raise ValidationError(CHANGED, code="stale")
    widens = held.audience != values["audience"] == Article.Audience.PUBLIC
    if widens and held.live is not None and not rules.can_widen(by, held.live):
        raise ValidationError(NOT_ALONE, code="own")
    for name in SETTINGS:
        setattr(held, name, values[name])
    if held.live is not None and held.publish_from is None:
        held.publish_from = timezone.now()
    held.save(update_fields=list(SETTINGS))
    held.categories.set(values["categories"])
    return held


def settings_mark(article: Article) -> str:
    """The settings in one line: another line means that somebody changed them meanwhile."""
    subjects = sorted(article.categories.values_list("pk", flat=True))
    moments = (article.publish_from, article.publish_until, article.comments_until)
    parts = [moment.isoformat() if moment else "" for moment in moments]
    parts += [article.kind, article.audience, str(article.comments_open)]
    return "|".join([*parts, ",".join(map(str, subjects))])


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValidationError(sentence, code="state")
