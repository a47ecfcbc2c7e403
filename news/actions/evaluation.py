"""Evaluating an event, and telling those who were there that they can."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from news import rules
from news.models import Evaluation, Registration
from news.notices import proof as notices
from news.queries.attendance import attended_sessions, evaluable_since

if TYPE_CHECKING:
    from accounts.models import User

NOT_OPEN = "Evaluasi ini belum dibuka atau sudah ditutup. Belum ada yang disimpan."


def evaluate(registration: Registration, answers: Mapping[str, Any], *, by: User) -> Evaluation:
    """Save the one evaluation of a registration, or change it as long as it is open."""
    with transaction.atomic():
        rows = Registration.objects.select_for_update(of=("self",), no_key=True)
        held = rows.select_related("event", "officer").get(pk=registration.pk)
        if held.officer.user_id != by.pk or not rules.may_be_present(held):
            raise PermissionDenied
        now = timezone.now()
        if not rules.can_evaluate(held.event, attended_sessions(held.pk), now):
            raise ValidationError(NOT_OPEN, code="not_open")
        names = (*Evaluation.RATINGS, *Evaluation.TEXTS)
        values = {name: answers[name] for name in names}
        made, _ = Evaluation.objects.update_or_create(
            registration=held, defaults=values | {"changed_at": now}
        )
    return made


def tell_of_evaluations() -> None:
    """Of each event that has ended and can be evaluated, once, however often this runs."""
    since = timezone.now() - dt.timedelta(days=rules.EVALUATION_DAYS)
    for event in evaluable_since(since):
        with transaction.atomic():
            notices.tell_of_evaluation(event)
