"""The mail backend of Django: what any code sends becomes a row of the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from notifications.actions import write_mail


class OutboxBackend(BaseEmailBackend):
    """Takes mails in the caller's transaction; `settings.MAIL_DELIVERY` says where they go then.

    `fail_silently` changes nothing: a mail server that is away cannot fail here, and a fault in
    the mail itself is one of the code.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                write_mail(message)
        return len(email_messages)
