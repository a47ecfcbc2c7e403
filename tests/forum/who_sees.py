"""Who may learn what of the forum, said once, by hand, apart from the code that decides it.

Each state is a topic with two posts, made so that everything in it has a word of its own. `topic`
are the roles that may know of the topic and its title, `post` of the second post (tombstones
included), `text` that read it, `old` what it said before an edit, `file` the file that hangs on it.
The last three are of those who read `post`, unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

MEMBERS: Final = frozenset(
    {
        *("author", "officer", "follower", "mentioned", "suspended"),
        *("asker", "counsellor", "guest", "left"),
        *("moderator", "pembina", "ditjen", "superuser"),
    }
)
"""Those with a seat in the forum."""
OUTSIDE: Final = frozenset({"nobody", "provinsi", "redaksi", "deactivated", "erased"})
ROLES: Final = tuple(sorted(MEMBERS | OUTSIDE))
ALL_CATEGORIES: Final = frozenset({"moderator", "superuser"})
CLOSED: Final = ALL_CATEGORIES | {"pembina"}
"""Readers of a category that is for the Pembina."""
SEATS: Final = frozenset({"asker", "counsellor", "guest"})
NONE: Final = frozenset[str]()
TITLE, TEXT, OLD, FILE, NAME = "title", "text", "old", "file", "name"


@dataclass(frozen=True)
class State:
    """What became of a topic, and who may know what of it since."""

    topic: frozenset[str]
    post: frozenset[str]
    text: frozenset[str]
    old: frozenset[str]
    file: frozenset[str]
    name: frozenset[str] = NONE
    writer: str = "author"
    """Who wrote the second post, and is told so under Data saya whatever became of it."""
    elsewhere: dict[str, frozenset[str]] = field(default_factory=dict)
    """Channels in which others read the text, too."""
    is_listed: bool = True


def state(
    topic: frozenset[str],
    post: frozenset[str] | None = None,
    text: frozenset[str] | None = None,
    **others: object,
) -> State:
    post = topic if post is None else post
    text = post if text is None else text
    return State(topic, post, text, **({"old": text, "file": text} | others))  # type: ignore[arg-type]


MODERATION: Final = ("moderation", "post_moderate", "decision")
STATES: Final[dict[str, State]] = {
    "terbuka": state(MEMBERS),
    "terkunci": state(MEMBERS),
    "terarsip": state(MEMBERS),
    "terbatas": state(CLOSED, writer="pembina"),
    "tersembunyi": state(ALL_CATEGORIES | {"author"}),
    # Written in the open, read, followed, quoted, mentioned in; then moved to where few read.
    "terpindah": state(CLOSED),
    "tergabung": state(MEMBERS, is_listed=False),
    "gabungtertutup": state(CLOSED, is_listed=False),
    "gabungtersembunyi": state(ALL_CATEGORIES, is_listed=False),
    # The second post alone: hidden, taken back, split off into the category of the Pembina.
    "posnyasembunyi": state(MEMBERS, text=ALL_CATEGORIES | {"author"}),
    "posnyahapus": state(MEMBERS, text=NONE),
    "posnyapindah": state(MEMBERS, post=CLOSED),
    "pribadi": state(SEATS, writer="asker", name=SEATS, is_listed=False),
    "selesai": state(SEATS, writer="asker", name=SEATS, is_listed=False),
    # Of a consultation in which a post was reported, moderators see just that post, in the queue.
    "dilaporkan": state(
        SEATS,
        writer="asker",
        name=SEATS,
        file=SEATS | ALL_CATEGORIES,
        elsewhere=dict.fromkeys(MODERATION, ALL_CATEGORIES),
        is_listed=False,
    ),
    # What was published of a consultation: all read it, nobody learns whose it was.
    "terbit": state(MEMBERS, writer="", old=NONE, file=NONE),
    # The account of its writer was erased: the text stays, the name is nobody's.
    "penulisnyahilang": state(MEMBERS, writer="", name=NONE),
    # What somebody has begun and not sent.
    "draf": state(frozenset({"author"}), is_listed=False),
}
KINDS: Final = (TITLE, TEXT, OLD, FILE, NAME)


def word(kind: str, name: str) -> str:
    """The word that stands in this part of this state, and nowhere else."""
    return f"x{kind}x{name}x"


def may_know(role: str, name: str, kind: str, channel: str) -> bool:
    found = STATES[name]
    if channel.startswith("own_data") and role == found.writer:
        return kind != TITLE or role in found.topic
    if kind == TITLE:
        return role in found.topic
    allowed: frozenset[str] = getattr(found, kind)
    return role in allowed or (kind == TEXT and role in found.elsewhere.get(channel, NONE))
