"""Whom the register proposes for a consultation, and whom never."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import RoleGrant, User
from forum import routing
from forum.models import Assignment, Availability, Decision, Suspension
from registry.models import Officer, StatusRecord, Unit
from tests.forum.made import make_colleague, make_consultation, the_expertise

pytestmark = pytest.mark.django_db


def proposed(exclude: list[int] | None = None, province: str = "32") -> list[str]:
    found = routing.propose(
        province, the_expertise(), exclude=exclude or [], today=timezone.localdate()
    )
    return [candidate.name for candidate in found]


def test_same_province_first_then_jenjang_then_open_cases_then_number(
    siti: User, disnaker_indramayu: Unit, disnaker_papua: Unit
) -> None:
    make_colleague("Utama Papua", disnaker_papua, jenjang="ahli_utama")
    make_colleague("Pertama Jabar", disnaker_indramayu, jenjang="ahli_pertama")
    busy = make_colleague("Muda Sibuk", disnaker_indramayu)
    make_colleague("Muda Lowong", disnaker_indramayu)
    make_colleague("Muda Kedua", disnaker_indramayu)
    topic = make_consultation(siti, colleague=busy.officer.register_number)
    assert Assignment.objects.get(consultation=topic.pk).user == busy
    assert proposed([siti.pk]) == ["Muda Lowong", "Muda Kedua", "Muda Sibuk"]
    others = list(
        User.objects.filter(officer__name__startswith="Muda").values_list("pk", flat=True)
    )
    assert proposed([siti.pk, *others]) == ["Pertama Jabar", "Utama Papua"]


def test_without_a_province_nobody_is_near(disnaker_papua: Unit, siti: User) -> None:
    make_colleague("Tanpa Tempat", jenjang="ahli_pertama")
    make_colleague("Utama Papua", disnaker_papua, jenjang="ahli_utama")
    assert proposed([siti.pk], province="") == ["Utama Papua", "Tanpa Tempat"]


def test_asks_the_database_once(siti: User, django_assert_num_queries: object) -> None:
    for number in range(6):
        make_colleague(f"Rekan {'abcdef'[number]}")
    expertise = the_expertise()
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = routing.propose("32", expertise, exclude=[], today=timezone.localdate())
        assert [candidate.unit for candidate in found]


class TestNever:
    @pytest.fixture
    def rekan(self, disnaker_indramayu: Unit) -> User:
        rekan = make_colleague("Rekan", disnaker_indramayu)
        assert proposed() == ["Rekan"]
        return rekan

    def test_the_asker(self, rekan: User) -> None:
        assert proposed([rekan.pk]) == []

    def test_one_of_another_field(self, rekan: User) -> None:
        Officer.objects.get(user=rekan).expertise.clear()
        assert proposed() == []

    def test_one_who_is_retired(self, rekan: User) -> None:
        StatusRecord.objects.create(
            officer=rekan.officer, status="pensiun", since=timezone.localdate()
        )
        assert proposed() == []

    def test_one_on_study_leave(self, rekan: User) -> None:
        StatusRecord.objects.create(
            officer=rekan.officer, status="tugas_belajar", since=timezone.localdate()
        )
        assert proposed() == []

    def test_a_closed_account(self, rekan: User) -> None:
        User.objects.filter(pk=rekan.pk).update(is_active=False)
        assert proposed() == []

    def test_one_without_an_account(self, rekan: User) -> None:
        Officer.objects.filter(user=rekan).update(user=None)
        assert proposed() == []

    def test_one_whose_role_is_over(self, rekan: User) -> None:
        RoleGrant.objects.filter(user=rekan).update(
            valid_until=timezone.localdate() - dt.timedelta(days=1)
        )
        assert proposed() == []

    def test_one_who_takes_no_questions(self, rekan: User) -> None:
        Availability.objects.create(user=rekan, takes_questions=False)
        assert proposed() == []

    def test_one_suspended_from_writing(self, rekan: User, maya: User) -> None:
        now = timezone.now()
        decision = Decision.objects.create(
            verb=Decision.Verb.SUSPEND, person=rekan, reason="Kasar", by=maya
        )
        Suspension.objects.create(
            decision=decision,
            person=rekan,
            begins_at=now - dt.timedelta(1),
            ends_at=now + dt.timedelta(1),
        )
        assert proposed() == []

    @pytest.mark.parametrize(
        ("first", "last", "there"),
        [(-5, -1, True), (-5, 0, False), (0, 0, False), (1, 9, False), (20, 30, True)],
    )
    def test_one_on_leave_before_it_is_due(
        self, rekan: User, first: int, last: int, there: bool
    ) -> None:
        today = timezone.localdate()
        Availability.objects.create(
            user=rekan,
            away_from=today + dt.timedelta(days=first),
            away_until=today + dt.timedelta(days=last),
        )
        assert proposed() == (["Rekan"] if there else [])
