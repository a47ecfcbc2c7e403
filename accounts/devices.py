"""Which browsers have logged in before: a signed cookie, so that nobody can lock their owner out."""

from __future__ import annotations

import secrets
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core import signing

from epk.lib.digests import keyed_digest
from epk.lib.nip import clean_digits

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from accounts.models import User

SALT: Final = "accounts.devices"
LONGEST: Final = 400 * 24 * 60 * 60
"""What browsers keep a cookie at most."""
MOST_ACCOUNTS: Final = 10
"""An office shares a computer; who came longest ago has to make itself known again."""
NAMES_OF_AN_ACCOUNT: Final = 3  # number, e-mail and NIP
LONGEST_NAME: Final = 254
LONGEST_COOKIE: Final = 2_000


def known(request: HttpRequest, user_key: str) -> bool:
    """Whether this browser has logged in before under this e-mail or NIP, as it is typed."""
    return bool(known_id(request, user_key))


def known_id(request: HttpRequest, user_key: str) -> str:
    """The number of this browser where it is known under that name, otherwise empty."""
    identity, names = _read(request)
    return identity if user_key and _digest(user_key) in names else ""


def known_to(request: HttpRequest, user: User) -> bool:
    """Whether this account has logged in with this browser, though its e-mail or NIP be another now."""
    _, names = _read(request)
    return any(name in names for name in _names_of(user))


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """After a login that succeeded: this browser is known by every name of the account."""
    identity, names = _read(request)
    own = _names_of(user)
    kept = own + [name for name in names if name not in own]
    value = {
        "i": identity or secrets.token_hex(16),
        "n": kept[: MOST_ACCOUNTS * NAMES_OF_AN_ACCOUNT],
    }
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(value, salt=SALT),
        max_age=LONGEST,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    raw = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if not raw or len(raw) > LONGEST_COOKIE:
        return "", []
    try:
        value: Any = signing.loads(raw, salt=SALT, max_age=LONGEST)
    except (signing.BadSignature, ValueError):
        return "", []
    return value["i"], value["n"]


def plain_name(name: str) -> str:
    """One spelling for what logs in the same account: no case, no spaces or dots in a NIP."""
    text = unicodedata.normalize("NFKC", name[:LONGEST_NAME]).strip().casefold()
    digits = clean_digits(text)
    return digits if digits.isdigit() else text


def _names_of(user: User) -> list[str]:
    """The number stays when e-mail and NIP change; in this form nobody logs in by it."""
    return [_digest(name) for name in (f"akun:{user.pk}", user.email, user.nip) if name]


def _digest(name: str) -> str:
    """Short, because thirty of them travel with every request; signed, so nobody can look for one."""
    return keyed_digest(SALT, plain_name(name)).hex()[:16]
