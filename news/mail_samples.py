"""Made-up values for each mail of the news board, shown at /gaya/surat/."""

from __future__ import annotations

from typing import Any, Final

from news.links import DAYS, confirm_link


def _comment() -> dict[str, Any]:
    return {
        "title": "Pemutakhiran data penempatan semester II",
        "link": confirm_link(17),
        "days": DAYS,
    }


SAMPLES: Final = {"news/mail/comment_confirm.txt": _comment}
