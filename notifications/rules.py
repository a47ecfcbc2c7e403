"""Who may look into the outbox and the queue of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import rules as account_rules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def can_watch_mail(user: User | AnonymousUser) -> bool:
    """Nationwide staff and the technical administrator; nobody is shown a whole address."""
    return account_rules.administers_nation(user)
