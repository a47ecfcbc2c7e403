"""How the queue of jobs stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from procrastinate.contrib.django.models import ProcrastinateJob


@dataclass(frozen=True)
class JobPulse:
    """Jobs that could run now and since when the oldest of them could, and those set aside."""

    waiting: int
    due_since: dt.datetime | None
    failed: int


def pulse_of_jobs(now: dt.datetime) -> JobPulse:
    """Two queries; a job is due from its time on, or since it was asked for."""
    due = ProcrastinateJob.objects.filter(
        Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=now), status="todo"
    )
    asked = Min(Coalesce("scheduled_at", "procrastinateevent__at"))
    found = due.aggregate(waiting=Count("pk", distinct=True), due_since=asked)
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    return JobPulse(failed=failed, **found)
