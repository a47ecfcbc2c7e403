"""Tell people of an event: a row in each inbox, and when its mail is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from epk.lib.jobs import enqueue
from epk.lib.notices import Choice, Kind, Ref
from epk.lib.zones import zones_of
from notifications.models import ENDED, Event, MailHours, Notification, Preference
from notifications.timing import DEFAULT, Hours, due

COMPOSE = "notifications.jobs.compose"
MOST_IN_A_STATEMENT = 1000


def record_event(kind: Kind, ref: Ref, *, by: User | None, facts: Mapping[str, str]) -> int:
    """What `epk.lib.notices.notify` does here; says how many people are told.

    An event that is known already tells nobody again. Closed accounts, whoever did it and those
    who chose not to be told get no row.
    """
    now = timezone.now()
    with transaction.atomic():
        event, fresh = Event.objects.get_or_create(
            kind=kind.name,
            subject=ref.subject,
            item=ref.item,
            defaults={"facts": dict(facts), "by": by, "created_at": now},
        )
        if not fresh:
            return 0
        asked = set(kind.who(ref)) - ({by.pk} if by else set())
        active = User.objects.filter(pk__in=asked, is_active=True).order_by("pk")
        found = dict(active.values_list("pk", "activated_at"))
        people = list(found)
        chosen = choices_of(people, kind)[kind.name]
        told = [person for person in people if chosen[person] is not Choice.NONE]
        # Nobody has shown yet that the address of an account never activated is theirs.
        mailed = [person for person in told if chosen[person] is not Choice.INBOX and found[person]]
        hours = hours_of(mailed)
        rows = [
            Notification(
                event=event,
                recipient_id=person,
                kind=kind.name,
                subject=ref.subject,
                created_at=now,
                **(plan(kind, chosen[person], now, hours[person]) if person in hours else {}),
            )
            for person in told
        ]
        Notification.objects.bulk_create(rows, batch_size=MOST_IN_A_STATEMENT)
        if any(row.due_at is not None and row.due_at <= now for row in rows):
            enqueue(COMPOSE, once=True)
    return len(rows)


def plan(kind: Kind, choice: Choice, moment: dt.datetime, hours: Hours) -> dict[str, Any]:
    """`span` and `due_at` of a row. A mail that the service requires knows no quiet hours."""
    due_at = moment if kind.is_required else due(choice, moment, hours)
    return {"span": choice.value if due_at else "", "due_at": due_at}


def choices_of(people: Collection[int], *asked: Kind) -> dict[str, dict[int, Choice]]:
    """By the name of each kind, how each of them wants to learn of it: two queries for all.

    Who has ended a digest gets no new kind by it that they have not chosen.
    """
    chosen = {kind.name: dict.fromkeys(people, kind.default) for kind in asked}
    free = [kind for kind in asked if not kind.fixed]
    if any(kind.default in ENDED for kind in free):
        for hours in MailHours.objects.filter(user__in=people):
            for kind in free:
                if hours.has_ended(kind.default):
                    chosen[kind.name][hours.user_id] = Choice.INBOX
    if free:
        names = [kind.name for kind in free]
        kept = Preference.objects.filter(kind__in=names, user__in=people)
        for name, person, choice in kept.values_list("kind", "user", "choice"):
            chosen[name][person] = Choice(choice)
    return chosen


def hours_of(people: Collection[int]) -> dict[int, Hours]:
    """When each of them wants mails, by the clock of the place where they serve or that they chose."""
    if not people:
        return {}
    zones = zones_of(people)
    hours = {person: Hours(zone=zones[person]) if person in zones else DEFAULT for person in people}
    for own in MailHours.objects.filter(user__in=people):
        hours[own.user_id] = Hours(
            zone=own.zone or hours[own.user_id].zone,
            quiet_from=own.quiet_from,
            quiet_until=own.quiet_until,
            digest_at=own.digest_at,
            digest_weekday=own.digest_weekday,
        )
    return hours
