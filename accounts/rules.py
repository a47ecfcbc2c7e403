"""What a person is, from the role grants in force today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import RoleGrant
from accounts.queries import Rights

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

Role = RoleGrant.Role
NOBODY = Rights()


def has_role(user: User | AnonymousUser, role: str) -> bool:
    return role in _rights(user).roles


def is_officer(user: User | AnonymousUser) -> bool:
    """A logged-in Pengantar Kerja, who sees what colleagues may see of each other."""
    return has_role(user, Role.PENGANTAR_KERJA)


def is_superuser(user: User | AnonymousUser) -> bool:
    """The technical administrator, with the second factor that this asks for."""
    return _rights(user).superuser


def opens_admin(user: User | AnonymousUser) -> bool:
    """Whether the pages below /admin/ exist for this person at all."""
    return _rights(user).opens_admin


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Holds a role that is void until a second factor is set up."""
    return _rights(user).lacks_second_factor


def administers_nation(user: User | AnonymousUser) -> bool:
    """Ditjen staff, and the technical administrator, maintain the whole register."""
    return is_superuser(user) or has_role(user, Role.ADMIN_DITJEN)


def provinces_administered(user: User | AnonymousUser) -> frozenset[str]:
    """The codes of the provinces someone looks after as Admin Provinsi."""
    return _rights(user).provinces


def administers_province(user: User | AnonymousUser, province_code: str) -> bool:
    """Nationwide staff, or the Dinas Provinsi of just that province."""
    if administers_nation(user):
        return True
    return bool(province_code) and province_code in provinces_administered(user)


def _rights(user: User | AnonymousUser) -> Rights:
    return user.rights if user.is_authenticated else NOBODY
