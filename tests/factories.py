"""Makes valid records for tests; every value can be overridden, nothing is hidden."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.models import RoleGrant, User
from registry.models import (
    Expertise,
    JenjangRecord,
    Officer,
    OfficerExpertise,
    PangkatRecord,
    Posting,
    Region,
    StatusRecord,
    Unit,
)

PASSWORD = "demo-pengantar-kerja"
_sequence = itertools.count(1)


def make_province(code: str = "32", name: str = "Jawa Barat", **fields: Any) -> Region:
    region, _ = Region.objects.get_or_create(
        code=code, defaults={"name": name, "level": Region.Level.PROVINSI, **fields}
    )
    return region


def make_regency(code: str = "32.12", name: str = "Kabupaten Indramayu", **fields: Any) -> Region:
    level = Region.Level.KOTA if name.startswith("Kota") else Region.Level.KABUPATEN
    region, _ = Region.objects.get_or_create(
        code=code, defaults={"name": name, "level": level, "parent_id": code[:2], **fields}
    )
    return region


def make_unit(region: Region | None = None, **fields: Any) -> Unit:
    if region is None and fields.get("tier") not in {"pusat", "lembaga"}:
        make_province()
        region = make_regency()
    tier = Unit.Tier.PROVINSI if region and region.is_province else Unit.Tier.KABUPATEN_KOTA
    place = region.short_name if region else "Pusat"
    return Unit.objects.create(
        **{
            "name": f"Dinas Tenaga Kerja {region.name if region else 'Pusat'}",
            "short_name": f"Disnaker {place}",
            "tier": tier,
            "region": region,
            **fields,
        }
    )


def make_nip(
    birth_date: dt.date = dt.date(1986, 9, 26), sex: str = "P", year: int = 2015, month: int = 1
) -> str:
    """A NIP that agrees with these facts; each call gives another sequence number."""
    number = next(_sequence) % 999 + 1
    return f"{birth_date:%Y%m%d}{year:04}{month:02}{1 if sex == 'L' else 2}{number:03}"


def make_officer(
    name: str = "Wulan Sari",
    *,
    unit: Unit | None = None,
    jenjang: str | None = "ahli_muda",
    golongan: str | None = "III/c",
    status: str = "aktif",
    since: dt.date = dt.date(2015, 1, 1),
    expertise: tuple[str, ...] = (),
    **fields: Any,
) -> Officer:
    """An officer in service since a day, posted to `unit` in `jenjang` unless that is None."""
    birth_date = fields.setdefault("birth_date", dt.date(1986, 9, 26))
    sex = fields.setdefault("sex", "P")
    if "nip" not in fields:
        fields["nip"] = make_nip(birth_date, sex)
    officer = Officer.objects.create(name=name, **fields)
    officer.refresh_from_db()
    StatusRecord.objects.create(officer=officer, status=status, since=since)
    if jenjang:
        JenjangRecord.objects.create(officer=officer, jenjang=jenjang, since=since)
    if golongan:
        PangkatRecord.objects.create(officer=officer, golongan=golongan, since=since)
    if unit is not None:
        make_posting(officer, unit, since, jenjang=jenjang or "ahli_muda")
    for label in expertise:
        item, _ = Expertise.objects.get_or_create(
            code=label.lower().replace(" ", "-"), defaults={"name": label}
        )
        OfficerExpertise.objects.create(officer=officer, expertise=item)
    return officer


def make_posting(
    officer: Officer, unit: Unit, start: dt.date, end: dt.date | None = None, **fields: Any
) -> Posting:
    """A posting over `[start, end)`; no end means it lasts."""
    return Posting.objects.create(
        **{
            "officer": officer,
            "unit": unit,
            "jenjang": "ahli_muda",
            "period": DateRange(start, end),
            **fields,
        }
    )


def make_user(email: str, name: str, *roles: str, province: str = "", **fields: Any) -> User:
    """An account with these roles in force; `province` is the scope of an Admin Provinsi."""
    fields.setdefault("activated_at", timezone.now())
    user = User(email=email, name=name, **fields)
    user.password = _hashed()
    user.save()
    for role in roles:
        RoleGrant.objects.create(
            user=user,
            role=role,
            province_code=province if role == RoleGrant.Role.ADMIN_PROVINSI else "",
            valid_from=dt.date(2024, 1, 1),
        )
    return user


def as_of_today(officer: Officer) -> Officer:
    """The officer as the pages load it: with what holds today joined."""
    return Officer.objects.as_of(dt.date.today()).for_page().get(pk=officer.pk)


def _hashed() -> str:
    return make_password(PASSWORD)
