"""Write the mails that are due: one an event for those who want it at once, else the digests."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from epk.lib import mail
from epk.lib.jobs import enqueue
from epk.lib.notices import MAILED, Choice, Kind, Ref, Seen, Sees, kind_named
from epk.lib.text import one_line
from notifications import links
from notifications.actions.events import COMPOSE, choices_of, hours_of
from notifications.actions.outbox import drop_jobs, is_asked_for
from notifications.models import Digest, Mail, Notification
from notifications.queries import COMPOSING, try_hold
from notifications.timing import DEFAULT, Hours, due, local_day

DIGEST: Final = "notifications/mail/digest.txt"
BATCH: Final = 100
RUN_SECONDS: Final = 5.0
LOOK_AGAIN: Final = dt.timedelta(seconds=15)
"""When to look for rows again that somebody else held."""
TRY_AGAIN: Final = dt.timedelta(minutes=1)
LONGEST_WAIT: Final = dt.timedelta(days=1)
MOST_TRIES: Final = 5
"""So often a fault of the database is put down to the moment."""
COMPOSED: Final = ["due_at", "mail", "trouble", "tries"]
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


def compose_due(seconds: float = RUN_SECONDS) -> None:
    """The mails that are due now; one worker at a time, another leaves at once.

    So mails about one person's events are written in the order of the events, and a long run (the
    digests of a morning) keeps no other work waiting: after `seconds` it asks for another. Each
    mail is written in the transaction that says of its rows which mail they are in: a worker that
    is killed leaves them due, and nothing is told twice.
    """
    with try_hold(COMPOSING) as held:
        if not held:
            return
        drop_jobs(COMPOSE)  # those asked for by now: what they were to find, this run finds
        done = _compose_all(time.monotonic() + seconds)
    # After letting go: a row whose job met the lock taken is found here.
    now = timezone.now()
    if Notification.objects.due(now).exists():
        at = now + LOOK_AGAIN if done else now
        if not is_asked_for(COMPOSE, at):
            enqueue(COMPOSE, at=at if done else None)


def _compose_all(end: float) -> bool:
    """Whether there was time for all of them."""
    now = timezone.now()
    after = 0
    while rows := _compose_some(now, after):
        after = rows[-1].pk
        if time.monotonic() >= end:
            return False
    digests = Notification.objects.due(now).for_digests().order_by("recipient_id", "span")
    for user_id, span in list(digests.values_list("recipient_id", "span").distinct()):
        if time.monotonic() >= end:
            return False
        _compose_digest(user_id, Choice(span), now)
    return True


def _compose_some(now: dt.datetime, after: int) -> list[Notification]:
    with transaction.atomic():
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
            _tell(row, seen.get(row.pk), hours.get(row.recipient_id, DEFAULT), now)
    return rows


def _tell(row: Notification, seen: Seen | None, hours: Hours, now: dt.datetime) -> None:
    kind = kind_named(row.kind)
    if row.is_faulty:
        pass  # what may be seen could not be told: noted already
    elif kind is not None and not kind.is_required and _is_to_sleep(row, hours, now):
        row.due_at = due(Choice.AT_ONCE, now, hours)  # the worker came late: let them sleep
    else:
        row.due_at = None
        if kind is not None and seen is not None:
            try:
                with transaction.atomic():
                    row.mail = _write_notice(row, kind, seen, hours)
            except Exception as error:  # noqa: BLE001  one event that cannot be told must not stop the others
                _set_aside([row], error)
    row.save(update_fields=COMPOSED)


def _is_to_sleep(row: Notification, hours: Hours, now: dt.datetime) -> bool:
    """Not for ever, where the waking hours are hardly any."""
    return hours.is_quiet_at(now) and now - row.created_at < LONGEST_WAIT


def _write_notice(row: Notification, kind: Kind, seen: Seen, hours: Hours) -> Mail:
    user = row.recipient
    required = kind.is_required
    facts = row.event.facts
    return _written(
        user,
        kind.template,
        {
            "name": user.name,
            "sentence": one_line(kind.say(seen.title, facts)),
            "title": one_line(seen.title),
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
        rows = list(
            # Waits for those who hold rows for a moment: what misses its digest waits a day or week.
            Notification.objects.of(user_id)
            .due(now)
            .filter(span=span)
            .select_for_update(of=("self",))
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
        if any(row.is_faulty and row.due_at for row in rows):
            # The database is at fault for a moment: the digest is written whole, a little later.
            keys = [row.pk for row in rows]
            later = timezone.now() + TRY_AGAIN
            Notification.objects.filter(pk__in=keys).update(due_at=later, tries=F("tries") + 1)
            return
        shown = [row for row in rows if row.pk in seen and not row.is_faulty]
        written: Mail | None = None
        if told:
            try:
                with transaction.atomic():
                    written = _write_digest(told, len(shown), rows[0].recipient, day, span)
            except Exception as error:  # noqa: BLE001
                _set_aside(shown, error)
        for row in rows:
            if not row.is_faulty:
                row.due_at, row.mail = None, written if row.pk in seen else None
        Notification.objects.bulk_update(rows, COMPOSED, batch_size=500)


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
    """By the number of a row, what its recipient may see now and still wants in a mail.

    Kinds that share a function are asked together: the same few queries whatever somebody was told.
    """
    rows = list(rows)
    kinds = {name: kind for name in {row.kind for row in rows} if (kind := kind_named(name))}
    wanted = choices_of({row.recipient_id for row in rows}, *kinds.values())
    asked: dict[tuple[Sees, int], list[Notification]] = defaultdict(list)
    for row in rows:
        user, kind = row.recipient, kinds.get(row.kind)
        reachable = user.is_active and user.activated_at is not None
        if kind and reachable and wanted[row.kind][row.recipient_id] in MAILED:
            asked[kind.seen, row.recipient_id].append(row)
    found: dict[int, Seen] = {}
    for (sees, _), group in asked.items():
        answers = _answers(sees, group)
        found |= {row.pk: answers[row.event.ref] for row in group if row.event.ref in answers}
    return found


def _answers(sees: Sees, rows: list[Notification]) -> Mapping[Ref, Seen]:
    """What the app says to one person; where it fails, rows are set aside and the others go on."""
    try:
        with transaction.atomic():
            return sees(rows[0].recipient, [row.event.ref for row in rows])
    except Exception as error:  # noqa: BLE001
        by_kind: dict[str, list[Notification]] = defaultdict(list)
        for row in rows:
            by_kind[row.kind].append(row)
        if len(by_kind) > 1:  # only those at fault are to wait
            return {
                ref: seen
                for group in by_kind.values()
                for ref, seen in _answers(sees, group).items()
            }
        _set_aside(rows, error)
        return {}


def _set_aside(rows: Iterable[Notification], error: Exception) -> None:
    """Try again in a minute where the database was at fault; else the admin shows them.

    The text of the error may name a person, so only what it is.
    """
    logger.error("a mail could not be composed: %s", type(error).__name__)
    for row in rows:
        row.is_faulty = True
        if isinstance(error, OperationalError) and row.tries < MOST_TRIES:
            row.tries += 1
            row.due_at = timezone.now() + TRY_AGAIN
        else:
            row.trouble = type(error).__name__[:100]
            row.due_at = None


def _put_off(rows: list[Notification], span: Choice, now: dt.datetime, hours: Hours) -> None:
    """The digest of that day is out: what came late is for the next one."""
    later = due(span, now, hours)
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(due_at=later)


def _written(user: User, template: str, context: dict[str, Any], **options: Any) -> Mail:
    key = options["key"]
    mail.send(template, context, to=user.email, name=user.name, user_id=user.pk, **options)
    # As the outbox writes it: without quotes that the address does not need.
    recipient = mail.parse_mailbox(user.email).addr_spec
    return Mail.objects.only("pk").get(event_key=key, recipient=recipient)
