"""`manage.py record_bounce`: reads a mail that came back from stdin, for the pipe of a mail server."""

import sys
from typing import Any, BinaryIO, Final

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError

from notifications.bounces import LONGEST, NotAReportError, read_report, record_report

# As sysexits.h has them, which mail servers understand.
NOT_UNDERSTOOD: Final = 65
TRY_LATER: Final = 75


class Command(BaseCommand):
    help = (
        "Membaca laporan surat yang dipantulkan (RFC 3464) dari masukan baku, dan menjeda alamat "
        "yang tidak dapat dicapai. Untuk pipa server surat."
    )
    requires_system_checks: list[str] = []  # a mail server waits
    stealth_options = ("source",)  # what to read instead, for callers within Python

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ends with 0 (noted or ignored), 65 (no report) or 75 (no database: to be tried again)."""
        source: BinaryIO = options.get("source") or sys.stdin.buffer
        raw = source.read(LONGEST)
        while source.read(LONGEST):  # to the end, or the mail server meets a closed pipe
            pass
        try:
            outcome = record_report(read_report(raw))
        except NotAReportError:
            self.stderr.write("Bukan laporan surat yang dipantulkan.")
            sys.exit(NOT_UNDERSTOOD)
        except (OperationalError, InterfaceError):
            self.stderr.write("Basis data tidak dapat dicapai; coba lagi nanti.")
            sys.exit(TRY_LATER)
        self.stdout.write(outcome.value)
