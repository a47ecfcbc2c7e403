"""What is done after the answer: looking an account up and writing to it, whether it exists or not."""

from procrastinate.contrib.django import app

from accounts import actions
from accounts.models import User


@app.task
def send_password_link(*, login: str) -> None:
    """For an e-mail address or a NIP as it was typed; nothing where there is no such account."""
    user = User.objects.named(login)
    if user is not None and user.is_active:
        actions.send_password_link(user)
