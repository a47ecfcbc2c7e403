"""Jobs: hand over the mails of a lane, write those that are due, sweep what is old."""

from procrastinate.contrib.django import app

from notifications.actions import compose_due, empty_old_texts, sweep_inbox
from notifications.delivery import drain, look_after_lanes


@app.task
def deliver(*, lane: int) -> None:
    """Asks for itself again where more is due, now or later."""
    drain(lane)


@app.periodic(cron="* * * * * */15")  # the last is seconds
@app.task(queueing_lock="notifications.jobs.find_forgotten")
def find_forgotten(timestamp: int) -> None:  # noqa: ARG001
    look_after_lanes()


@app.periodic(cron="23 19 * * *")
@app.task(queueing_lock="notifications.jobs.empty_old")
def empty_old(timestamp: int) -> None:  # noqa: ARG001
    """Once a night, at 2.23 WIB."""
    empty_old_texts()


@app.task
def compose() -> None:
    """Asked for by an event that somebody wants to hear of at once."""
    compose_due()


@app.periodic(cron="* * * * * */15")
@app.task(queueing_lock="notifications.jobs.compose_regularly")
def compose_regularly(timestamp: int) -> None:  # noqa: ARG001
    """Digests, mails that waited for the end of quiet hours, and what a killed worker left."""
    compose_due()


@app.periodic(cron="41 19 * * *")
@app.task(queueing_lock="notifications.jobs.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001
    """Once a night, at 2.41 WIB."""
    sweep_inbox()
