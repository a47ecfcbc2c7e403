"""`manage.py send_test_email ADDRESS`: does mail leave the portal?"""

import sys
import time
import uuid
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from epk.lib.dates import format_datetime
from epk.lib.mail import send
from notifications.models import Mail, Outage

SECONDS: Final = 20


class Command(BaseCommand):
    help = "Mengirim surat uji lewat antrean dan menunggu sampai pekerja latar mengirimnya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="alamat e-mail penerima")
        parser.add_argument(
            "--wait", type=int, default=SECONDS, help=f"detik menunggu (biasanya {SECONDS})"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        key = f"test-{uuid.uuid4()}"
        now = format_datetime(timezone.now(), timezone.get_current_timezone())
        try:
            send("notifications/mail/test.txt", {"written_at": now}, to=options["address"], key=key)
        except ValueError as error:
            raise CommandError("Alamat itu bukan satu alamat e-mail.") from error
        mail = Mail.objects.get(event_key=key)
        self.stdout.write(f"Surat uji untuk {mail.recipient} masuk antrean.")
        deadline = time.monotonic() + options["wait"]
        while time.monotonic() < deadline and not (mail.sent_at or _trouble(mail)):
            time.sleep(0.2)
            mail.refresh_from_db()
        if not mail.sent_at:
            reason = _trouble(mail) or "pekerja latar belum mengambilnya."
            self.stderr.write(f"Belum terkirim: {reason}")
            sys.exit(1)
        self.stdout.write("Terkirim.")


def _trouble(mail: Mail) -> str:
    """Why this mail, or any, cannot be sent now, as far as is known."""
    return mail.last_error or Outage.objects.values_list("last_error", flat=True).first() or ""
