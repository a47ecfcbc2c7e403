"""Links by which somebody without an account sees what is not published yet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from news import rules
from news.models import PreviewLink

if TYPE_CHECKING:
    from accounts.models import User
    from news.models import Article

DAYS: Final = (1, 3, 7)
MOST: Final = 5
TOO_MANY: Final = "Artikel ini sudah punya lima tautan pratinjau; cabut salah satunya dulu."


@transaction.atomic
def make_preview_link(article: Article, *, days: int, by: User) -> PreviewLink:
    if not rules.can_edit(by):
        raise PermissionDenied
    if days not in DAYS:
        raise ValidationError("Pilih 1, 3, atau 7 hari.", code="days")
    valid = PreviewLink.objects.valid().filter(article=article)
    if valid.count() >= MOST:
        raise ValidationError(TOO_MANY, code="many")
    ends = timezone.now() + dt.timedelta(days=days)
    return PreviewLink.objects.create(article=article, expires_at=ends, created_by=by)


@transaction.atomic
def revoke_preview_link(article: Article, *, link: int, by: User) -> None:
    """It opens nothing from now on; one that is gone already is no fault."""
    if not rules.can_edit(by):
        raise PermissionDenied
    PreviewLink.objects.filter(article=article, pk=link).delete()
