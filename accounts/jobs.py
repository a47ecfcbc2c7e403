"""What is done after the answer: looking an account up and writing to it, whether it exists or not."""

from django.core.management import call_command
from procrastinate.contrib.django import app

from accounts import actions
from accounts.models import User
from epk.lib.jobs import FEW_TRIES


@app.task(retry=FEW_TRIES)
def send_password_link(*, login: str) -> None:
    """For an e-mail address or a NIP as it was typed; nothing where there is no such account."""
    user = User.objects.named(login)
    if user is not None and user.is_active:
        actions.send_password_link(user)


@app.periodic(cron="41 19 * * *")
@app.task(queueing_lock="accounts.jobs.clear_ended")
def clear_ended(timestamp: int) -> None:  # noqa: ARG001
    """Once a night, at 2.41 WIB: sessions and changes of address that have run out."""
    call_command("clearsessions")
    actions.clear_ended()
