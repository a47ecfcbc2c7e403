"""One Admin Provinsi and the other province, whose planted names no answer may ever hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from registry.models import Officer, Unit
from tests.factories import make_officer, make_posting, make_regency, make_unit

TODAY = dt.date.today()
LAST_YEAR = TODAY - dt.timedelta(days=365)


@dataclass(frozen=True)
class Province:
    """One province with a unit, its officer, and a word that stands in all their names."""

    code: str
    planted: str
    nip: str
    unit: Unit
    officer: Officer


@dataclass(frozen=True)
class Side:
    """Who asks, from where, and about whom they must learn nothing."""

    client: Client
    user: User
    own: Province
    other: Province

    def get(self, address: str, query: dict[str, Any] | None = None) -> str:
        """The text of a page that opens, after any redirect; it never names the other side."""
        response = self.client.get(address, query or {}, follow=True)
        assert response.status_code == 200, (address, response.status_code)
        return self.unnamed(response)

    def unnamed(self, response: Any) -> str:
        """The text of a response, checked for every trace of the other province's officer."""
        text: str = response.content.decode().replace("\u00a0", " ")
        held = text + str(response.headers)
        traces = (
            self.other.planted,
            self.other.nip,
            self.other.nip[:8],
            self.other.officer.register_number,
        )
        assert not [trace for trace in traces if trace in held]
        return text


def make_province_side(code: str, region: str, planted: str, nip: str) -> Province:
    """`planted` is the distinctive first name of the officer, and part of the e-mail and bio."""
    unit = make_unit(make_regency(f"{code}.71", region))
    officer = make_officer(
        f"{planted} Sukma", unit=unit, nip=nip, sex="L", birth_place=f"Kota {planted}",
        birth_date=dt.date(int(nip[:4]), int(nip[4:6]), int(nip[6:8])),
        office_email=f"{planted.lower()}@contoh.example", private_phone="0811-1234",
    )  # fmt: skip
    return Province(code, planted, nip, unit, officer)


def move(officer: Officer, unit: Unit, on: dt.date = LAST_YEAR) -> None:
    """The officer's posting ends and another begins on that day."""
    posting = officer.postings.get()
    posting.period = (posting.first_day, on)
    posting.save()
    make_posting(officer, unit, on)


def page(name: str, *keys: object) -> str:
    """The address of a page of the admin, as `page("officer_change", 7)`."""
    return reverse(f"admin:registry_{name}", args=keys)
