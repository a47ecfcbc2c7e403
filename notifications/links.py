"""Links in mails: to the inbox, and to end mails without a login (RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User

SALT: Final = "notifications.unsubscribe"
LONGEST_TOKEN: Final = 200


@dataclass(frozen=True)
class Ended:
    """Whose mails, and which: the name of a kind, or the span of a digest."""

    user_id: int
    what: str


def inbox_link() -> str:
    return f"{settings.SITE_URL}{reverse('notifications:inbox')}"


def unsubscribe_link(user: User, what: str) -> str:
    """Good for as long as the account exists: mails are kept for years."""
    token = signing.dumps([user.pk, what], salt=SALT)
    return f"{settings.SITE_URL}{reverse('notifications:unsubscribe', args=[token])}"


def read_token(token: str) -> Ended | None:
    """None for what this portal has not written."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        found: Any = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Ended(found[0], found[1])
