"""What the news board does by the calendar: telling, reminding, checking links, certificates."""

from django.utils import timezone
from procrastinate.contrib.django import app

from epk.lib.jobs import FEW_TRIES
from news.actions import (
    announcing,
    certificates,
    comment_keeping,
    evaluation,
    link_checks,
    registrations,
    reminding,
)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="news.jobs.announce")
def announce(timestamp: int) -> None:  # noqa: ARG001
    """Each minute: officers are told of what has come out. Coming out itself needs no job."""
    announcing.announce_published()


@app.periodic(cron="23 20 * * 0")
@app.task(queueing_lock="news.jobs.check_links")
def check_links(timestamp: int = 0) -> None:  # noqa: ARG001
    """Once a week, Monday at 3.23 WIB, and when an editor asks for it."""
    link_checks.check_links()


@app.periodic(cron="23 19 * * *")
@app.task(queueing_lock="news.jobs.forget_ended_comments")
def forget_ended_comments(timestamp: int) -> None:  # noqa: ARG001
    """Once a night, at 2.23 WIB: comments that nobody confirmed, addresses that serve nothing."""
    comment_keeping.forget_ended()


@app.periodic(cron="30 1 * * *")
@app.task(queueing_lock="news.jobs.remind_of_events")
def remind_of_events(timestamp: int) -> None:  # noqa: ARG001
    """Once a day, at 8.30 WIB: who has a seat at an event that begins tomorrow is told."""
    registrations.remind(timezone.now())


@app.task(retry=FEW_TRIES)
def draw_certificate(*, certificate_id: int) -> None:
    """The file of one certificate, after it was issued."""
    certificates.draw_certificate(certificate_id)


@app.periodic(cron="21 * * * *")
@app.task(queueing_lock="news.jobs.tell_of_evaluations")
def tell_of_evaluations(timestamp: int) -> None:  # noqa: ARG001
    """Every hour: whoever was at an event that has ended can evaluate it."""
    evaluation.tell_of_evaluations()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="news.jobs.tell_of_circulars")
def tell_of_circulars(timestamp: int) -> None:  # noqa: ARG001
    """Each minute: circulars whose moment has come."""
    reminding.tell_of_circulars()


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="news.jobs.remind_of_circulars")
def remind_of_circulars(timestamp: int) -> None:  # noqa: ARG001
    """Each hour: readers who have not acknowledged 3 and 7 days after they were told."""
    reminding.remind_of_circulars()
