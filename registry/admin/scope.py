"""Which part of the register somebody maintains in the admin: the rules, for its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest

from epk.lib.admin_access import OneRule
from registry.models import Officer
from registry.rules import can_maintain_register, can_maintain_whole_register

if TYPE_CHECKING:
    from accounts.models import User

OFFICER_ELSEWHERE = "petugas di luar wilayah Anda"
UNIT_ELSEWHERE = "unit di luar wilayah Anda"


class Maintainers(OneRule):
    """The tables of officers and units, each maintainer's part of them."""

    def may(self, request: HttpRequest) -> bool:
        return can_maintain_register(request.user)


class NationOnly(OneRule):
    """The tables that belong to no province: regions and fields of expertise."""

    def may(self, request: HttpRequest) -> bool:
        return is_whole(request)


def person(request: HttpRequest) -> User:
    """Whoever passed the check of permission is logged in."""
    return cast("User", request.user)


def is_whole(request: HttpRequest) -> bool:
    """Whether this person maintains the whole register, and nothing has to be narrowed."""
    return can_maintain_whole_register(request.user)


def about_officers_in_scope(request: HttpRequest, rows: Any) -> Any:
    """Of rows with a column `officer` those about officers whom this person maintains."""
    if is_whole(request):
        return rows
    return rows.filter(officer__in=Officer.objects.in_scope_of(request.user).values("pk"))
