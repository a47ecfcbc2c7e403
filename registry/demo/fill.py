"""Fills an empty database with the demo: accounts, offices and officers, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pghistory
from django.conf import settings
from django.db import connection, transaction

from accounts.models import User
from epk.lib.text import format_number
from registry.actions import tell_owner
from registry.demo import cast
from registry.demo.dossiers import Archive, Dossier
from registry.demo.offices import Offices
from registry.demo.people import dice
from registry.demo.plan import PUBLISHED_TOTAL, Place, draw_places, neighbours
from registry.demo.saving import analyse, checked_at_once, enter_twice, save_dossiers, save_units
from registry.models import Officer, Region, RegisterCounter, Unit
from registry.regions import OFFICIAL_LIST, load_regions, read_regions

MOST = 100_000
BATCH = 2_000
REASON = "Data peragaan"
RECORDED_TWICE = 25
"""Register number of the officer who has a second record, merged into the first."""
MOVES: tuple[tuple[str, str], ...] = (("11", "32"), ("32", "11"))
"""From which province to which one officer each has moved, for the demo's two Admin Provinsi."""

Progress = Callable[[str], None]


class DemoRefusedError(Exception):
    """The demo may not be filled here; `str(error)` is the sentence that says why."""


def fill_demo(
    *, officers: int = PUBLISHED_TOTAL, on: dt.date, progress: Progress = lambda _line: None
) -> bool:
    """Fill the empty database with so many officers, the same every time.

    `on` dates the regions, should they have to be loaded first. False: the demo was there already,
    and nothing was written.

    Raises:
        DemoRefusedError: without DEMO, or when the database holds records of another origin.
    """
    if not settings.DEMO:
        raise DemoRefusedError(
            "Data peragaan hanya boleh diisikan bila server berjalan dengan DEMO=1."
        )
    if not cast.FEWEST <= officers <= MOST:
        raise DemoRefusedError(
            f"Jumlah petugas harus antara {cast.FEWEST} dan {format_number(MOST)}."
        )
    with transaction.atomic():
        _take_turns()
        if User.objects.filter(email__endswith=cast.DOMAIN).exists():
            return False
        _refuse_real_records()
        regions = _regions(on, progress)  # before the context: an inner one would change its reason
        with pghistory.context(reason=REASON), checked_at_once():
            _fill(officers, regions, progress)
    return True


def _take_turns() -> None:
    """Of two fillings at once the second waits here, and then finds the demo there."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {User._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _refuse_real_records() -> None:
    found = [
        f"{format_number(count)} {model._meta.verbose_name}"
        for model in (User, Unit, Officer)
        if (count := model._default_manager.count())
    ]
    if not found and RegisterCounter.objects.exists():
        found = ["nomor register yang pernah diberikan"]
    if found:
        raise DemoRefusedError(
            f"Basis data ini sudah berisi {', '.join(found)}; data peragaan hanya diisikan ke basis "
            "data yang kosong."
        )


def _fill(count: int, regions: dict[str, Region], progress: Progress) -> None:
    progress("Membuat akun peragaan ...")
    accounts = cast.create_accounts()
    offices = Offices(regions)
    places = draw_places(dice("places", count), count, offices, list(regions))
    cast.take_places(places)
    archive = Archive(offices, regions, neighbours(places))
    for account in cast.ACCOUNTS:
        archive.reserve(account.name, account.nip)
    for start in range(0, count, BATCH):
        batch = list(_draw(places, start, archive, offices, accounts))
        if start == 0:
            _cross_borders(batch, offices)
        save_units(offices)
        save_dossiers(batch)
        if start == 0:
            twice = batch[RECORDED_TWICE - 1]
        if start == 0 or start + BATCH >= count:
            analyse()
        progress(f"{format_number(start + len(batch))} dari {format_number(count)} petugas ...")
    enter_twice(twice)
    siti = Officer.objects.get(user__email=f"siti{cast.DOMAIN}")
    rina = User.objects.get(email=f"rina{cast.DOMAIN}")
    tell_owner(siti, ("Pangkat", "Diklat"), by=rina)  # so that an inbox has something in it


def _cross_borders(dossiers: list[Dossier], offices: Offices) -> None:
    """The first posting of some officers was at the Dinas of another province of the demo."""
    for origin, province in MOVES:
        dinas = offices.dinas(origin)
        for dossier in dossiers:
            if len(dossier.postings) < 2 or dossier.officer.user is not None:
                continue
            first, present = dossier.postings[0], dossier.postings[-1]
            places = {posting.unit.answering_province for posting in dossier.postings}
            stays = places == {province} and present.last_day is None
            if stays and first.first_day >= dinas.founded:
                first.unit = dinas.unit
                break


def _regions(on: dt.date, progress: Progress) -> dict[str, Region]:
    """Every region of the official list by its code, in order; loaded where one is missing."""
    rows = read_regions(OFFICIAL_LIST.read_bytes())
    codes = [row.code for row in rows]
    if Region.objects.filter(code__in=codes).count() < len(codes):
        progress("Memuat provinsi dan kabupaten/kota ...")
        load_regions(rows, on=on)
    known = Region.objects.in_bulk(codes)
    return {code: known[code] for code in codes}


def _draw(
    places: list[Place],
    start: int,
    archive: Archive,
    offices: Offices,
    accounts: dict[str, User],
) -> Iterator[Dossier]:
    members = {member.number: member for member in cast.OFFICERS}
    for number, place in enumerate(places[start : start + BATCH], start + 1):
        rng = dice("officer", number)
        member = members.get(number)
        if member is None:
            yield archive.draw(rng, place)
            continue
        dossier = cast.dossier(member, rng, place, offices)
        dossier.officer.user = accounts[member.account]
        yield dossier
