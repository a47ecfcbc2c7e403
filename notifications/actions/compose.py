"""Write the mails that are due: one an event for those who want it at once, else the digests."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from epk.lib import mail
from epk.lib.notices import MAILED, Choice, Kind, Ref, Seen, kind_named
from notifications import links
from notifications.actions.events import COMPOSE, choices_of, hours_of
from notifications.actions.outbox import drop_jobs
from notifications.models import Digest, Mail, Notification
from notifications.queries import composing_lock
from notifications.timing import DEFAULT, Hours, due, local_day

DIGEST: Final = "notifications/mail/digest.txt"
BATCH: Final = 100
MOST_LINES: Final = 100
"""A digest tells of the rest by their number, with a link to the inbox."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """What a digest says of one subject."""

    sentence: str
    link: str


Told = tuple[str, Line]
"""The heading a line stands under, and the line."""


def compose_due() -> None:
    """All mails that are due now. May run any number of times, in any number of workers.

    Each mail is written in the transaction that says of its rows which mail they are in: a worker
    that is killed leaves them due, and nothing is told twice.
    """
    drop_jobs(COMPOSE)
    now = timezone.now()
    after = 0
    while rows := _compose_some(now, after):
        after = rows[-1].pk
    for user_id, span in list(
        Notification.objects.due(now)
        .for_digests()
        .order_by("recipient_id", "span")
        .values_list("recipient_id", "span")
        .distinct()
    ):
        _compose_digest(user_id, Choice(span), now)


def _compose_some(now: dt.datetime, after: int) -> list[Notification]:
    with transaction.atomic():
        composing_lock()
        rows = list(
            # Rows that somebody is just reading or planning anew come the next time.
            Notification.objects.due(now)
            .at_once()
            .filter(pk__gt=after)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("event", "recipient")
            .order_by("pk")[:BATCH]
        )
        seen = _seen(rows)
        hours = hours_of({row.recipient_id for row in rows})
        for row in rows:
            _tell(row, seen.get(row.pk), hours.get(row.recipient_id, DEFAULT))
    return rows


def _tell(row: Notification, seen: Seen | None, hours: Hours) -> None:
    kind = kind_named(row.kind)
    row.due_at = None
    if kind is not None and seen is not None:
        try:
            with transaction.atomic():
                row.mail = _write_notice(row, kind, seen, hours)
        except Exception as error:  # noqa: BLE001  one event that cannot be told must not stop the others
            _set_aside([row], error)
    row.save(update_fields=["due_at", "mail", "trouble"])


def _write_notice(row: Notification, kind: Kind, seen: Seen, hours: Hours) -> Mail:
    user = row.recipient
    required = kind.is_required
    facts = row.event.facts
    return _written(
        user,
        kind.template,
        {
            "name": user.name,
            "sentence": kind.say(seen.title, facts),
            "title": seen.title,
            "link": f"{settings.SITE_URL}{seen.path}",
            "facts": facts,
            "at": row.created_at.astimezone(ZoneInfo(hours.zone)),
        },
        key=f"notice-{row.event_id}",
        thread=row.subject,
        unsubscribe="" if required else links.unsubscribe_link(user, kind.name),
        required=required,
    )


def _compose_digest(user_id: int, span: Choice, now: dt.datetime) -> None:
    with transaction.atomic():
        composing_lock()
        rows = list(
            Notification.objects.of(user_id)
            .due(now)
            .filter(span=span)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("event", "recipient")
            .order_by("pk")
        )
        if not rows:
            return
        hours = hours_of([user_id]).get(user_id, DEFAULT)
        day = local_day(max(row.due_at for row in rows if row.due_at), hours)
        if Digest.objects.filter(user_id=user_id, day=day, span=span).exists():
            _put_off(rows, span, now, hours)
            return
        seen = _seen(rows)
        told = _told([row for row in rows if row.pk in seen], seen)
        shown = [row for row in rows if row.pk in seen and not row.trouble]
        written: Mail | None = None
        if told:
            try:
                with transaction.atomic():
                    written = _write_digest(told, len(shown), rows[0].recipient, day, span)
            except Exception as error:  # noqa: BLE001
                _set_aside(shown, error)
        for row in rows:
            row.due_at = None
        for row in shown:
            row.mail = written
        Notification.objects.bulk_update(rows, ["due_at", "mail", "trouble"], batch_size=500)


def _write_digest(told: list[Told], rows: int, user: User, day: dt.date, span: Choice) -> Mail:
    digest = Digest.objects.create(user=user, day=day, span=span)
    shown = told[:MOST_LINES]
    sections = [
        (group, [line for of, line in shown if of == group])
        for group in sorted({group for group, _ in shown})
    ]
    digest.mail = _written(
        user,
        DIGEST,
        {
            "name": user.name,
            "day": day,
            "weekly": span is Choice.WEEKLY,
            "count": rows,
            "sections": sections,
            "more": len(told) - len(shown),
            "inbox": links.inbox_link(),
        },
        key=f"digest-{digest.pk}",
        thread="",
        unsubscribe=links.unsubscribe_link(user, span.value),
        required=False,
    )
    digest.save(update_fields=["mail"])
    return digest.mail


def _told(rows: list[Notification], seen: Mapping[int, Seen]) -> list[Told]:
    """A line for each subject; rows of which none can be made are set aside."""
    told: list[Told] = []
    for (name, _), group in _subjects(rows).items():
        kind, first = kind_named(name), group[0]
        if kind is None:
            continue
        try:
            sentence = kind.say(seen[first.pk].title, first.event.facts, len(group))
        except Exception as error:  # noqa: BLE001
            _set_aside(group, error)
        else:
            link = f"{settings.SITE_URL}{seen[first.pk].path}"
            told.append((kind.group, Line(sentence, link)))
    return told


def _subjects(rows: Iterable[Notification]) -> dict[tuple[str, str], list[Notification]]:
    groups: dict[tuple[str, str], list[Notification]] = defaultdict(list)
    for row in rows:
        groups[row.kind, row.subject].append(row)
    return groups


def _seen(rows: Iterable[Notification]) -> dict[int, Seen]:
    """By the number of a row, what its recipient may see now and still wants in a mail."""
    asked: dict[tuple[str, int], list[Notification]] = defaultdict(list)
    for row in rows:
        asked[row.kind, row.recipient_id].append(row)
    people: dict[str, set[int]] = defaultdict(set)
    for name, person in asked:
        people[name].add(person)
    wanted: dict[str, dict[int, Choice]] = {}
    for name, persons in people.items():
        if kind := kind_named(name):
            wanted[name] = choices_of(persons, kind)
    found: dict[int, Seen] = {}
    for (name, person), group in asked.items():
        kind = kind_named(name)
        user = group[0].recipient
        if kind is None or not user.is_active or wanted[name][person] not in MAILED:
            continue
        answers = _answers(user, kind, [row.event.ref for row in group], group)
        found |= {row.pk: answers[row.event.ref] for row in group if row.event.ref in answers}
    return found


def _answers(
    user: User, kind: Kind, refs: list[Ref], rows: list[Notification]
) -> Mapping[Ref, Seen]:
    """What the app says; where it fails, these rows are set aside and the others go on."""
    try:
        with transaction.atomic():
            return kind.seen(user, refs)
    except Exception as error:  # noqa: BLE001
        _set_aside(rows, error)
        return {}


def _set_aside(rows: Iterable[Notification], error: Exception) -> None:
    """The admin shows them; the text of the error may name a person, so only what it is."""
    logger.error("a mail could not be composed: %s", type(error).__name__)
    for row in rows:
        row.trouble = type(error).__name__[:100]


def _put_off(rows: list[Notification], span: Choice, now: dt.datetime, hours: Hours) -> None:
    """The digest of that day is out: what came late is for the next one."""
    later = due(span, now, hours)
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(due_at=later)


def _written(user: User, template: str, context: dict[str, Any], **options: Any) -> Mail:
    key = options["key"]
    mail.send(template, context, to=user.email, name=user.name, user_id=user.pk, **options)
    return Mail.objects.only("pk").get(event_key=key, recipient=user.email)
