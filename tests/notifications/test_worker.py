"""A real worker process: killed while it sends, given a job that fails, told to stop."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.models import Mail
from tests.mail_server import MailServer
from tests.processes import Program, own_folder, wait_for

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

SITI = "siti@contoh.example"
SECRET_KEY = "only-for-tests-only-for-tests-only-for-tests"


def database_address() -> str:
    place = connection.settings_dict
    who = quote(place["USER"]) + (f":{quote(place['PASSWORD'])}" if place["PASSWORD"] else "")
    host = quote(str(place["HOST"]), safe="")
    return f"postgresql://{who}@{host}:{place['PORT'] or 5432}/{quote(place['NAME'])}"


@pytest.fixture
def start(smtp: MailServer, checkout_root: Path) -> Iterator[Callable[[], Program]]:
    """Starts a worker on the test's database, with the test's mail server."""
    programs: list[Program] = []
    environment = {
        "DATABASE_URL": database_address(),
        "EMAIL_URL": smtp.address,
        "DEMO": "1",
        "SECRET_KEY": SECRET_KEY,
        "PYTHONPATH": str(checkout_root),
    }
    with own_folder() as folder:
        (folder / "at").mkdir()

        def worker() -> Program:
            command = [sys.executable, str(checkout_root / "manage.py"), "worker"]
            program = Program(command, folder / "at", **environment)
            programs.append(program)
            return program

        yield worker
        for program in programs:
            program.process.kill()
            program.process.wait()


def write(subject: str = "Halo") -> Mail:
    send_mail(subject, "Isi.", "Portal <portal@contoh.example>", [SITI])
    return Mail.objects.latest("id")


def until(condition: Callable[[], bool], program: Program, seconds: float = 30) -> None:
    def story() -> str:
        jobs = list(ProcrastinateJob.objects.values_list("task_name", "status", "attempts"))
        mails = list(Mail.objects.values_list("state", "attempts", "last_error"))
        return f"{jobs} {mails} {program.output}"

    wait_for(condition, seconds, story)


def state_of(mail: Mail) -> str:
    return str(Mail.objects.values_list("state", flat=True).get(pk=mail.pk))


def stop(program: Program) -> None:
    """Told to stop it ends with 0; one that has only just been started is let begin first."""
    wait_for(lambda: program.catches(signal.SIGTERM), 30, lambda: program.output)
    program.process.send_signal(signal.SIGTERM)
    assert program.process.wait(10) == 0, program.output


def caught_sending(smtp: MailServer, start: Callable[[], Program]) -> tuple[Mail, Program]:
    """A mail that the server has received and not yet answered, and the worker that waits."""
    smtp.answers.clear()
    mail = write()
    program = start()
    until(lambda: len(smtp.letters) == 1, program)
    return mail, program


def age_heartbeats() -> None:
    """What half a minute would do to a worker that is dead; no living one is left by then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )


def tick() -> None:
    """What the clock asks for each minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'epk.jobs.retry_stalled', '{\"timestamp\": 1}', 'todo')"
        )


def test_mails_are_sent_in_order_and_their_jobs_removed(
    smtp: MailServer, start: Callable[[], Program]
) -> None:
    mails = [write(f"Surat {number}") for number in range(8)]
    program = start()
    until(lambda: all(state_of(mail) == "terkirim" for mail in mails), program)
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.jobs.deliver")
    until(lambda: not jobs.exists(), program)
    stop(program)
    assert [letter.subject for letter in smtp.letters] == [m.subject for m in mails]
    assert program.output == ""


def test_killed_while_sending_it_repeats_once_under_the_same_message_id(
    smtp: MailServer, start: Callable[[], Program]
) -> None:
    mail, first = caught_sending(smtp, start)
    first.process.kill()
    first.process.wait()
    smtp.answers.set()
    assert state_of(mail) == "menunggu"
    Mail.objects.update(next_try=timezone.now())  # it was put off for a minute beforehand
    age_heartbeats()
    tick()
    second = start()
    until(lambda: state_of(mail) == "terkirim", second)
    tick()
    until(lambda: not ProcrastinateJob.objects.exclude(status="failed").exists(), second)
    stop(second)
    assert len(smtp.letters) == 2
    assert len({letter.message_id for letter in smtp.letters}) == 1
    assert Mail.objects.get(pk=mail.pk).attempts == 2


def test_a_poison_job_is_set_aside_and_the_queue_goes_on(
    smtp: MailServer, start: Callable[[], Program]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES"
            " ('default', 'notifications.jobs.deliver', '{\"nip\": \"198609262015051001\"}', 'todo'),"
            " ('default', 'registry.jobs.tidak_ada', '{\"nip\": \"198609262015051001\"}', 'todo')"
        )
    mail = write()
    program = start()
    until(lambda: state_of(mail) == "terkirim", program)
    failed = ProcrastinateJob.objects.filter(status="failed")
    until(lambda: failed.count() == 2, program)
    stop(program)
    assert len(smtp.letters) == 1
    assert "job_error notifications.jobs.deliver[" in program.output
    assert "198609262015051001" not in program.output


def test_a_job_that_takes_its_worker_with_it_is_set_aside(start: Callable[[], Program]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts) VALUES"
            " ('default', 'notifications.jobs.deliver', '{\"lane\": 1}', 'doing', 2),"
            " ('default', 'notifications.jobs.deliver', '{\"lane\": 2}', 'doing', 0)"
        )
    tick()
    program = start()
    deliveries = ProcrastinateJob.objects.filter(task_name="notifications.jobs.deliver")
    until(lambda: [job.status for job in deliveries.all()] == ["failed"], program)
    stop(program)
    assert deliveries.get().args == {"lane": 1}


def test_what_waits_already_is_not_put_back_beside_it(start: Callable[[], Program]) -> None:
    """A periodic job whose worker died, while the next one of its kind is in the queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs"
            " (queue_name, task_name, args, status, queueing_lock, scheduled_at) VALUES"
            " ('default', 'notifications.jobs.sweep', '{\"timestamp\": 1}', 'doing', 'sweep', NULL),"
            " ('default', 'notifications.jobs.sweep', '{\"timestamp\": 2}', 'todo', 'sweep',"
            " now() + interval '1 day'),"
            " ('default', 'notifications.jobs.deliver', '{\"lane\": 1}', 'doing', NULL, NULL)"
        )
    tick()
    program = start()
    begun = ProcrastinateJob.objects.filter(status="doing", worker=None)
    until(lambda: not begun.exists(), program)
    stop(program)
    sweeps = ProcrastinateJob.objects.filter(task_name="notifications.jobs.sweep")
    assert [job.args for job in sweeps] == [{"timestamp": 2}]
    assert not ProcrastinateJob.objects.filter(status="failed").exists()
    assert "UniqueViolation" not in program.output


