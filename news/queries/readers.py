"""Who reads what is not for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Viewer: TypeAlias = User | AnonymousUser


def reads_internal(user: Viewer) -> bool:
    """Officers and all who work for the portal: whoever holds a role today."""
    return user.is_authenticated and (user.rights.superuser or bool(user.rights.roles))
