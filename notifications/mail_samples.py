"""Made-up values for each mail of the outbox itself, shown at /gaya/surat/."""

from typing import Final

SAMPLES: Final = {"notifications/mail/test.txt": {"written_at": "7 Mei 2018, 09.30 WIB"}}
