"""Jobs are queued with the change they belong to, and their lines in the log name nobody."""

from __future__ import annotations

import logging
import sys

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException, TaskNotFound
from procrastinate.jobs import Job

from epk.lib.jobs import JobLogFormatter, enqueue, forget_ended
from tests.jobs import run_jobs, waiting_jobs

DELIVER = "notifications.jobs.deliver"


@pytest.mark.django_db
def test_a_job_goes_with_a_change_that_is_undone() -> None:
    with transaction.atomic():
        enqueue(DELIVER, lane=1)
        assert len(waiting_jobs(DELIVER)) == 1
        transaction.set_rollback(True)
    assert not waiting_jobs()


@pytest.mark.django_db(transaction=True)
def test_no_worker_sees_a_job_before_the_change_is_final() -> None:
    other = connection.copy()
    query = "SELECT count(*) FROM procrastinate_jobs"

    def seen() -> int:
        with other.cursor() as cursor:
            return int(cursor.execute(query).fetchone()[0])

    try:
        with transaction.atomic():
            enqueue(DELIVER, lane=1)
            assert seen() == 0
        assert seen() == 1
    finally:
        other.close()


@pytest.mark.django_db
def test_an_unknown_job_is_refused_where_it_is_asked_for() -> None:
    with pytest.raises(TaskNotFound):
        enqueue("notifications.jobs.tidak_ada")


@pytest.mark.django_db
def test_jobs_run_in_the_order_they_were_asked_for() -> None:
    for number in (2, 0, 1):
        enqueue(DELIVER, lane=number)
    assert [job.args["lane"] for job in waiting_jobs()] == [2, 0, 1]
    assert run_jobs() == 3
    assert run_jobs() == 0


@pytest.mark.django_db
def test_a_transaction_asks_once_for_the_same_and_separately_for_others() -> None:
    for number in (1, 1, 2, 1):
        enqueue(DELIVER, once=True, lane=number)
    assert [job.args["lane"] for job in waiting_jobs()] == [1, 2]
    run_jobs()
    enqueue(DELIVER, once=True, lane=1)
    assert len(waiting_jobs()) == 1


@pytest.mark.django_db(transaction=True)
def test_what_another_transaction_asks_for_does_not_count() -> None:
    for _ in range(2):
        with transaction.atomic():
            enqueue(DELIVER, once=True, lane=1)
    assert len(waiting_jobs()) == 2


def test_jobs_of_every_app_are_found() -> None:
    assert {"epk.jobs.retry_stalled", DELIVER} <= set(app.tasks)


def ended(status: str, days: int) -> int:
    """A job that came to its end so many days ago, and a minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'x.jobs.y', %s) RETURNING id",
            ['{"nip": "198609262015051001"}'],
        )
        job = int(cursor.fetchone()[0])
        steps = {"todo": [], "cancelled": [status], "doing": [status]}.get(
            status, ["doing", status]
        )
        for step in steps:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [step, job])
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(days => %s, mins => 1)"
            " WHERE job_id = %s",
            [days, job],
        )
    return job


@pytest.mark.django_db
def test_what_waits_runs_or_failed_lately_is_not_forgotten() -> None:
    kept = [ended("todo", 30), ended("doing", 30), ended("failed", 6), ended("aborted", 6)]
    forget_ended()
    assert list(ProcrastinateJob.objects.order_by("pk").values_list("pk", flat=True)) == kept


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["failed", "aborted", "cancelled", "succeeded"])
def test_what_ended_a_week_ago_is_forgotten(status: str) -> None:
    ended(status, 7)
    app.tasks["epk.jobs.forget_old"].func(timestamp=1)
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize(
    "name", ["accounts.jobs.send_password_link", "registry.jobs.send_activation"]
)
def test_a_job_that_sends_a_link_is_tried_again(name: str) -> None:
    task = app.tasks[name]

    def again(attempts: int) -> bool:
        job = Job(id=1, queue="x", lock=None, queueing_lock=None, task_name=name, attempts=attempts)
        return task.get_retry_exception(OSError(), job) is not None

    assert [again(attempts) for attempts in range(5)] == [True, True, True, False, False]


def record(error: BaseException | None, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord(
        "procrastinate.worker", logging.ERROR, "x", 1, "Job x(nip=198609262015051001)", (), None
    )
    if error is not None:
        try:
            raise error
        except type(error):
            made.exc_info = sys.exc_info()
    for name, value in extra.items():
        setattr(made, name, value)
    return made


def test_the_log_names_the_job_and_the_place_but_no_argument() -> None:
    job = {
        "task_name": "accounts.jobs.invite",
        "id": 7,
        "task_kwargs": {"nip": "198609262015051001"},
    }
    error = ValueError("198609262015051001 is not an officer")
    line = JobLogFormatter().format(record(error, action="job_error", job=job))
    assert "ERROR procrastinate.worker: job_error accounts.jobs.invite[7]" in line
    assert "ValueError" in line
    assert "test_jobs.py" in line
    assert "198609262015051001" not in line


def test_a_lost_database_is_one_line() -> None:
    error = ConnectorException("away")
    line = JobLogFormatter().format(record(error, action="side_task_failed", task_name="listener"))
    assert "side_task_failed listener ConnectorException" in line
    assert "\n" not in line
