"""Readers of a circular say that they have read it, once, about the version before their eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from news import rules
from news.models import Circular, Reader

if TYPE_CHECKING:
    from accounts.models import User

REPLACED: Final = "Edaran ini baru saja diganti dengan versi baru. Bacalah versi di bawah ini, lalu nyatakan lagi."
NOT_ASKED: Final = "Edaran ini tidak ditujukan kepada Anda."


@transaction.atomic
def acknowledge(circular: Circular, *, version_id: int, by: User) -> Reader:
    """Note that `by` has read the version that their page showed; a second time changes nothing.

    One conditional UPDATE: it holds only while that version is live, so nobody acknowledges what was
    replaced meanwhile. Raises ValidationError (code `replaced`) then.
    """
    live = Circular.objects.published().filter(pk=circular.pk, live=version_id).order_by()
    own = Reader.objects.filter(user=by)
    now = timezone.now()
    own.waiting().filter(version__in=live.values("asking")).update(
        acknowledged_at=now, acknowledged=version_id
    )
    current = Circular.objects.published().filter(pk=circular.pk).order_by()
    reader = own.filter(version__in=current.values("asking")).first()
    if reader is None or not rules.can_acknowledge(by, reader):
        raise ValidationError(NOT_ASKED, code="not_asked")
    if reader.acknowledged_at is None:
        raise ValidationError(REPLACED, code="replaced")
    return reader
