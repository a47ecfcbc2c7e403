"""Work for the background worker: put in the queue with the change it belongs to.

Any app defines jobs in its `jobs.py`, which is found without being listed anywhere:

    from procrastinate.contrib.django import app

    @app.task
    def count_visits(*, day: str) -> None: ...

and asks for one from an action, by its dotted name:

    enqueue("registry.jobs.count_visits", day="2026-11-24")

A job may run twice (its worker was killed) and long after the change: it looks at the rows again.
Its arguments are numbers and short texts, kept in a table until it has succeeded, or for a week
after it has failed.
"""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from typing import Final

from django.db import connection, transaction
from procrastinate import sql
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.manager import JobManager
from procrastinate.retry import RetryStrategy
from procrastinate.utils import utcnow

FEW_TRIES: Final = RetryStrategy(max_attempts=3, wait=10, linear_wait=30)
"""For a job that somebody waits for: one fault must not lose it. Again after 10, 40, 70 seconds."""
KEPT: Final = dt.timedelta(days=7)
"""How long the arguments of a job that has failed are kept, for somebody to look at it."""
_queue: Final = JobManager(DjangoConnector())


def enqueue(
    name: str, *, at: dt.datetime | None = None, once: bool = False, **arguments: int | str
) -> None:
    """Put a job into the queue, in the transaction of the caller; `at` says not before when.

    With `once` a transaction that asks for the very same again gets no second one. What others
    have asked for does not count: their job may have run before this change is final.

    Procrastinate's own `defer` would use another connection while a worker runs, and a job asked
    for by a job could start before the rows it needs are there.
    """
    mark = None
    if once:
        asked = ",".join(f"{key}={arguments[key]}" for key in sorted(arguments))
        mark, there = _mark(f"{name} {asked} {at or ''} ")
        if there:
            return
    deferrer = app.configure_task(name, allow_unknown=False, schedule_at=at, queueing_lock=mark)
    deferrer.job_manager = _queue
    deferrer.defer(**arguments)


def _mark(asked: str) -> tuple[str, bool]:
    """A name for this request in this transaction, and whether a job of that name waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mark, EXISTS (SELECT FROM procrastinate_jobs"
            " WHERE queueing_lock = mark AND status = 'todo')"
            " FROM (SELECT %s || pg_current_xact_id()::text AS mark) AS asked",
            [asked],
        )
        mark, there = cursor.fetchone()
    return str(mark), bool(there)


def run_again(job_id: int) -> bool:
    """Put a job that has failed back into the queue; False for others, or where its like waits."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE",
            [job_id],
        )
        if cursor.fetchone() is None:
            return False
        try:
            with transaction.atomic():
                _queue.retry_job_by_id(job_id, retry_at=utcnow())
        except UniqueViolation:  # another waits under the same lock, and does the same work
            return False
    return True


def discard(job_id: int) -> bool:
    """Forget a job that has failed, was stopped or cancelled; False for others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs"
            " WHERE id = %s AND status IN ('failed', 'aborted', 'cancelled')",
            [job_id],
        )
        return bool(cursor.rowcount)


def forget_ended() -> None:
    """Delete the jobs that ended a week ago or earlier: their arguments may name a person."""
    # What the library's `delete_old_jobs` asks; that one can only be awaited.
    _queue.connector.get_sync_connector().execute_query(
        query=sql.queries["delete_old_jobs"],
        nb_hours=int(KEPT.total_seconds()) // 3600,
        queue=None,
        statuses=["succeeded", "failed", "cancelled", "aborted"],
    )


class JobLogFormatter(logging.Formatter):
    """Lines about jobs without their arguments or the texts of errors: both may name a person."""

    def format(self, record: logging.LogRecord) -> str:
        job = getattr(record, "job", None) or {}
        what = [getattr(record, "action", record.name)]
        if job:
            what.append(f"{job.get('task_name')}[{job.get('id')}]")
        elif hasattr(record, "task_name"):
            what.append(str(record.task_name))
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {' '.join(what)}"
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return line
        if isinstance(error, ConnectorException):  # the database is away: no place of ours matters
            return f"{line} {type(error).__name__}"
        places = "".join(traceback.format_tb(error.__traceback__))
        return f"{line}\n{places}{type(error).__name__}"
