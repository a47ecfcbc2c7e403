"""Which officers are found: as of a date, by words however spelt, under which filters."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from registry.models import Officer, OfficerExpertise, Region, StatusRecord, Unit
from registry.queries import Filters, Found, Search, find, register_version
from tests.factories import make_officer, make_posting, make_province, make_regency, make_unit

TODAY = dt.date.today()


def names(text: str, date: dt.date = TODAY) -> set[str]:
    return {o.name for o in Officer.objects.as_of(date).search(text)}


def look(
    filters: Filters | None = None, *, text: str = "", order: str = "nama", date: dt.date = TODAY
) -> Found:
    officers = Officer.objects.visible_to(AnonymousUser())
    search = Search(date, text, filters or Filters(), order)
    return find(officers, search, scope="semua", version=register_version())


# --- As of a date -----------------------------------------------------------------------------


def test_as_of_joins_what_held_then(disnaker_indramayu: Unit, disnaker_papua: Unit) -> None:
    officer = make_officer("Pindahan", unit=None, since=dt.date(2015, 1, 1))
    make_posting(officer, disnaker_papua, dt.date(2015, 1, 1), dt.date(2022, 4, 1))
    make_posting(officer, disnaker_indramayu, dt.date(2022, 4, 1))
    StatusRecord.objects.create(officer=officer, status="tugas_belajar", since=dt.date(2023, 1, 1))

    def then(date: dt.date) -> tuple[Unit, str]:
        found = Officer.objects.as_of(date).for_page().get()
        assert found.current_posting
        assert found.current_status
        return found.current_posting.unit, found.current_status.status

    assert then(dt.date(2022, 3, 31)) == (disnaker_papua, "aktif")
    assert then(dt.date(2022, 4, 1)) == (disnaker_indramayu, "aktif")
    assert then(dt.date(2023, 1, 1)) == (disnaker_indramayu, "tugas_belajar")
    assert not Officer.objects.as_of(dt.date(2014, 12, 31)).exists()


def test_officer_without_posting_or_jenjang_is_still_listed(db: None) -> None:
    make_officer("Baru", jenjang=None, golongan=None)
    found = Officer.objects.as_of(TODAY).for_page().get()
    assert (found.current_posting, found.current_jenjang, found.current_pangkat) == (None,) * 3


def test_merged_records_are_not_visible(db: None) -> None:
    kept, twin = make_officer("Asli"), make_officer("Kembar")
    Officer.objects.filter(pk=twin.pk).update(merged_into=kept)
    visible = Officer.objects.visible_to(AnonymousUser())
    assert list(visible) == [kept]


# --- Search -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Muhammad Syaifullah", "mohamad saifulah"),
        ("Muhammad Syaifullah", "MOCH. SYAIFULLAH"),
        ("Muhammad Syaifullah", "moh saifullah"),
        ("Soewandi Djojohadikoesoemo", "suwandi joyohadikusumo"),
        ("Siti Wulandari", "wulandri"),
        ("Siti Wulandari", "  siti   WULAN "),
        ("Siti Wulandari", "Dr. Hj. Siti Wulandari, S.Psi., M.Si."),
        ("Siti Wulandari", "wulandari siti"),
        ("Suharto", "soeharto"),
        ("José Ximénes", "jose ximenes"),
        ("Rizky Aziz", "riski azis"),
        ("Ni Luh Ayu Kartika", "niluh ayu"),
        ("Nur'aini", "nuraini"),
    ],
)
def test_search_forgives(db: None, recorded: str, typed: str) -> None:
    make_officer(recorded)
    make_officer("Bambang Sutrisno")
    assert names(typed) == {recorded}


def test_search_by_unit_writes_abbreviations_out(
    disnaker_indramayu: Unit, disnaker_papua: Unit
) -> None:
    make_officer("Orang Indramayu", unit=disnaker_indramayu)
    make_officer("Orang Papua", unit=disnaker_papua)
    assert names("disnaker kab indramayu") == {"Orang Indramayu"}
    assert names("Dinas Tenaga Kerja Prov. Papua") == {"Orang Papua"}


@pytest.mark.parametrize("shape", ["{0}", "PK-{0:06}", "pk {0}", "pk{0:06}", "{0:06}"])
def test_search_by_register_number(db: None, shape: str) -> None:
    make_officer("Lain")
    officer = make_officer("Dicari")
    assert names(shape.format(officer.number)) == {"Dicari"}


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'; --", "%%%%", "\u202e", "💥", "a" * 100])
def test_search_takes_odd_characters_as_they_are(db: None, typed: str) -> None:
    make_officer("Bambang Sutrisno")
    assert names(typed) <= {"Bambang Sutrisno"}


def test_nothing_typed_finds_everyone(db: None) -> None:
    make_officer("A")
    make_officer("B")
    assert names("   ") == {"A", "B"}


def test_nearest_names_come_first(db: None) -> None:
    for name in ("Bambang Sutrisno", "Bambang Sutrisna", "Siti Wulandari"):
        make_officer(name)
    near = Officer.objects.as_of(TODAY).similar_names("bambamg sutrisna")
    assert [officer.name for officer in near] == ["Bambang Sutrisna", "Bambang Sutrisno"]


# --- Filters, counts, order -------------------------------------------------------------------


@pytest.fixture
def west_java(db: None) -> dict[str, Officer]:
    """Five officers: two in Indramayu, one at the Dinas Provinsi, one in Papua, one at Kemnaker."""
    province, papua = make_province(), make_province("91", "Papua")
    indramayu = make_unit(make_regency())
    kota = make_unit(make_regency("32.73", "Kota Bandung"))
    dinas = make_unit(province, name="Disnakertrans Provinsi Jawa Barat")
    pusat = make_unit(None, tier="pusat")
    return {
        "ani": make_officer("Ani", unit=indramayu, expertise=("BKK", "Job fair")),
        "budi": make_officer("Budi", unit=indramayu, jenjang="ahli_pertama"),
        "cici": make_officer("Cici", unit=dinas, expertise=("BKK",)),
        "dedi": make_officer("Dedi", unit=make_unit(papua), jenjang="ahli_madya"),
        "euis": make_officer("Euis", unit=pusat, status="tugas_belajar"),
        "fifi": make_officer("Fifi", unit=kota, jenjang="ahli_utama"),
    }


def test_province_includes_its_kabupaten(west_java: dict[str, Officer]) -> None:
    found = look(Filters(region="32"))
    assert list(found.ids) == [west_java[name].pk for name in ("ani", "budi", "cici", "fifi")]
    assert (found.total, found.nationwide) == (4, 6)
    assert found.facets["kabupaten"] == {"32.12": 2, "32.73": 1}
    assert look(Filters(region="32.12")).total == 2
    assert look(Filters(region="99")).total == 0


def test_each_filter_is_counted_under_all_the_others(west_java: dict[str, Officer]) -> None:
    found = look(Filters(region="32", jenjang=("ahli_muda",)))
    assert found.total == 2
    assert found.facets["jenjang"] == {"ahli_muda": 2, "ahli_pertama": 1, "ahli_utama": 1}
    assert found.facets["provinsi"] == {"32": 2, "": 1}
    assert found.facets["tingkat"] == {"kabupaten_kota": 1, "provinsi": 1}
    assert found.facets["status"] == {"aktif": 2}
    assert found.facets["keahlian"] == {"bkk": 2, "job-fair": 1}


def test_several_values_of_one_filter_widen(west_java: dict[str, Officer]) -> None:
    assert look(Filters(jenjang=("ahli_pertama", "ahli_madya"))).total == 2
    assert look(Filters(expertise=("bkk", "job-fair"))).total == 2
    assert look(Filters(status=("tugas_belajar",))).ids.tolist() == [west_java["euis"].pk]
    assert look(Filters(tier="pusat")).ids.tolist() == [west_java["euis"].pk]


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("nama", "ani"),
        ("-nama", "fifi"),
        ("terbaru", "fifi"),
        ("jenjang", "fifi"),
        ("wilayah", "cici"),
    ],
)
def test_order(west_java: dict[str, Officer], order: str, first: str) -> None:
    found = look(order=order)
    assert found.ids[0] == west_java[first].pk
    assert sorted(found.ids) == sorted(officer.pk for officer in west_java.values())


def test_best_match_first(db: None) -> None:
    for name in ("Siti Wulandari", "Wulan", "Wulandari", "Ratna Wulan Sari"):
        make_officer(name)
    found = look(text="wulan", order="cocok")
    best = Officer.objects.get(pk=found.ids[0])
    assert best.name == "Wulan"
    assert found.total == 4


def test_titles_do_not_count_in_the_order_of_names(db: None) -> None:
    make_officer("Zulkifli", front_title="Dr.")
    make_officer("élan")
    make_officer("Ahmad")
    order = [Officer.objects.get(pk=pk).name for pk in look().ids]
    assert order == ["Ahmad", "élan", "Zulkifli"]


def test_figures_are_counted_again_after_any_write(west_java: dict[str, Officer]) -> None:
    assert look(Filters(region="32")).total == 4
    officer = make_officer("Gugun", unit=west_java["ani"].postings.get().unit)
    assert look(Filters(region="32")).total == 5
    OfficerExpertise.objects.filter(officer=west_java["cici"]).delete()
    assert look().facets["keahlian"] == {"bkk": 1, "job-fair": 1}
    StatusRecord.objects.filter(officer=officer).update(status="meninggal")
    assert look(Filters(status=("meninggal",))).total == 1


def test_as_of_date_counts_what_was_then(
    west_java: dict[str, Officer], papua: Region, siti: User
) -> None:
    before = dt.date(2022, 3, 31)
    assert look(date=before).total == 6
    assert look().total == 7
