"""The links in our mails: single use, with an end, and dead once the address changes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from accounts.models import EmailChange, User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

DAYS: Final = settings.PASSWORD_RESET_TIMEOUT // 86_400
EMAIL_CHANGE: Final = "accounts.links.email_change"
SIDES: Final = ("lama", "baru")


class LinkTokens(PasswordResetTokenGenerator):
    """Tokens over what a link depends on: password, last login, address, and its purpose.

    Setting the password, logging in or changing the address therefore ends every earlier link.
    """

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.key_salt = f"accounts.links.{purpose}"

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        account: Any = user
        entered = account.last_login.isoformat() if account.last_login else ""
        facts = (account.pk, account.password, entered, account.email, account.is_active, timestamp)
        return repr(facts)


ACTIVATION: Final = LinkTokens("activation")
PASSWORD: Final = LinkTokens("password")


def activation_link(user: User) -> str:
    """The address, with the host of the settings: never that of a request, which can be forged."""
    return _link("accounts:activate", user, ACTIVATION)


def password_link(user: User) -> str:
    return _link("accounts:password_new", user, PASSWORD)


def user_of(uid: str, token: str, tokens: LinkTokens, *, lock: bool = False) -> User | None:
    """Whose link this is, if it still counts; with `lock` inside a transaction."""
    try:
        number = base36_to_int(uid)
    except ValueError:
        return None
    if number > 2**63 - 1:
        return None
    users = User.objects.select_for_update() if lock else User.objects.all()
    user = users.filter(pk=number, is_active=True).first()
    return user if user is not None and tokens.check_token(user, token) else None


def sign_email_change(asked: EmailChange, side: str) -> str:
    """The token in the mail to one mailbox (`lama` or `baru`)."""
    return signing.dumps([asked.pk, asked.key, side], salt=EMAIL_CHANGE)


def email_change_of(token: str) -> tuple[EmailChange, str] | None:
    """The change and the mailbox a token speaks for; None where it no longer counts."""
    try:
        content = signing.loads(token, salt=EMAIL_CHANGE, max_age=settings.PASSWORD_RESET_TIMEOUT)
    except signing.BadSignature:
        return None
    number, key, side = content
    asked = EmailChange.objects.select_related("user").filter(pk=number, key=key).first()
    if asked is None or asked.user.email != asked.old_email or not asked.user.is_active:
        return None
    return asked, side


def pending_change(user: User) -> EmailChange | None:
    """The change of address that still waits for an answer, while its links count."""
    oldest = timezone.now() - dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return EmailChange.objects.filter(user=user, asked_at__gte=oldest).first()


def _link(name: str, user: User, tokens: LinkTokens) -> str:
    path = reverse(name, args=[int_to_base36(user.pk), tokens.make_token(user)])
    return f"{settings.SITE_URL}{path}"
