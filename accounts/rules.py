"""What a person is, from the role grants in force today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import RoleGrant

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

Role = RoleGrant.Role


def has_role(user: User | AnonymousUser, role: str) -> bool:
    return any(grant.role == role for grant in _grants(user))


def is_officer(user: User | AnonymousUser) -> bool:
    """A logged-in Pengantar Kerja, who sees what colleagues may see of each other."""
    return has_role(user, Role.PENGANTAR_KERJA)


def administers_nation(user: User | AnonymousUser) -> bool:
    """Ditjen staff, and the technical administrator, maintain the whole register."""
    if not user.is_active:
        return False
    return user.is_superuser or has_role(user, Role.ADMIN_DITJEN)


def administers_province(user: User | AnonymousUser, province_code: str) -> bool:
    """Nationwide staff, or the Dinas Provinsi of just that province."""
    if administers_nation(user):
        return True
    return bool(province_code) and any(
        grant.role == Role.ADMIN_PROVINSI and grant.province_code == province_code
        for grant in _grants(user)
    )


def _grants(user: User | AnonymousUser) -> list[RoleGrant]:
    if not user.is_authenticated or not user.is_active:
        return []
    return user.active_grants
