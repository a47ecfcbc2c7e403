"""How an officer gets an account: invited by an admin, or asking with the NIP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import RoleGrant, User
from epk.lib.jobs import enqueue
from registry.actions import change
from registry.models import Officer, StatusRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTITLED: Final = frozenset({*StatusRecord.IN_SERVICE, StatusRecord.Status.PENSIUN})
NO_ADDRESS: Final = "E-mail dinas belum diisi."
TAKEN: Final = "Alamat e-mail atau NIP ini dipakai akun orang lain; periksa datanya."
MERGED: Final = "Catatan ini sudah digabung ke petugas lain."
NOT_ENTITLED: Final = "Statusnya hari ini tidak memberi hak atas akun."


def ask(nip: str) -> None:
    """Leave the looking up to the worker: the answer takes as long for a NIP that is none."""
    enqueue("registry.jobs.send_activation", nip=nip)


def answer_request(officer: Officer) -> None:
    """Send the link to the office address on record, or, where the account is active, say so."""
    try:
        user = account_for(officer, by=None, reason="Aktivasi akun diminta dengan NIP")
    except ValidationError:
        return
    if user.activated_at is None:
        accounts.invite(user, by=None, reason="Aktivasi akun diminta dengan NIP")
    else:
        accounts.tell_already_active(user)


def invite(officers: Iterable[Officer], *, by: User) -> tuple[list[Officer], dict[Officer, str]]:
    """Invite each officer that can be invited; the others come back with what is in the way."""
    invited, refused = [], {}
    for officer in officers:
        try:
            with change(by=by, reason="Undangan mengaktifkan akun"):
                user = account_for(officer, by=by, reason="Undangan mengaktifkan akun")
                accounts.invite(user, by=by)
            invited.append(officer)
        except ValidationError as error:
            refused[officer] = " ".join(error.messages)
    return invited, refused


def follow_office_email(officer: Officer, *, by: User) -> None:
    """The account that waits for its activation follows the office address; old links die."""
    if officer.user is not None:
        accounts.follow_office_email(officer.user, officer.office_email, by=by)


def account_for(officer: Officer, *, by: User | None, reason: str) -> User:
    """The account of an officer, made or found, with the role that goes with it.

    Raises:
        ValidationError: no address on record, no entitling status, or a name that is taken.
    """
    today = timezone.localdate()
    if officer.merged_into_id is not None:
        raise ValidationError(MERGED, code="merged")
    if not officer.statuses.filter(period__contains=today, status__in=ENTITLED).exists():
        raise ValidationError(NOT_ENTITLED, code="not_entitled")
    if not officer.office_email:
        raise ValidationError(NO_ADDRESS, code="no_address")
    with change(by=by, reason=reason):
        user = officer.user or _found(officer) or _made(officer, by=by, reason=reason)
        if officer.user_id is None:
            officer.user = user
            officer.save(update_fields=["user"])
        accounts.follow_office_email(user, officer.office_email, by=by)
        if not user.grants.active(today).filter(role=RoleGrant.Role.PENGANTAR_KERJA).exists():
            RoleGrant.objects.create(
                user=user,
                role=RoleGrant.Role.PENGANTAR_KERJA,
                valid_from=today,
                given_by=by,
                reason=reason,
            )
        return user


def _found(officer: Officer) -> User | None:
    """A member of staff who is an officer as well: known by the same NIP."""
    user = User.objects.filter(nip=officer.nip).first() if officer.nip else None
    if user is not None and Officer.objects.of_account(user).exists():
        raise ValidationError(TAKEN, code="taken")
    return user


def _made(officer: Officer, *, by: User | None, reason: str) -> User:
    if User.objects.filter(email=officer.office_email.lower()).exists():
        raise ValidationError(TAKEN, code="taken")
    return accounts.create_account(
        email=officer.office_email, name=officer.name, nip=officer.nip, by=by, reason=reason
    )
