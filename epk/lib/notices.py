"""Kinds of event that people are told about, and how an app tells them.

An app declares a kind in its `notices.py`, which is found without being listed anywhere:

    REPLY = declare(
        Kind(
            name="forum.reply",
            group="Forum",
            label="Balasan di topik yang saya ikuti",
            one="Balasan baru di {title}",
            many="{count} balasan baru di {title}",
            who=followers_of,
            seen=seen_in_forum,
        )
    )

and tells of an event from an action, in the transaction of the change:

    notify(REPLY, subject=f"topic-{topic.pk}", item=f"post-{post.pk}", by=author)

All else follows from that: the inbox, the mail or the digest, the row among the preferences, the
link that ends the mails. Who records it is a setting, so that every app may tell and none has to
know the app that keeps the inbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from accounts.models import User

NOTICE: Final = "notifications/mail/notice.txt"
LONGEST_NAME: Final = 60
LONGEST_REF: Final = 80


class Choice(models.TextChoices):
    """How somebody wants to learn of a kind of event; the inbox has it in all cases but the last."""

    INBOX = "kotak", "Kotak masuk saja"
    AT_ONCE = "segera", "Surat segera"
    DAILY = "harian", "Ringkasan harian"
    WEEKLY = "mingguan", "Ringkasan mingguan"
    NONE = "tidak", "Tidak sama sekali"


MAILED: Final = (Choice.AT_ONCE, Choice.DAILY, Choice.WEEKLY)
"""The choices with a mail."""
DIGESTS: Final = (Choice.DAILY, Choice.WEEKLY)


@dataclass(frozen=True)
class Ref:
    """What an event is about: `topic-17`, by which the inbox groups, and in it `post-9`."""

    subject: str
    item: str


@dataclass(frozen=True)
class Seen:
    """What one person may see of an event now: the title of its subject and where it is read."""

    title: str
    path: str


class Who(Protocol):
    """The numbers of the accounts to be told. Whoever did it and closed accounts are left out."""

    def __call__(self, ref: Ref) -> Iterable[int]: ...


class Sees(Protocol):
    """Those of the events that this person may see now; asked whenever one is shown or mailed."""

    def __call__(self, user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]: ...


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of event.

    `one` and `many` are sentences with `{title}`, `{count}` and what `facts` the event has;
    `group` is a heading of the preferences, `label` the line below it. With `fixed` nobody can
    choose: `default` holds, and with AT_ONCE its mail is one that the service requires. `template`
    is the text of the mail that tells of one event; `sample` holds the facts (and, if it likes, a
    `title`) that its preview shows, `labels` what the facts are called under Data saya.
    """

    name: str
    group: str
    label: str
    one: str
    many: str
    who: Who
    seen: Sees
    default: Choice = Choice.DAILY
    fixed: bool = False
    template: str = NOTICE
    sample: Mapping[str, str] | None = None
    labels: Mapping[str, str] | None = None

    @property
    def is_required(self) -> bool:
        return self.fixed and self.default is Choice.AT_ONCE

    def say(self, title: str, facts: Mapping[str, str], count: int | str = 1) -> str:
        """The sentence of one event (`count` is 1) or of several about one subject."""
        sentence = self.one if count == 1 else self.many
        return sentence.format_map({**facts, "title": title, "count": count})


_kinds: Final[dict[str, Kind]] = {}


def declare(kind: Kind) -> Kind:
    """Make a kind known; a ValueError where it could never be told of."""
    if kind.name in _kinds:
        raise ValueError(f"{kind.name} is declared twice")
    if not 0 < len(kind.name) <= LONGEST_NAME:
        raise ValueError(f"the name of a kind has 1 to {LONGEST_NAME} characters: {kind.name!r}")
    facts = kind.sample or {}
    for count in (1, 2):
        kind.say("x", facts, count)  # a KeyError for what the sample does not have
    _kinds[kind.name] = kind
    return kind


def kinds() -> tuple[Kind, ...]:
    """All of them, in the order of the preferences."""
    return tuple(sorted(_kinds.values(), key=lambda kind: (kind.group, kind.label)))


def headings() -> list[str]:
    """What kinds come under, in the order of the preferences."""
    return list(dict.fromkeys(kind.group for kind in kinds()))


def names_under(heading: str) -> list[str]:
    """The names of the kinds under a heading."""
    return [kind.name for kind in kinds() if kind.group == heading]


def kind_named(name: str) -> Kind | None:
    """None for a name that this version of the portal does not know (any more)."""
    return _kinds.get(name)


def notify(
    kind: Kind,
    *,
    subject: str,
    item: str,
    by: User | None = None,
    facts: Mapping[str, str] | None = None,
) -> None:
    """Tell of an event once: the same kind, subject and item never make a second one.

    `facts` are short texts for the sentences and the mail; they are kept for a year, so nothing
    secret and nothing that the recipient may not see tomorrow. A KeyError where a sentence wants one
    that is not there.
    """
    for text in (subject, item):
        if not 0 < len(text) <= LONGEST_REF:
            raise ValueError(f"a subject and an item have 1 to {LONGEST_REF} characters: {text!r}")
    for count in (1, 2):
        kind.say("x", facts or {}, count)  # here, where the fault is, and not in every inbox
    record: Callable[..., Any] = import_string(settings.NOTICE_RECORDER)
    record(kind, Ref(subject, item), by=by, facts=dict(facts or {}))
