"""The queue of jobs in a test: run what waits, without a worker, in the test's own transaction."""

from __future__ import annotations

import inspect

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

MOST_ROUNDS = 20


def run_jobs(*, later: bool = False) -> int:
    """Run the jobs that are due, and those they ask for, until none is left; says how many.

    `later` runs, once, what waits for a later moment instead. A job that fails raises here.
    """
    if later:
        return _run_round(Q(scheduled_at__gt=timezone.now()))
    count = 0
    for _ in range(MOST_ROUNDS):
        done = _run_round(Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=timezone.now()))
        if not done:
            return count
        count += done
    raise AssertionError("jobs ask for jobs without end")


def waiting_jobs(name: str = "") -> list[ProcrastinateJob]:
    """What is in the queue, all of it or one task's, in the order in which a worker takes it."""
    waiting = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "id")
    return list(waiting.filter(task_name=name) if name else waiting)


def empty_queue() -> None:
    """Forget the jobs of what was done before the part that a test is about."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_workers RESTART IDENTITY CASCADE"
        )


def _run_round(due: Q) -> int:
    rows = list(ProcrastinateJob.objects.filter(due, status="todo").order_by("-priority", "id"))
    for row in rows:
        task = app.tasks[row.task_name]
        assert not inspect.iscoroutinefunction(task.func), f"{task.name} needs a worker"
        _delete(row.pk)  # first, as a worker takes it out: the job may ask for itself again
        task.func(**row.args)
    return len(rows)


def _delete(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
