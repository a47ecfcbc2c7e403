"""Jobs of the outbox: deliver one mail, look for forgotten ones, empty old ones."""

from procrastinate.contrib.django import app

from notifications.actions import empty_old_texts, enqueue_forgotten
from notifications.delivery import deliver_mail


@app.task
def deliver(*, mail_id: int) -> None:
    """Tries again by itself: the next try is a new job, written with the mail's new state."""
    deliver_mail(mail_id)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="notifications.jobs.find_forgotten")
def find_forgotten(timestamp: int) -> None:  # noqa: ARG001
    enqueue_forgotten()


@app.periodic(cron="23 19 * * *")
@app.task(queueing_lock="notifications.jobs.empty_old")
def empty_old(timestamp: int) -> None:  # noqa: ARG001
    """Once a night, at 2.23 WIB."""
    empty_old_texts()
