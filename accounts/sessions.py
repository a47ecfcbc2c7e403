"""The session store, which stamps whoever enters, and the forms it keeps over a new login."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpRequest

ENTERED: Final = "_masuk_pada"
SEEN: Final = "_terakhir_dipakai"
OWNER: Final = "_pemilik_terakhir"
KEPT: Final = "_tulisan"

WRITE_SEEN_EVERY: Final = 5 * 60
"""Seconds between two writes of when a session was last used."""
OWNER_KNOWN_FOR: Final = 24 * 60 * 60
KEPT_FOR: Final = 60 * 60
MOST_KEPT: Final = 3
LARGEST_KEPT: Final = 256 * 1024
"""Bytes of all names and values of one form."""
LONGEST_PATH: Final = 2_000
SENT_AGAIN: Final = "_lanjutan"
"""The field by which a form that is sent again says which of those kept it is."""
NEVER_KEPT: Final = re.compile(
    r"passw|passphrase|sandi|csrf|token|secret|rahasia|credential|(?:^|[-_])otp(?:$|[-_])",
    re.IGNORECASE,
)


class SessionStore(db.SessionStore):
    """Sessions in the database, stamped when someone enters, by whatever way that happens."""

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        if key == SESSION_KEY:
            now = int(time.time())
            super().__setitem__(ENTERED, now)
            super().__setitem__(SEEN, now)
            self.pop("_session_expiry", None)  # that of the session from before the login
            self.pop(OWNER, None)
            if KEPT in self and self[KEPT]["owner"] != str(value):
                del self[KEPT]  # never shown to anybody else


@dataclass(frozen=True)
class KeptForm:
    """What someone sent when their session had ended, without secrets and files."""

    path: str
    fields: list[tuple[str, list[str]]]
    files: list[str] = field(default_factory=list)
    """The names of the files that went with it and are lost."""
    secrets: bool = False
    """Whether a password or the like was left out."""
    key: str = ""
    at: int = 0

    @property
    def size(self) -> int:
        texts = (text for name, values in self.fields for text in (name, *values))
        return sum(len(text.encode(errors="replace")) for text in texts)


def end_of(session: SessionBase) -> str:
    """Why the session of someone who is logged in is over: `idle`, `absolute`, or empty."""
    now = int(time.time())
    if now - session.get(ENTERED, 0) >= settings.SESSION_ABSOLUTE_SECONDS:
        return "absolute"
    if now - session.get(SEEN, 0) >= settings.SESSION_IDLE_SECONDS:
        return "idle"
    return ""


def touch(session: SessionBase) -> None:
    """Note that the session is in use, in steps, so that most requests write nothing."""
    now = int(time.time())
    if now - session[SEEN] >= WRITE_SEEN_EVERY:
        session[SEEN] = now
        if KEPT in session and not kept_forms(session, session[KEPT]["owner"]):
            del session[KEPT]


def remember_owner(session: SessionBase, owner: str) -> None:
    """So that a form sent later from another tab is still known to be theirs."""
    session[OWNER] = [owner, int(time.time())]


def last_owner(session: SessionBase) -> str:
    owner, since = session.get(OWNER, ("", 0))
    return owner if int(time.time()) - since < OWNER_KNOWN_FOR else ""


def read_form(request: HttpRequest) -> KeptForm:
    """The form of a POST as it can be kept: all values of all fields, no secrets, no files."""
    named = [(name, [str(text) for text in texts]) for name, texts in request.POST.lists()]
    kept = [(name, texts) for name, texts in named if not NEVER_KEPT.search(name)]
    left_out = {name for name, texts in named if NEVER_KEPT.search(name) and any(texts)}
    return KeptForm(
        path=request.get_full_path(),
        fields=[(name, texts) for name, texts in kept if name != SENT_AGAIN],
        files=[file.name or "" for _, files in request.FILES.lists() for file in files],
        secrets=bool(left_out - {"csrfmiddlewaretoken"}),
    )


def keep_form(session: SessionBase, owner: str, form: KeptForm) -> bool:
    """Keep the form in this session for its owner; False where it is too large.

    The same form twice, as after a double click, is kept once; of more than a few the oldest go.
    """
    if form.size > LARGEST_KEPT or len(form.path) > LONGEST_PATH:
        return False
    others = [
        other
        for other in kept_forms(session, owner)
        if (other.path, other.fields) != (form.path, form.fields)
    ]
    session.clear_expired()  # this is rare, so here is the time for it
    stamped = asdict(form) | {"key": secrets.token_hex(8), "at": int(time.time())}
    _store(session, owner, [*others, KeptForm(**stamped)])
    return True


def kept_forms(session: SessionBase, owner: str) -> list[KeptForm]:
    """The forms kept for this person, oldest first, while they may still be sent."""
    kept = session.get(KEPT)
    if not kept or kept["owner"] != owner:
        return []
    oldest = int(time.time()) - KEPT_FOR
    forms = [KeptForm(**form) for form in kept["forms"]]
    return [
        KeptForm(**asdict(form) | {"fields": [(name, values) for name, values in form.fields]})
        for form in forms
        if form.at > oldest
    ]


def discard_form(session: SessionBase, owner: str, key: str) -> bool:
    """Forget one kept form; False where there is none of that key."""
    forms = kept_forms(session, owner)
    rest = [form for form in forms if form.key != key]
    if len(rest) == len(forms):
        return False
    _store(session, owner, rest)
    return True


def _store(session: SessionBase, owner: str, forms: Iterable[KeptForm]) -> None:
    found = [asdict(form) for form in forms][-MOST_KEPT:]
    if found:
        session[KEPT] = {"owner": owner, "forms": found}
    else:
        session.pop(KEPT, None)
