"""How somebody wants to be told: choices, hours, and the end of mails by a link."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from epk.lib.jobs import enqueue
from epk.lib.notices import DIGESTS, MAILED, Choice, Kind, kind_named, kinds
from epk.lib.zones import zones_of
from notifications.actions.events import COMPOSE, hours_of, plan
from notifications.links import Ended
from notifications.models import ENDED, MailHours, Notification, Preference
from notifications.timing import DEFAULT


def all_choices_of(user: User, hours: MailHours | None = None) -> dict[str, Choice]:
    """By the name of the kind, for every kind there is; `hours` spares a query."""
    kept = dict(Preference.objects.filter(user=user).values_list("kind", "choice"))
    hours = hours or mail_hours_of(user)
    found: dict[str, Choice] = {}
    for kind in kinds():
        if kind.fixed or kind.name not in kept:
            has_ended = not kind.fixed and hours.has_ended(kind.default)
            found[kind.name] = Choice.INBOX if has_ended else kind.default
        else:
            found[kind.name] = Choice(kept[kind.name])
    return found


def mail_hours_of(user: User) -> MailHours:
    """Those that were chosen, or unsaved ones with the defaults."""
    return MailHours.objects.filter(user=user).first() or MailHours(user=user)


def zone_of(user: User) -> str:
    """`WIT`: the clock of the place where this person serves, WIB for everyone else."""
    name = zones_of([user.pk]).get(user.pk, DEFAULT.zone)
    return timezone.now().astimezone(ZoneInfo(name)).strftime("%Z")


def save_preferences(user: User, choices: Mapping[str, Choice], hours: MailHours) -> None:
    """Both halves of the page, or neither."""
    with transaction.atomic():
        choose_hours(hours)
        choose(user, choices)


def owner_of(asked: Ended) -> User | None:
    """Whose mails a link ends; None once the account is closed."""
    return User.objects.filter(pk=asked.user_id, is_active=True).first()


def choose(user: User, choices: Mapping[str, Choice]) -> None:
    """Keep how `user` wants to learn of these kinds, by their names; mails not yet written follow.

    Kinds that nobody can choose, and names of none, are passed over.
    """
    with transaction.atomic():
        for name, choice in choices.items():
            kind = kind_named(name)
            if kind is None or kind.fixed:
                continue
            Preference.objects.update_or_create(
                user=user, kind=name, defaults={"choice": choice.value}
            )
        back = {ENDED[choice]: False for choice in choices.values() if choice in ENDED}
        if back:
            MailHours.objects.filter(user=user).update(**back)
        _plan_anew(user)


def choose_hours(hours: MailHours) -> None:
    """Keep quiet hours, zone and the time of digests; mails not yet written follow."""
    with transaction.atomic():
        MailHours.objects.update_or_create(
            user=hours.user,
            defaults={
                name: getattr(hours, name)
                for name in ("zone", "quiet_from", "quiet_until", "digest_at", "digest_weekday")
            },
        )
        _plan_anew(hours.user)


def end_mails(user: User, what: str) -> list[Kind]:
    """What a link in a mail does: kinds that came by this mail come to the inbox only.

    `what` is the name of a kind, or the span of a digest, which stands for every kind in it, those
    included that will be declared later. Says which kinds end now; none where they had before.
    """
    with transaction.atomic():
        chosen = all_choices_of(user)
        ended = [
            kind
            for kind in kinds()
            if not kind.fixed
            and chosen[kind.name] in MAILED
            and what in (kind.name, chosen[kind.name])
        ]
        choose(user, dict.fromkeys((kind.name for kind in ended), Choice.INBOX))
        if what in DIGESTS:
            MailHours.objects.update_or_create(user=user, defaults={ENDED[Choice(what)]: True})
    return ended


def _plan_anew(user: User) -> None:
    now = timezone.now()
    hours = hours_of([user.pk]).get(user.pk, DEFAULT)
    rows = list(Notification.objects.of(user.pk).pending().select_for_update().order_by("pk"))
    chosen = all_choices_of(user)
    for row in rows:
        kind = kind_named(row.kind)
        if kind is None or kind.is_required:
            continue
        planned = plan(kind, chosen[kind.name], now, hours)
        if planned["span"] == row.span and row.due_at is not None and row.due_at <= now:
            continue  # late already: it must not wait for one more day or week
        row.span, row.due_at = planned["span"], planned["due_at"]
    Notification.objects.bulk_update(rows, ["span", "due_at"], batch_size=500)
    if any(row.due_at is not None and row.due_at <= now for row in rows):
        enqueue(COMPOSE)
