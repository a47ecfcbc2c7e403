"""Made-up values for the mails of inbox and outbox, shown at /gaya/surat/."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from epk.lib.notices import NOTICE, Kind, kinds

NAME: Final = "Siti Wulandari"
MOMENT: Final = dt.datetime(2018, 5, 7, 9, 30, tzinfo=timezone.get_default_timezone())


def _link(path: str) -> str:
    return f"{settings.SITE_URL}/{path}/"


def _notice(kind: Kind) -> dict[str, Any]:
    facts = dict(kind.sample or {})
    title = facts.pop("title", "Penempatan PMI ke Jepang")
    return {
        "name": NAME,
        "sentence": kind.say(title, facts),
        "title": title,
        "link": _link("contoh"),
        "facts": facts,
        "at": MOMENT,
    }


def _digest() -> dict[str, Any]:
    sections = [
        (
            "Data saya",
            [
                {
                    "sentence": "Admin mengubah data kepegawaian Anda: Pangkat",
                    "link": _link("profil"),
                }
            ],
        ),
        (
            "Forum",
            [
                {"sentence": "3 balasan baru di Kartu AK/I", "link": _link("forum/12")},
                {"sentence": "Balasan baru di Magang ke Jepang", "link": _link("forum/15")},
            ],
        ),
    ]
    return {
        "name": NAME,
        "day": MOMENT.date(),
        "weekly": False,
        "count": 5,
        "sections": sections,
        "more": 2,
        "inbox": _link("notifikasi"),
    }


_STOP: Final = {"unsubscribe": _link("notifikasi/berhenti/contoh")}
_OWN: Final = {kind.template: kind for kind in kinds() if kind.template != NOTICE}
_PLAIN: Final = next(kind for kind in kinds() if kind.template == NOTICE and not kind.fixed)

SAMPLES: Final[dict[str, Any]] = {
    "notifications/mail/digest.txt": _digest,
    "notifications/mail/notice.txt": _notice(_PLAIN),
    "notifications/mail/test.txt": {"written_at": "7 Mei 2018, 09.30 WIB"},
    # Kinds with a template of their own need no more than their declaration.
    **{template: _notice(kind) for template, kind in _OWN.items()},
}
OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "notifications/mail/digest.txt": _STOP,
    "notifications/mail/notice.txt": {**_STOP, "thread": "topik-17"},
    **{
        template: {"thread": "akun-1", **({} if kind.is_required else _STOP)}
        for template, kind in _OWN.items()
    },
}