def test_two_looks_at_what_stalled_do_not_trip_over_each_other(
    start: Callable[[], Program],
) -> None:
    """Both find the same jobs; whoever is second finds them put back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " SELECT 'default', 'notifications.jobs.deliver', '{\"lane\": 1}', 'doing'"
            " FROM generate_series(1, 200)"
        )
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " SELECT 'default', 'epk.jobs.retry_stalled', '{\"timestamp\": 1}', 'todo'"
            " FROM generate_series(1, 4)"
        )
    program = start()
    begun = ProcrastinateJob.objects.filter(status__in=["doing", "todo"], scheduled_at=None)
    until(lambda: not begun.exists(), program, 60)
    stop(program)
    assert not ProcrastinateJob.objects.filter(status="failed").exists()
    assert "job_error" not in program.output


def test_a_mail_is_not_sent_before_its_change_is_final(
    smtp: MailServer, start: Callable[[], Program]
) -> None:
    marker = write("Pertama")
    program = start()
    until(lambda: state_of(marker) == "terkirim", program)
    with transaction.atomic():
        write("Batal")
        time.sleep(1)
        transaction.set_rollback(True)
    last = write("Terakhir")
    until(lambda: state_of(last) == "terkirim", program)
    stop(program)
    assert [letter.subject for letter in smtp.letters] == ["Pertama", "Terakhir"]


def test_told_to_stop_it_finishes_what_it_has_begun(
    smtp: MailServer, start: Callable[[], Program]
) -> None:
    mail, program = caught_sending(smtp, start)
    program.process.send_signal(signal.SIGTERM)
    timer = threading.Timer(1, smtp.answers.set)
    timer.start()
    assert program.process.wait(8) == 0, program.output
    assert state_of(mail) == "terkirim"


def test_told_to_stop_it_does_not_wait_for_ever(
    smtp: MailServer, start: Callable[[], Program]
) -> None:
    mail, program = caught_sending(smtp, start)
    begun = time.monotonic()
    program.process.send_signal(signal.SIGTERM)
    assert program.process.wait(12) == 0
    assert time.monotonic() - begun < 10
    assert state_of(mail) == "menunggu"


def test_two_workers_share_the_queue_and_repeat_nothing(
    smtp: MailServer, start: Callable[[], Program]
) -> None:
    mails = [write(f"Surat {number}") for number in range(40)]
    programs = [start(), start()]
    until(lambda: not Mail.objects.exclude(state="terkirim").exists(), programs[0], 60)
    for program in programs:
        stop(program)
    assert len(smtp.letters) == len({letter.message_id for letter in smtp.letters}) == len(mails)


def test_connections_that_were_cut_are_made_anew(
    smtp: MailServer, start: Callable[[], Program]
) -> None:
    program = start()
    mail = write()
    until(lambda: state_of(mail) == "terkirim", program)
    # A job that is cut off in the middle waits for the one that looks for such: another test.
    until(lambda: not ProcrastinateJob.objects.filter(status="doing").exists(), program)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    second = write("Sesudah")
    until(lambda: state_of(second) == "terkirim", program)
    stop(program)


def test_without_a_database_it_says_so_and_ends(checkout_root: Path) -> None:
    with own_folder() as folder:
        (folder / "at").mkdir()
        command = [sys.executable, str(checkout_root / "manage.py"), "worker"]
        program = Program(
            command,
            folder / "at",
            DATABASE_URL="postgresql://u:rahasia@127.0.0.1:1/epk",
            DEMO="1",
            SECRET_KEY=SECRET_KEY,
        )
        assert program.process.wait(20) == 1
        assert "kehilangan basis data" in program.output
        assert "Traceback" not in program.output
        assert "rahasia" not in program.output
