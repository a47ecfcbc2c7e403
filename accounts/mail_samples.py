"""Made-up values for each mail about an account, shown at /gaya/surat/."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from accounts.models import RoleGrant, User

NAME: Final = "Siti Wulandari"


def _link(path: str) -> dict[str, Any]:
    link = f"{settings.SITE_URL}/akun/{path}/MTc/contoh-{'0' * 32}/"
    return {"name": NAME, "link": link, "days": 3}


def _change(side: str) -> dict[str, Any]:
    return _link(f"e-mail/konfirmasi/{side}") | {"new_email": "siti.baru@contoh.example"}


def _now(**values: Any) -> dict[str, Any]:
    moment = dt.datetime(2018, 5, 7, 9, 30, tzinfo=timezone.get_default_timezone())
    return {"name": NAME, "now": moment, **values}


def _role(**values: Any) -> dict[str, Any]:
    grant = RoleGrant(
        role=RoleGrant.Role.ADMIN_PROVINSI,
        province_code="32",
        valid_from=dt.date(2018, 5, 7),
        valid_until=dt.date(2020, 12, 31),
        reason="Menggantikan pejabat yang pensiun",
    )
    return {"name": NAME, "by": User(name="Rina Hartati"), "grant": grant, **values}


SAMPLES: Final = {
    "accounts/mail/activation.txt": lambda: _link("aktivasi"),
    "accounts/mail/already_active.txt": lambda: _link("kata-sandi"),
    "accounts/mail/email_change_baru.txt": lambda: _change("baru"),
    "accounts/mail/email_change_lama.txt": lambda: _change("lama"),
    "accounts/mail/email_changed.txt": {"name": NAME, "new_email": "siti.baru@contoh.example"},
    "accounts/mail/password_changed.txt": _now,
    "accounts/mail/password_link.txt": lambda: _link("kata-sandi"),
    "accounts/mail/role_changed.txt": lambda: _role(new=True),
    "accounts/mail/role_removed.txt": _role,
    "accounts/mail/second_factor_removed.txt": lambda: _now(by=User(name="Rina Hartati")),
    "accounts/mail/security_notice.txt": lambda: _now(
        sentence="Kunci keamanan ditambahkan pada akun Anda."
    ),
    "accounts/mail/superuser_changed.txt": lambda: _now(
        by=User(name="Rina Hartati"), given=True, reason="Surat tugas Nomor 12/2026"
    ),
}
