"""Taking the person out of an account: what is deleted, what is overwritten, history included."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.scrub import scrubbed

LAST_SUPERUSER = (
    "Akun petugas ini superuser aktif terakhir; angkat superuser lain dahulu. "
    "Tidak ada yang diubah."
)
DELETED = (
    "account.EmailAddress",
    "accounts.EmailChange",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "usersessions.UserSession",
)
"""Tables of which the rows of a person go: how they came in, and from where."""
KEPT_COLUMNS = ("name", "email", "nip")


def values_of(user: User) -> set[str]:
    """Name, e-mail and NIP that the account has or had."""
    event: Any = User.pgh_event_model  # type: ignore[attr-defined]
    former = event.objects.filter(pgh_obj=user.pk).values_list(*KEPT_COLUMNS)
    found = {value for row in former for value in row if value}
    return found | {value for name in KEPT_COLUMNS if (value := getattr(user, name))}


def anonymise_account(user: User, *, name: str, email: str, values: Collection[str]) -> None:
    """Close the account for good and let name, e-mail and NIP stand nowhere, within a transaction.

    `values` are taken out of the reasons for which roles were given. The id stays, so that what
    this person did keeps its place.
    """
    user.name, user.email, user.nip = name, email, None
    user.is_active = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") == (
            "last_superuser_stays"
        ):
            raise ValidationError(LAST_SUPERUSER, code="last_superuser") from error
        raise
    for label in DELETED:
        apps.get_model(label)._default_manager.filter(user=user).delete()
    _end_sessions(user)
    _end_roles(user, values)
    events: Any = User.pgh_event_model  # type: ignore[attr-defined]
    with pgtrigger.ignore(f"{events._meta.label}:append_only"):
        events.objects.filter(pgh_obj=user.pk).update(name=name, email=email, nip=None)
    _scrub_log(user, name)


def _end_sessions(user: User) -> None:
    """A session names its account only inside, so each one is opened."""
    sessions: Any = apps.get_model("sessions", "Session")._default_manager
    own = [
        session.pk
        for session in sessions.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    sessions.filter(pk__in=own).delete()


def _end_roles(user: User, values: Collection[str]) -> None:
    today = timezone.localdate()
    for grant in RoleGrant.objects.filter(user=user):
        if grant.valid_until is None or grant.valid_until > today:
            grant.valid_until = max(grant.valid_from, today)
        grant.reason = scrubbed(grant.reason, values)
        grant.save()
    events: Any = RoleGrant.pgh_event_model  # type: ignore[attr-defined]
    with pgtrigger.ignore(f"{events._meta.label}:append_only"):
        for event in events.objects.filter(user=user).exclude(reason=""):
            if (reason := scrubbed(event.reason, values)) != event.reason:
                events.objects.filter(pk=event.pk).update(reason=reason)


def _scrub_log(user: User, name: str) -> None:
    """The admin's own log repeats what its rows are called."""
    log: Any = apps.get_model("admin", "LogEntry")._default_manager
    told = log.filter(content_type__app_label="accounts", content_type__model="user")
    told.filter(object_id=str(user.pk)).update(object_repr=name, change_message="")
