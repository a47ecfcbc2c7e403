"""What can be done to an account: each in one transaction, with who and why in the history."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from accounts import links, own_sessions
from accounts.models import EmailChange, RoleGrant, User
from accounts.notices import ACCOUNT_CHANGED, ROLE_CHANGED, subject_of
from epk.lib import mail, security_log
from epk.lib.jobs import enqueue
from epk.lib.notices import notify

SUPERUSER = "Superuser"
EMAIL_TAKEN = "Alamat e-mail ini sudah dipakai akun lain."
OWN_ROLE = "Tidak seorang pun memberi atau mengubah perannya sendiri; mintalah admin lain."
NIP_TAKEN = "NIP ini sudah dipakai akun lain; periksa akun itu dahulu."
OWN_FACTOR = "Faktor kedua Anda sendiri dilepas di halaman keamanan akun."
LAST_SUPERUSER = (
    "Ini superuser aktif terakhir; angkat superuser lain dahulu sebelum mengubah yang ini."
)


@contextmanager
def change(*, by: User | None, reason: str) -> Iterator[None]:
    """One transaction whose history rows name the person and the reason.

    What only the database can refuse comes out as a ValidationError with a sentence.
    """
    named = {"reason": reason} if by is None else {"reason": reason, "user": by.pk}
    try:
        with pghistory.context(**named), transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if name == "last_superuser_stays":
            raise ValidationError(LAST_SUPERUSER, code=name) from error
        if "email" in name:
            raise ValidationError(EMAIL_TAKEN, code="email_taken") from error
        if "nip" in name:
            raise ValidationError(NIP_TAKEN, code="nip_taken") from error
        raise


def save_account(user: User, *, by: User, reason: str) -> None:
    """Save an account that an admin has changed; a new one is invited at once.

    Of a new address both mailboxes hear. An account that is closed is out at its next click.
    """
    old = None if user._state.adding else User.objects.get(pk=user.pk)
    with change(by=by, reason=reason):
        if old is None:
            user.set_unusable_password()
            user.save()
            invite(user, by=by, reason=reason)
            return
        user.save()
        if user.email != old.email and user.activated_at is not None:
            for address in (old.email, user.email):
                context = {"name": user.name, "new_email": user.email}
                mail.send("accounts/mail/email_changed.txt", context, to=address, user_id=user.pk)
        if user.is_superuser is not old.is_superuser:
            _tell_superuser(user, by=by, reason=reason)
        _note_changes(old, user, by=by)


def send_links(users: Iterable[User], *, by: User) -> int:
    """Invite each, or send a password link where the account is active; how many were written to."""
    written = 0
    with change(by=by, reason="Tautan dikirim oleh admin"):
        for user in users:
            if user.is_active:
                send_password_link(user)
                written += 1
    return written


def remove_second_factor(user: User, *, by: User) -> None:
    """For who has lost device and recovery codes, once an admin has made sure who is asking.

    All sessions end; a role that asks for a second factor is void until a new one is set up.
    """
    if user.pk == by.pk:
        raise ValidationError(OWN_FACTOR, code="own_factor")
    with change(by=by, reason="Faktor kedua dilepas oleh admin"):
        Authenticator.objects.filter(user=user).delete()
        own_sessions.end_others(user, None)
        _tell(user, "accounts/mail/second_factor_removed.txt", by=by)


# --- Getting in ---------------------------------------------------------------------------------


def create_account(*, email: str, name: str, nip: str | None, by: User | None, reason: str) -> User:
    """An account nobody can enter yet: its password comes with the activation."""
    with change(by=by, reason=reason):
        return User.objects.create_user(email, None, name=name, nip=nip)


def invite(user: User, *, by: User | None, reason: str = "Undangan mengaktifkan akun") -> None:
    """Send the link by which the owner of the mailbox sets the first password.

    Earlier links die: they depend on the unusable password, which is made anew.
    """
    if user.activated_at is not None:
        raise ValidationError(f"Akun {user} sudah aktif.", code="already_active")
    with change(by=by, reason=reason):
        user.set_unusable_password()
        user.invited_at = timezone.now()
        user.save(update_fields=["password", "invited_at"])
        mail.send(
            "accounts/mail/activation.txt",
            {"name": user.name, "link": links.activation_link(user), "days": links.DAYS},
            to=user.email,
            user_id=user.pk,
        )


def send_password_link(user: User) -> None:
    """The link to a new password, or to the first one where there is none yet."""
    if user.activated_at is None:
        invite(user, by=None, reason="Tautan kata sandi diminta sebelum akun aktif")
        return
    mail.send(
        "accounts/mail/password_link.txt",
        {"name": user.name, "link": links.password_link(user), "days": links.DAYS},
        to=user.email,
        user_id=user.pk,
    )


def tell_already_active(user: User) -> None:
    """Who asked for an activation has an account already; the link to a new password helps."""
    mail.send(
        "accounts/mail/already_active.txt",
        {"name": user.name, "link": links.password_link(user), "days": links.DAYS},
        to=user.email,
        user_id=user.pk,
    )


def ask_for_password_link(name: str) -> None:
    """Leave the looking up to the worker: the answer takes as long for a name that is none."""
    enqueue("accounts.jobs.send_password_link", login=name)


def use_link(uid: str, token: str, password: str, *, tokens: links.LinkTokens) -> User | None:
    """Set the password that a link allows to set; None where the link no longer counts.

    The account is locked first: of two who use one link at once only the first succeeds.
    """
    reason = "Aktivasi akun" if tokens is links.ACTIVATION else "Kata sandi baru lewat tautan"
    with change(by=None, reason=reason):
        user = links.user_of(uid, token, tokens, lock=True)
        if user is None:
            return None
        user.set_password(password)
        if user.activated_at is None:
            user.activated_at = timezone.now()
        user.save(update_fields=["password", "activated_at"])
        security_log.event("activated" if tokens is links.ACTIVATION else "reset", user=user)
        if tokens is links.PASSWORD:
            _tell(user, "accounts/mail/password_changed.txt")
        return user


def change_password(user: User, password: str) -> None:
    """By the person, logged in; all other sessions end, for they carry the old password."""
    with change(by=user, reason="Kata sandi diganti sendiri"):
        user.set_password(password)
        user.save(update_fields=["password"])
        _tell(user, "accounts/mail/password_changed.txt")


# --- The address --------------------------------------------------------------------------------


def ask_for_email_change(user: User, new_email: str) -> None:
    """Ask both mailboxes; nothing changes until both have answered.

    Whether another account has the new address is not told here, only to who can read its mail.
    """
    with change(by=user, reason="Perubahan alamat e-mail diminta"):
        EmailChange.objects.filter(user=user).delete()
        asked = EmailChange.objects.create(
            user=user, old_email=user.email, new_email=new_email, key=secrets.token_hex(16)
        )
        for side, address in (("lama", asked.old_email), ("baru", asked.new_email)):
            context = {
                "name": user.name,
                "new_email": asked.new_email,
                "link": _confirmation_link(asked, side),
                "days": links.DAYS,
            }
            mail.send(
                f"accounts/mail/email_change_{side}.txt", context, to=address, user_id=user.pk
            )


def confirm_email_change(asked: EmailChange, side: str) -> bool:
    """Note the answer of one mailbox (`lama` or `baru`); True once the address has changed."""
    with change(by=asked.user, reason="Alamat e-mail diganti, disetujui dari kedua alamat"):
        locked = EmailChange.objects.select_for_update().select_related("user").get(pk=asked.pk)
        field = "old_confirmed_at" if side == "lama" else "new_confirmed_at"
        setattr(locked, field, getattr(locked, field) or timezone.now())
        locked.save(update_fields=[field])
        if not locked.is_complete:
            return False
        user, old_email = locked.user, locked.old_email
        if User.objects.filter(email=locked.new_email).exclude(pk=user.pk).exists():
            raise ValidationError(EMAIL_TAKEN, code="email_taken")
        user.email = locked.new_email
        user.save(update_fields=["email"])
        security_log.event("address_changed", user=user)
        locked.delete()
        for address in (old_email, user.email):
            context = {"name": user.name, "new_email": user.email}
            mail.send("accounts/mail/email_changed.txt", context, to=address, user_id=user.pk)
        return True


def cancel_email_change(asked: EmailChange) -> None:
    with change(by=None, reason="Perubahan alamat e-mail dibatalkan"):
        EmailChange.objects.filter(pk=asked.pk).delete()


def clear_ended() -> None:
    """Forget changes of address nobody answered in time, and sessions that are gone."""
    oldest = timezone.now() - dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    EmailChange.objects.filter(asked_at__lt=oldest).delete()
    own_sessions.clear_ended()


def follow_office_email(user: User, office_email: str, *, by: User | None) -> None:
    """An account nobody has activated yet follows the office address on record; old links die."""
    address = office_email.strip().lower()
    if user.activated_at is not None or not address or address == user.email:
        return
    with change(by=by, reason="Alamat dinas dalam register berubah"):
        user.email = address
        user.save(update_fields=["email"])


def follow_nip(user: User, nip: str | None, *, by: User | None) -> None:
    """The account of an officer logs in by the NIP that the register has."""
    with change(by=by, reason="NIP dalam register diperbaiki"):
        user.nip = nip
        user.save(update_fields=["nip"])


# --- Roles --------------------------------------------------------------------------------------


def give_role(grant: RoleGrant, *, by: User) -> None:
    """Save a new or changed grant and tell the person; nobody gives a role to themselves."""
    if grant.user_id == by.pk:
        raise ValidationError(OWN_ROLE, code="own_role")
    new = grant._state.adding
    with change(by=by, reason=grant.reason):
        if new:
            grant.given_by = by
        grant.save()
        security_log.event("role_given", user=grant.user, role=grant.role, by=by.pk)
        _tell(grant.user, "accounts/mail/role_changed.txt", grant=grant, new=new, by=by)
        _note_role(grant.user, str(grant), "ditambah" if new else "diubah", by=by)


def take_role(grant: RoleGrant, *, by: User, reason: str) -> None:
    """Delete a grant that was a mistake; one that was right gets a last day instead."""
    if grant.user_id == by.pk:
        raise ValidationError(OWN_ROLE, code="own_role")
    with change(by=by, reason=reason):
        _tell(grant.user, "accounts/mail/role_removed.txt", grant=grant, by=by)
        _note_role(grant.user, str(grant), "dicabut", by=by)
        security_log.event("role_taken", user=grant.user, role=grant.role, by=by.pk)
        grant.delete()


def _tell_superuser(user: User, *, by: User, reason: str) -> None:
    """The widest right there is, given or taken, is told as a role is."""
    given = user.is_superuser
    security_log.event("role_given" if given else "role_taken", user=user, role=SUPERUSER, by=by.pk)
    template = "accounts/mail/superuser_changed.txt"
    _tell(user, template, given=given, by=by, reason=reason)
    _note_role(user, SUPERUSER, "ditambah" if given else "dicabut", by=by)


def _note_changes(old: User, user: User, *, by: User) -> None:
    """Which columns, not to what; of another address both mailboxes have heard."""
    names = [name for name in ("name", "nip") if getattr(old, name) != getattr(user, name)]
    if names:
        fields: Any = [User._meta.get_field(name) for name in names]
        notify(
            ACCOUNT_CHANGED,
            subject=subject_of(user),
            item=secrets.token_hex(8),
            by=by,
            facts={"fields": ", ".join(capfirst(str(field.verbose_name)) for field in fields)},
        )


def _note_role(user: User, role: str, what: str, *, by: User) -> None:
    notify(
        ROLE_CHANGED,
        subject=subject_of(user),
        item=secrets.token_hex(8),
        by=by,
        facts={"what": what, "role": role},
    )


def _confirmation_link(asked: EmailChange, side: str) -> str:
    token = links.sign_email_change(asked, side)
    return f"{settings.SITE_URL}{reverse('accounts:email_confirm', args=[token])}"


def _tell(user: User, template: str, **context: Any) -> None:
    now: dt.datetime = timezone.localtime()
    context |= {"name": user.name, "now": now}
    mail.send(template, context, to=user.email, user_id=user.pk)
