"""As what somebody writes: name, jenjang, unit and role, copied at that moment."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import RoleGrant
from registry.models import Officer

if TYPE_CHECKING:
    from accounts.models import User

SHOWN_ROLES = (RoleGrant.Role.PEMBINA, RoleGrant.Role.MODERATOR, RoleGrant.Role.ADMIN_DITJEN)
"""The roles that stand beside a name, the weightiest first."""


@dataclass(frozen=True)
class Byline:
    """The columns of what is written under a name: posts of the forum, comments on the news."""

    author_name: str
    author_number: int | None = None
    author_jenjang: str = ""
    author_unit: str = ""
    author_role: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return asdict(self)


def byline_of(user: User) -> Byline:
    """What the register says of an officer today; of others the name and role of the account."""
    role = next((role.value for role in SHOWN_ROLES if role in user.rights.roles), "")
    today = timezone.localdate()
    officer = Officer.objects.of_account(user).joined_on(today).for_byline().first()
    if officer is None:
        return Byline(user.name, author_role=role)
    unit = officer.current_posting.unit.short_name if officer.current_posting else ""
    return Byline(
        officer.full_name,
        author_number=officer.number,
        author_jenjang=officer.current_jenjang.jenjang if officer.current_jenjang else "",
        author_unit=unit,
        author_role=role,
    )
