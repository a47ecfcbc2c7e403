"""What the forum does by the calendar: overdue consultations, answers that have run out."""

from django.utils import timezone
from procrastinate.contrib.django import app

from forum.actions import answers, consultation


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="forum.jobs.pass_on_overdue")
def pass_on_overdue(timestamp: int) -> None:  # noqa: ARG001
    """Every hour: what is overdue, what nobody was there for, a word to those who are near it."""
    consultation.pass_on_overdue()
    consultation.offer_again()
    consultation.remind_due()


@app.periodic(cron="13 22 * * *")
@app.task(queueing_lock="forum.jobs.tell_of_reviews")
def tell_of_reviews(timestamp: int) -> None:  # noqa: ARG001
    """Once a day, at 5.13 WIB: verified answers that have run out go back to the Pembina."""
    answers.tell_of_reviews(timezone.localdate())
