"""Security events, one line each: what happened, to which account, from where; never a secret."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from epk.lib.addresses import client_address
from epk.lib.digests import keyed_digest
from epk.lib.redaction import one_line, redact

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger("epk.security")

LONGEST_VALUE = 200
PLAIN = re.compile(r"[A-Za-z0-9_.:/@+\[\]-]+")
FORBIDDEN = re.compile(r"passw|sandi|token|cookie|secret|nip|e?mail|session", re.IGNORECASE)


def event(
    name: str, request: HttpRequest | None = None, user: Any = None, **facts: str | int | None
) -> None:
    """Write `event=name account=12 address=192.0.2.7 path=/akun/masuk/ fact=value`.

    People are named by the number of their account, or by `digest` of what they typed. A fact
    whose name promises a secret is an error of the caller.
    """
    wrong = [key for key in facts if FORBIDDEN.search(key)]
    if wrong:
        raise ValueError(f"not for the log: {', '.join(wrong)}")
    parts: dict[str, Any] = {"event": name}
    account = getattr(user, "pk", None)
    if account is not None:
        parts["account"] = account
    if request is not None:
        parts |= {"address": client_address(request), "method": request.method}
        parts["path"] = request.path
    parts |= facts
    logger.info(
        "%s",
        " ".join(f"{key}={_value(value)}" for key, value in parts.items() if value is not None),
    )


def digest(text: str) -> str:
    """A name that was typed, told apart from others but not readable; keyed, so not guessable."""
    return keyed_digest("epk.security", text).hex()[:16]


def _value(value: object) -> str:
    text = one_line(redact(str(value)))[:LONGEST_VALUE]
    if PLAIN.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
