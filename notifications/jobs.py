"""Jobs of the outbox: hand over the mails of a lane, look for forgotten ones, empty old ones."""

from procrastinate.contrib.django import app

from notifications.actions import empty_old_texts
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
