"""Who may do what on the news board. Which rows exist for whom is `visible_to`'s to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import rules as account_rules
from accounts.models import RoleGrant

if TYPE_CHECKING:
    from news.models import Version
    from news.queries.readers import Viewer

Role = RoleGrant.Role


def can_edit(user: Viewer) -> bool:
    """Redaksi, and the technical administrator: they write, review, schedule and withdraw."""
    return account_rules.is_superuser(user) or account_rules.has_role(user, Role.REDAKSI)


def can_review(user: Viewer, version: Version) -> bool:
    """An editor other than the one who saved it last: two people have seen what goes out."""
    return (
        can_edit(user)
        and user.is_authenticated
        and version.state == version.State.REVIEW
        and version.saved_by_id != user.pk
    )


def can_widen(user: Viewer, live: Version) -> bool:
    """Open to everyone what was for officers: an editor other than the one who wrote it."""
    return can_edit(user) and user.is_authenticated and live.saved_by_id != user.pk
