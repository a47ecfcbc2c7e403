"""Jobs: consultations that nobody answered in time go to the next."""

from procrastinate.contrib.django import app

from forum.actions import consultation


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="forum.jobs.pass_on_overdue")
def pass_on_overdue(timestamp: int) -> None:  # noqa: ARG001
    """Every hour: what is overdue first, then a word to those who are near it."""
    consultation.pass_on_overdue()
    consultation.remind_due()
