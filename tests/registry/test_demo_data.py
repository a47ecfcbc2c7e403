"""The demo data: the cast, the published numbers, and careers in which everything agrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import RoleGrant, User
from epk.lib.nip import parse_nip
from forum.models import Post
from news.models import Article
from registry.demo.careers import TODAY, add_months, retirement_date
from registry.demo.cast import ACCOUNTS, PASSWORD
from registry.models import (
    JenjangRecord,
    Officer,
    OfficerExpertise,
    PangkatRecord,
    Posting,
    Region,
    StatusRecord,
    Unit,
)
from registry.models.terms import USUAL_GOLONGAN
from tests.registry.records import RECORDS

ALL: tuple[type[models.Model], ...] = (Unit, Officer, OfficerExpertise, *RECORDS)


def run_demo(*arguments: str) -> str:
    output = StringIO()
    call_command("demo", *arguments, stdout=output, skip_checks=True)
    return output.getvalue()


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The whole demo, filled once for all tests of this module; what the command printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield run_demo()
        transaction.set_rollback(True)


@pytest.fixture
def demo(filled: str, db: None) -> str:
    return filled


def officers() -> list[Officer]:
    """The register as it is on the day of the demo, the second record left out."""
    rows = Officer.objects.as_of(TODAY).for_page()
    return [officer for officer in rows if officer.merged_into_id is None]


def event_model(model: type[models.Model]) -> type[models.Model]:
    return apps.get_model("registry", f"{model._meta.object_name}Event")


def status_of(officer: Officer) -> StatusRecord:
    assert officer.current_status is not None
    return officer.current_status


def in_service() -> list[Officer]:
    return [row for row in officers() if status_of(row).status in StatusRecord.IN_SERVICE]


def last_postings() -> list[Posting]:
    """Of each officer the posting that holds today, or else the last one before."""
    begun = Posting.objects.filter(period__startswith__lte=TODAY)
    newest = begun.order_by("officer_id", "-period").distinct("officer_id")
    return list(newest.select_related("unit"))


# --- The command ---


def test_it_says_what_it_made(demo: str) -> None:
    units = Unit.objects.count()
    posts = Post.objects.count()
    articles = Article.objects.count()
    assert posts >= 15
    assert demo.splitlines()[-1] == (
        f"Selesai: 1.051 petugas rekaan di {units} unit kerja, {posts} tulisan di forum, "
        f"dan {articles} artikel."
    )
    assert "1.051 dari 1.051 petugas ..." in demo


def test_a_second_run_changes_nothing(demo: str) -> None:
    assert run_demo() == "Data peragaan sudah ada; tidak ada yang diubah.\n"
    assert Officer.objects.count() == 1_052


# --- The cast --------------------------------------------------------------------------------


def test_every_demo_account_enters_with_the_published_password(demo: str) -> None:
    users = User.objects.in_bulk([f"{a.email}@demo.example" for a in ACCOUNTS], field_name="email")
    assert len(users) == 9
    assert all(user.is_active and user.check_password(PASSWORD) for user in users.values())


def test_the_cast_has_its_roles(demo: str) -> None:
    grants = RoleGrant.objects.active(TODAY).values_list("user__email", "role", "province_code")
    assert {(email.split("@")[0], role, scope) for email, role, scope in grants} == {
        ("siti", "pengantar_kerja", ""),
        ("budi", "pengantar_kerja", ""),
        ("joko", "pengantar_kerja", ""),
        ("dewi", "admin_provinsi", "32"),
        ("cut", "admin_provinsi", "11"),
        ("rina", "admin_ditjen", ""),
        ("agus", "redaksi", ""),
        ("maya", "moderator", ""),
        ("maya", "pembina", ""),
    }
    superusers = User.objects.filter(is_superuser=True).values_list("email", flat=True)
    assert list(superusers) == ["admin@demo.example"]


def test_siti_is_pk_000047_with_the_postings_of_the_sketch(demo: str) -> None:
    siti = Officer.objects.get(register_number="PK-000047")
    assert (siti.full_name, siti.user.email) == ("Siti Wulandari, S.Psi.", "siti@demo.example")
    assert siti.contact_public
    assert [
        (posting.unit.short_name, posting.jenjang, posting.first_day, posting.last_day)
        for posting in siti.postings.order_by("-period").select_related("unit")
    ] == [
        ("Disnaker Kab. Indramayu", "ahli_muda", dt.date(2022, 4, 1), None),
        ("Disnaker Kab. Indramayu", "ahli_pertama", dt.date(2018, 3, 1), dt.date(2022, 3, 31)),
        (
            "Disnakertrans Prov. Jawa Barat",
            "ahli_pertama",
            dt.date(2015, 1, 1),
            dt.date(2018, 2, 28),
        ),
    ]
    assert siti.pangkat_records.latest("since").golongan == "III/d"


def test_budi_serves_in_papua_and_keeps_his_contact_to_himself(demo: str) -> None:
    budi = Officer.objects.get(user__email="budi@demo.example")
    posting = budi.postings.covering(TODAY).get()
    assert (posting.jenjang, posting.unit.tier, posting.unit.region_id) == (
        "ahli_madya",
        "provinsi",
        "91",
    )
    assert budi.office_email
    assert not budi.contact_public


def test_joko_is_retired_and_may_still_enter(demo: str) -> None:
    joko = Officer.objects.as_of(TODAY).for_page().get(user__email="joko@demo.example")
    assert status_of(joko).status == "pensiun"
    assert joko.user is not None
    assert joko.user.is_active
    assert not joko.postings.covering(TODAY).exists()


def test_officers_of_the_cast_log_in_with_their_own_nip(demo: str) -> None:
    linked = Officer.objects.filter(user__isnull=False)
    assert linked.count() == 3
    assert not linked.exclude(nip=models.F("user__nip")).exists()


# --- The register ----------------------------------------------------------------------------


def test_the_tiers_are_as_published(demo: str) -> None:
    tiers = [posting.unit.tier for posting in last_postings()]
    assert {tier: tiers.count(tier) for tier in Unit.Tier.values} == {
        "pusat": 178,
        "lembaga": 196,
        "provinsi": 124,
        "kabupaten_kota": 553,
    }


def test_many_kabupaten_kota_have_nobody(demo: str) -> None:
    served = {
        posting.unit.region_id
        for posting in last_postings()
        if posting.unit.tier == Unit.Tier.KABUPATEN_KOTA
    }
    assert len(served) == 318
    assert Region.objects.regencies().count() - len(served) >= 150


def test_one_person_was_recorded_twice(demo: str) -> None:
    second = Officer.objects.get(merged_into__isnull=False)
    assert Officer.objects.count() == 1_052
    assert second.birth_date == second.merged_into.birth_date
    assert second.nip is None


def test_every_nip_agrees_with_its_officer(demo: str) -> None:
    with_nip = Officer.objects.exclude(nip=None)
    assert with_nip.count() > 1_000
    for officer in with_nip:
        nip = parse_nip(officer.nip, pppk=officer.employment == "pppk", today=TODAY)
        assert (nip.birth_date, nip.sex) == (officer.birth_date, officer.sex)
        assert 20 <= nip.appointed_year - nip.birth_date.year <= 46
        assert dt.date(nip.appointed_year, 1, 1) <= TODAY


def test_only_private_officers_and_the_second_record_have_no_nip(demo: str) -> None:
    without = Officer.objects.filter(nip=None, merged_into=None)
    assert set(without.values_list("member_type", "employment")) == {("petugas_swasta", "non_asn")}


def test_nobody_in_service_is_past_retirement(demo: str) -> None:
    for officer in in_service():
        assert officer.birth_date is not None
        held = officer.current_jenjang.jenjang if officer.current_jenjang else "ahli_pertama"
        assert retirement_date(officer.birth_date, held) > TODAY


def test_some_retire_within_five_years(demo: str) -> None:
    dates = [
        retirement_date(officer.birth_date, officer.current_jenjang.jenjang)
        for officer in in_service()
        if officer.birth_date and officer.current_jenjang
    ]
    leaving = [day for day in dates if day <= add_months(TODAY, 60)]
    assert 0.05 <= len(leaving) / len(dates) <= 0.30


def test_statuses_are_spread_as_in_life(demo: str) -> None:
    found = [status_of(officer).status for officer in officers()]
    assert {status: found.count(status) for status in StatusRecord.Status.values} == {
        "aktif": 997,
        "tugas_belajar": 11,
        "diberhentikan_sementara": 3,
        "pindah_instansi": 6,
        "mengundurkan_diri": 4,
        "pensiun": 25,
        "meninggal": 5,
    }
    assert StatusRecord.objects.filter(status="pensiun", since__gt=TODAY).count() == 5


def test_postings_end_when_service_ends(demo: str) -> None:
    posted = set(Posting.objects.covering(TODAY).values_list("officer_id", flat=True))
    serving = {officer.pk for officer in in_service()}
    assert posted == serving
    for officer in officers():
        if officer.pk not in serving:
            last = officer.postings.latest("period")
            assert last.period.upper == status_of(officer).since


def test_some_are_about_to_move(demo: str) -> None:
    ahead = Posting.objects.filter(period__startswith__gt=TODAY)
    assert ahead.count() == 8
    for posting in ahead:
        assert posting.sk_date < TODAY
        before = posting.officer.postings.covering(TODAY).get()
        assert before.period.upper == posting.period.lower


def test_each_admin_of_a_province_has_somebody_who_came_from_the_other(demo: str) -> None:
    for email, origin in (("dewi", "11"), ("cut", "32")):
        admin = User.objects.get(email=f"{email}@demo.example")
        here = Officer.objects.in_scope_of(admin).values("pk")
        (posting,) = Posting.objects.filter(officer__in=here).in_units_elsewhere(admin)
        assert posting.unit.answering_province == origin
        assert posting.last_day < TODAY


def test_postings_do_not_overlap_and_offices_stood_then(demo: str) -> None:
    line: dict[int, dt.date | None] = {}
    for posting in Posting.objects.order_by("officer", "period").select_related("unit"):
        end = line.get(posting.officer_id, dt.date.min)
        assert end is not None
        assert posting.period.lower >= end
        assert posting.unit.valid_from <= posting.first_day
        closed = posting.unit.valid_until
        assert closed is None or (posting.last_day is not None and posting.last_day <= closed)
        line[posting.officer_id] = posting.period.upper


def test_most_golongan_fit_their_jenjang(demo: str) -> None:
    pairs = [
        (officer.current_pangkat.golongan, officer.current_jenjang.jenjang)
        for officer in officers()
        if officer.current_pangkat and officer.current_jenjang
    ]
    outside = [pair for pair in pairs if pair[0] not in USUAL_GOLONGAN[pair[1]]]
    assert 0 < len(outside) / len(pairs) < 0.08
    assert PangkatRecord.objects.filter(golongan="II/d").exists()
    assert "II/d" not in {golongan for golongan, _ in pairs}


def test_jenjang_and_golongan_only_rise(demo: str) -> None:
    for model, field, order in (
        (JenjangRecord, "jenjang", list(USUAL_GOLONGAN)),
        (PangkatRecord, "golongan", [value for value, _ in PangkatRecord.golongan.field.choices]),
    ):
        last: dict[int, int] = {}
        for officer, value in model.objects.order_by("officer", "since").values_list(
            "officer", field
        ):
            step = order.index(value)
            assert step > last.get(officer, -1)
            last[officer] = step


def test_the_jenjang_of_a_posting_is_the_one_held_then(demo: str) -> None:
    wrong = Posting.objects.filter(
        officer__jenjang_records__period__overlap=models.F("period")
    ).exclude(officer__jenjang_records__jenjang=models.F("jenjang"))
    assert not wrong.exists()


def test_the_periods_are_those_the_database_would_keep(demo: str) -> None:
    for model in (StatusRecord, JenjangRecord, PangkatRecord):
        with connection.cursor() as cursor:
            cursor.execute(f"""
                SELECT count(*) FROM (
                    SELECT period, daterange(
                        since, lead(since) OVER (PARTITION BY officer_id ORDER BY since)
                    ) AS kept FROM {model._meta.db_table}
                ) AS line WHERE period IS DISTINCT FROM kept
            """)
            assert cursor.fetchone() == (0,)


def test_rows_pass_the_checks_of_a_form(demo: str) -> None:
    tables: tuple[type[models.Model], ...] = (*ALL, RoleGrant)
    for model in tables:
        for row in model._default_manager.order_by("pk")[::37]:
            row.full_clean()


def test_every_row_leaves_a_history_row_with_the_reason(demo: str) -> None:
    for model in ALL:
        told = event_model(model)._default_manager.filter(
            pgh_context__metadata__reason="Data peragaan", pgh_label="insert"
        )
        assert told.count() == model._default_manager.count()


def test_nobody_can_be_reached(demo: str) -> None:
    """Addresses end in a domain that exists nowhere, telephones begin with codes of no one."""
    for model, email in ((Officer, "office_email"), (Unit, "email"), (User, "email")):
        assert not model._default_manager.exclude(**{email: ""}).exclude(
            **{f"{email}__endswith": ".example"}
        )
    phones = Officer.objects.exclude(office_phone="").exclude(
        office_phone__startswith="(0999) 555-"
    )
    assert not phones.exists()
    assert not Unit.objects.exclude(phone__startswith="(0999) 555-").exists()
    mobiles = Officer.objects.exclude(private_phone="")
    assert not mobiles.exclude(private_phone__startswith="0800-0000-").exists()


def test_every_text_about_a_person_says_it_is_made_up(demo: str) -> None:
    told = Officer.objects.exclude(bio="")
    assert told.count() > 200
    assert not told.exclude(bio__endswith="Tokoh rekaan untuk peragaan.").exists()
