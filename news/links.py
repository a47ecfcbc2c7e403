"""The links in mails of the news board: signed, with an end."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

COMMENT: Final = "news.links.comment"
STAMP: Final = "news.links.stamp"
DAYS: Final = 3
SECONDS: Final = DAYS * 86_400


def confirm_link(comment_id: int) -> str:
    """By which who wrote a comment says that it is theirs."""
    path = reverse("news:comment_confirm", args=[signing.dumps(comment_id, salt=COMMENT)])
    return f"{settings.SITE_URL}{path}"


def comment_of_token(token: str) -> int | None:
    """The key of the comment; None for a forged link, and for one that has run out."""
    try:
        found = signing.loads(token, salt=COMMENT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def new_stamp() -> str:
    """When a form was handed out, so that nobody can say otherwise."""
    return signing.TimestampSigner(salt=STAMP).sign("")


def is_stamp(stamp: str, *, max_age: int) -> bool:
    """Whether it is one of ours, handed out within the last so many seconds."""
    try:
        signing.TimestampSigner(salt=STAMP).unsign(stamp, max_age=max_age)
    except signing.BadSignature:
        return False
    return True
