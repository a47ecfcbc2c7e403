"""What the masthead needs: how much in the inbox is unread, asked only by pages that show it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest

from notifications.models import Notification
from notifications.queries import MOST_COUNTED

MANY: Final = f"{MOST_COUNTED - 1}+"


def inbox(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """`inbox_unread`: a number as text, `99+`, or nothing; one query at most for a page."""

    @functools.cache
    def unread() -> str:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return ""
        count = Notification.objects.of(user.pk).unread().count_capped()
        return MANY if count >= MOST_COUNTED else str(count or "")

    return {"inbox_unread": unread}
