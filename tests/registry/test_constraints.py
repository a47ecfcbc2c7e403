"""What the database itself refuses, whatever path a row comes by."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from registry.actions import AT_ONCE, NIP_TAKEN, OVERLAP, change
from registry.models import Officer, Posting, Region, StatusRecord, Training, Unit
from tests.factories import make_nip, make_officer, make_posting, make_unit


def refuses(constraint: str) -> Any:
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"nip": "12345"}, "officer_nip_"),
        ({"nip": "19860926201505200A"}, "officer_nip_well_formed"),
        ({"nip": "198609262015052000"}, "officer_nip_well_formed"),
        ({"nip": "198609262015053001"}, "officer_nip_"),
        ({"nip": "198609262015132001"}, "officer_nip_names_a_month_of_appointment"),
        ({"nip": "198609272015052001"}, "officer_nip_agrees_with_birth_date"),
        ({"nip": "198609262015051001"}, "officer_nip_agrees_with_sex"),
        ({"employment": "non_asn"}, "officer_nip_only_for_civil_servants"),
    ],
)
def test_officer(db: None, fields: dict[str, Any], constraint: str) -> None:
    values = {"nip": make_nip(), "birth_date": dt.date(1986, 9, 26), "sex": "P"} | fields
    with refuses(constraint):
        Officer.objects.create(name="Salah", **values)


def test_pppk_number_with_any_two_digits_for_the_contract(db: None) -> None:
    nip = "198609262023212005"
    officer = make_officer("Pegawai Kontrak", nip=nip, employment="pppk")
    assert Officer.objects.get(pk=officer.pk).nip == nip


def test_nip_is_unique(db: None) -> None:
    first = make_officer()
    with refuses("nip"):
        make_officer("Orang Lain", nip=first.nip)


def test_officer_is_not_merged_into_itself(db: None) -> None:
    officer = make_officer()
    with refuses("officer_not_merged_into_itself"):
        Officer.objects.filter(pk=officer.pk).update(merged_into=officer.pk)


def test_postings_of_one_officer_do_not_overlap(disnaker_indramayu: Unit) -> None:
    officer = make_officer(unit=disnaker_indramayu, since=dt.date(2020, 1, 1))
    with refuses("posting_no_overlap"):
        make_posting(officer, disnaker_indramayu, dt.date(2019, 1, 1), dt.date(2020, 1, 2))


def test_postings_may_touch_and_lie_in_the_future(disnaker_indramayu: Unit) -> None:
    officer = make_officer(unit=None)
    end = dt.date.today() + dt.timedelta(days=30)
    make_posting(officer, disnaker_indramayu, dt.date(2020, 1, 1), end)
    future = make_posting(officer, disnaker_indramayu, end)
    assert (future.first_day, future.last_day) == (end, None)
    assert officer.postings.first() is not None
    assert officer.postings.order_by("period")[0].last_day == end - dt.timedelta(days=1)


@pytest.mark.parametrize(
    "period",
    [
        DateRange(None, dt.date(2020, 1, 1)),
        DateRange(dt.date(2020, 1, 1), dt.date(2020, 1, 1)),
    ],
)
def test_posting_has_a_first_day(disnaker_indramayu: Unit, period: DateRange) -> None:
    with refuses("posting_has_a_first_day"):
        Posting.objects.create(
            officer=make_officer(), unit=disnaker_indramayu, jenjang="ahli_muda", period=period
        )


def test_region_of_a_unit_fits_its_tier(indramayu: Region, jawa_barat: Region) -> None:
    for tier, region in (
        ("provinsi", indramayu),
        ("kabupaten_kota", jawa_barat),
        ("provinsi", None),
        ("kabupaten_kota", None),
    ):
        with refuses("unit_region_fits_its_tier|null value"), transaction.atomic():
            Unit.objects.create(name="X", short_name="X", tier=tier, region=region)
    assert make_unit(None, tier="pusat").region is None
    assert make_unit(jawa_barat, tier="lembaga").region == jawa_barat


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"code": "3212", "level": "kabupaten", "parent_id": "32"}, "region_code_well_formed"),
        ({"code": "33.12", "level": "kabupaten", "parent_id": "32"}, "province_of_its_code"),
        ({"code": "32.13", "level": "kabupaten", "parent_id": None}, "province_of_its_code"),
        ({"code": "33", "level": "provinsi", "parent_id": "32"}, "province_of_its_code"),
    ],
)
def test_region(jawa_barat: Region, fields: dict[str, Any], constraint: str) -> None:
    with refuses(constraint):
        Region.objects.create(name="Salah", **fields)


def test_training_ends_after_it_begins(db: None) -> None:
    with refuses("training_ends_after_it_begins"):
        Training.objects.create(
            officer=make_officer(), name="X", start=dt.date(2020, 2, 1), end=dt.date(2020, 1, 1)
        )


# --- Register numbers -------------------------------------------------------------------------


def test_register_numbers_follow_each_other_without_gaps(db: None) -> None:
    first = make_officer()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_officer(nip=first.nip)
    with transaction.atomic():
        make_officer()
        transaction.set_rollback(True)
    second = make_officer()
    assert second.number == first.number + 1
    assert second.register_number == f"PK-{second.number:06}"


def test_register_number_is_given_by_the_database_alone(db: None) -> None:
    first = make_officer()
    other = Officer.objects.create(name="Mau Nomor Satu", sex="L", number=999)
    other.refresh_from_db()
    assert other.number == first.number + 1
    with pytest.raises(DatabaseError, match="number"), transaction.atomic():
        Officer.objects.filter(pk=first.pk).update(number=7)


def test_a_number_is_never_given_twice(db: None) -> None:
    gone = Officer.objects.create(name="Salah Catat", sex="L")
    gone.refresh_from_db()
    gone.delete()
    following = Officer.objects.create(name="Berikutnya", sex="L")
    following.refresh_from_db()
    assert following.number == gone.number + 1


# --- Periods of dated records -----------------------------------------------------------------


def test_a_dated_record_holds_until_the_next_begins(db: None) -> None:
    officer = make_officer(since=dt.date(2010, 1, 1))
    StatusRecord.objects.create(officer=officer, status="pensiun", since=dt.date(2030, 1, 1))
    middle = StatusRecord.objects.create(
        officer=officer, status="tugas_belajar", since=dt.date(2020, 1, 1)
    )
    assert _periods(officer) == [
        ("aktif", dt.date(2010, 1, 1), dt.date(2020, 1, 1)),
        ("tugas_belajar", dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
        ("pensiun", dt.date(2030, 1, 1), None),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_statusrecord SET since = '2005-01-01' WHERE id = %s", [middle.pk]
        )
    assert _periods(officer)[0] == ("tugas_belajar", dt.date(2005, 1, 1), dt.date(2010, 1, 1))
    middle.delete()
    assert [row[0] for row in _periods(officer)] == ["aktif", "pensiun"]


def test_moving_a_record_to_another_officer_mends_both(db: None) -> None:
    one, two = make_officer(since=dt.date(2010, 1, 1)), make_officer(since=dt.date(2011, 1, 1))
    record = StatusRecord.objects.create(officer=one, status="pensiun", since=dt.date(2020, 1, 1))
    StatusRecord.objects.filter(pk=record.pk).update(officer=two)
    assert _periods(one) == [("aktif", dt.date(2010, 1, 1), None)]
    assert _periods(two)[0][2] == dt.date(2020, 1, 1)


def _periods(officer: Officer) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = StatusRecord.objects.filter(officer=officer).order_by("since")
    return [(row.status, row.period.lower, row.period.upper) for row in rows if row.period]


# --- Races ------------------------------------------------------------------------------------


def _race(number: int, work: Any) -> list[str]:
    """Run `work(i)` in threads at once; "ok" or the sentence each got."""
    barrier, results = threading.Barrier(number), [""] * number

    def run(index: int) -> None:
        try:
            barrier.wait(timeout=10)
            work(index)
            results[index] = "ok"
        except ValidationError as error:
            results[index] = error.messages[0]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.django_db(transaction=True)
def test_overlapping_postings_in_a_race_leave_one() -> None:
    unit, officer = make_unit(), make_officer()

    def post(index: int) -> None:
        period = DateRange(dt.date(2020, 1, 1 + index), None)
        posting = Posting(officer=officer, unit=unit, jenjang="ahli_muda", period=period)
        with change(by=None, reason="balapan"):
            posting.save()

    results = _race(6, post)
    assert sorted(set(results)) == sorted({"ok", OVERLAP})
    assert results.count("ok") == Posting.objects.filter(officer=officer).count() == 1


@pytest.mark.django_db(transaction=True)
def test_records_in_a_race_know_of_one_another() -> None:
    officer = make_officer(since=dt.date(2010, 1, 1))

    def record(index: int) -> None:
        since = dt.date(2011 + index, 1, 1)
        with change(by=None, reason="balapan"):
            StatusRecord.objects.create(officer=officer, status="tugas_belajar", since=since)

    assert _race(6, record) == ["ok"] * 6
    days = [dt.date(2010 + index, 1, 1) for index in range(7)]
    expected = list(zip(days, [*days[1:], None], strict=True))
    assert [(start, end) for _, start, end in _periods(officer)] == expected


@pytest.mark.django_db(transaction=True)
def test_who_blocks_one_another_for_good_is_told_to_try_again() -> None:
    officers = [make_officer(since=dt.date(2010, 1, 1)) for _ in range(2)]
    both_hold_one = threading.Barrier(2)

    def cross(index: int) -> None:
        with change(by=None, reason="balapan"):
            for step, officer in enumerate((officers[index], officers[1 - index])):
                since = dt.date(2011, 1, 1)
                StatusRecord.objects.create(officer=officer, status="pensiun", since=since)
                if step == 0:
                    both_hold_one.wait(timeout=10)

    assert sorted(_race(2, cross)) == sorted(["ok", AT_ONCE])
    assert StatusRecord.objects.filter(status="pensiun").count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_nip_in_a_race_leaves_one_officer_and_no_gap() -> None:
    nip = make_nip()

    def enter(index: int) -> None:
        officer = Officer(name=f"Orang {index}", nip=nip, sex="P", birth_date=dt.date(1986, 9, 26))
        with change(by=None, reason="balapan"):
            officer.save()

    results = _race(6, enter)
    assert results.count("ok") == 1
    assert results.count(NIP_TAKEN) == 5
    only = Officer.objects.get(nip=nip)
    assert make_officer().number == only.number + 1


@pytest.mark.django_db(transaction=True)
def test_register_numbers_in_a_race_have_neither_gap_nor_double() -> None:
    start = make_officer().number

    def enter(index: int) -> None:
        with change(by=None, reason="balapan"):
            Officer.objects.create(name=f"Orang {index}", sex="L")

    assert _race(8, enter) == ["ok"] * 8
    numbers = Officer.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(start, start + 9))
