"""Too many tries: who is refused, for how long, and who never is."""

from __future__ import annotations

import datetime as dt
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from accounts import devices, throttle
from accounts.models import ThrottleCount, User
from accounts.throttle import LIMITS, Limit, Verdict

pytestmark = pytest.mark.django_db

ADDRESS, ELSEWHERE = "203.0.113.9", "198.51.100.7"
NIP = "198609262015052001"


def login(account: str = "siti@demo.example", address: str = ADDRESS, device: str = "") -> Verdict:
    return throttle.hit("login", account=account, address=address, device=device)


def fail(times: int, account: str = "siti@demo.example", address: str = ADDRESS) -> Verdict:
    for _ in range(times):
        verdict = login(account, address)
    return verdict


def wait(seconds: int) -> None:
    """As if so much time had passed."""
    ThrottleCount.objects.update(
        ends_at=F("ends_at") - dt.timedelta(seconds=seconds),
        expires_at=F("expires_at") - dt.timedelta(seconds=seconds),
    )


class TestAnAccount:
    def test_is_refused_after_five_tries_from_one_address(self) -> None:
        assert fail(5).allowed
        refused = fail(1)
        assert not refused.allowed
        assert 0 < refused.retry_after <= 60
        assert refused.sentence.startswith("Terlalu banyak percobaan. Coba lagi dalam ")

    def test_that_does_not_exist_is_counted_like_one_that_does(self, siti: User) -> None:
        for name in (siti.email, "tidak.ada@demo.example"):
            results = [login(name).allowed for _ in range(7)]
            assert results == [True] * 5 + [False] * 2

    def test_is_one_however_it_is_spelt(self) -> None:
        for name in (NIP, "19860926 201505 2 001", "19860926.201505.2.001", f" {NIP} ",
                     "１９８６０９２６２０１５０５２００１"):  # fmt: skip
            assert login(name).allowed
        assert not login(NIP).allowed
        fail(5, "Siti@Demo.example ")
        assert not login("siti@demo.example").allowed

    def test_waits_twice_as_long_each_time(self) -> None:
        waits = []
        for _ in range(8):
            fail(5)
            rest = fail(1).retry_after
            waits.append(rest)
            wait(rest + 1)
        expected = [60, 120, 240, 480, 960, 1800, 1800, 1800]
        assert waits == pytest.approx(expected, abs=2)

    def test_is_not_made_to_wait_longer_by_tries_in_the_meantime(self) -> None:
        fail(5)
        first = fail(1).retry_after
        assert fail(50).retry_after <= first
        wait(first + 1)
        assert login().allowed

    def test_has_its_long_waits_forgotten_after_a_quiet_day(self) -> None:
        for _ in range(5):
            wait(fail(6).retry_after + 1)
        wait(25 * 3_600)
        assert 0 < fail(6).retry_after <= 60

    def test_is_clear_again_after_a_success(self) -> None:
        fail(4)
        throttle.release(login())
        assert fail(5).allowed

    def test_is_free_elsewhere_while_one_address_is_refused(self) -> None:
        """Whoever hammers from one place does not shut the owner out at another."""
        for _ in range(6):
            wait(fail(20).retry_after + 1)
        fail(20)
        assert login(address=ELSEWHERE).allowed

    def test_is_refused_to_strangers_where_many_addresses_try(self) -> None:
        assert all(login(address=f"203.0.113.{n}").allowed for n in range(40))
        refused = login(address=ELSEWHERE)
        assert not refused.allowed
        assert refused.limit == "account"
        assert refused.retry_after <= throttle.HOUR


class TestAKnownDevice:
    DEVICE = "d" * 32

    def test_is_let_in_whatever_strangers_do(self) -> None:
        for n in range(60):
            fail(3, address=f"203.0.113.{n}")
        fail(200, "lain@demo.example")
        assert not login(address=ELSEWHERE).allowed
        assert login(device=self.DEVICE).allowed

    def test_has_its_own_tries_and_they_end(self) -> None:
        results = [login(device=self.DEVICE).allowed for _ in range(11)]
        assert results == [True] * 10 + [False]
        assert login(device="e" * 32).allowed

    def test_uses_up_nothing_of_its_address(self) -> None:
        for n in range(200):
            login(f"{n}@demo.example", device=self.DEVICE)
        assert login("baru@demo.example").allowed


class TestAnOffice:
    def test_of_sixty_with_a_typo_each_is_not_refused(self) -> None:
        for n in range(60):
            assert login(f"petugas{n}@demo.example").allowed  # the typo
            right = login(f"petugas{n}@demo.example")
            assert right.allowed
            throttle.release(right)

    def test_is_refused_after_a_hundred_failures(self) -> None:
        assert all(login(f"{n}@demo.example").allowed for n in range(100))
        refused = login("lagi@demo.example")
        assert (refused.allowed, refused.limit) == (False, "address")
        assert 0 < refused.retry_after <= 600

    def test_that_is_refused_uses_up_nothing_of_the_account(self) -> None:
        for n in range(300):
            login(f"{n % 60}@demo.example")
        assert login("1@demo.example", ELSEWHERE).allowed

    def test_on_ipv6_is_what_one_subscriber_has(self) -> None:
        for n in range(100):
            assert login(f"{n}@demo.example", f"2001:db8:1:2::{n:x}").allowed
        assert not login("x@demo.example", "2001:db8:1:2:ffff::1").allowed
        assert login("x@demo.example", "2001:db8:1:3::1").allowed


class TestEveryLimit:
    @pytest.mark.parametrize("name", LIMITS)
    def test_refuses_at_last_and_lets_in_again(self, name: str) -> None:
        def ask() -> Verdict:
            return throttle.hit(name, account="siti@demo.example", address=ADDRESS)

        verdicts = [ask() for _ in range(400)]  # with what is free in two minutes
        assert verdicts[0].allowed
        assert not verdicts[-1].allowed
        assert verdicts[-1].retry_after <= throttle.HOUR
        wait(verdicts[-1].retry_after + 1)
        assert ask().allowed

    @pytest.mark.parametrize("name", LIMITS)
    def test_holds_for_an_address_without_account(self, name: str) -> None:
        verdicts = [throttle.hit(name, address=ADDRESS) for _ in range(200)]
        assert verdicts[0].allowed
        assert not verdicts[-1].allowed

    @pytest.mark.parametrize("name", ["activation", "reset"])
    def test_of_mail_stops_a_flood_from_many_addresses(self, name: str) -> None:
        sent = [
            throttle.hit(name, account=NIP, address=f"203.0.113.{n}").allowed for n in range(30)
        ]
        assert sum(sent) == 10

    def test_can_be_switched_off_for_measurements(self) -> None:
        with override_settings(THROTTLE=False):
            assert all(login().allowed for _ in range(50))
        assert not ThrottleCount.objects.exists()

    @pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS.keys())
    def test_stands_in_order_from_narrow_to_wide(self, limits: tuple[Limit, ...]) -> None:
        narrow = [len(limit.by) for limit in limits]
        assert narrow == sorted(narrow, reverse=True)
        assert all(limit.most > 0 and limit.seconds > 0 for limit in limits)


class TestStore:
    def test_holds_no_name_and_no_address(self) -> None:
        login("siti@demo.example")
        login(NIP)
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(k::text, '') FROM accounts_throttlecount k")
            kept = cursor.fetchone()[0]
        for text in ("siti", NIP, ADDRESS):
            assert text not in kept
            assert text.encode().hex() not in kept

    def test_depends_on_the_key_of_the_installation(self) -> None:
        fail(6)
        with override_settings(SECRET_KEY="another"):
            assert login().allowed

    def test_is_unlogged(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relpersistence FROM pg_class WHERE relname = 'accounts_throttlecount'"
            )
            assert cursor.fetchone()[0] == "u"

    def test_is_emptied_of_what_has_run_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        login()
        wait(3 * 24 * 3_600)
        monkeypatch.setattr(throttle._sweeper, "_next", 0.0)
        login("lain@demo.example", ELSEWHERE)
        assert ThrottleCount.objects.count() == 3  # those of the second

    def test_is_swept_at_most_once_a_minute(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(throttle._sweeper, "_next", 0.0)
        login()
        login("lain@demo.example", ELSEWHERE)
        wait(3 * 24 * 3_600)
        login("lagi@demo.example", "192.0.2.1")
        assert ThrottleCount.objects.count() == 9

    @pytest.mark.parametrize("junk", ["", "\0", "\ud800", "\u202e", "x" * 100_000, "' OR 1=1"])
    def test_takes_any_name(self, junk: str) -> None:
        results = [login(junk + "@").allowed for _ in range(6)]
        assert results == [True] * 5 + [False]


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_exactly_as_many_pass_as_may() -> None:
    def one(_number: int) -> bool:
        try:
            return throttle.hit("check", address=ADDRESS).allowed
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(one, range(100)))
    assert sum(passed) == LIMITS["check"][1].most


class TestARequest:
    def request(self, user: User | AnonymousUser, cookies: str = "") -> HttpRequest:
        request = RequestFactory().post("/akun/masuk/", REMOTE_ADDR=ADDRESS)
        request.user = user
        if cookies:
            request.COOKIES["perangkat"] = cookies
        return request

    def cookie(self, user: User) -> str:
        response = HttpResponse()
        devices.remember(self.request(user), response, user)
        return response.cookies["perangkat"].value

    def test_is_counted_by_its_account_when_logged_in(self, siti: User, budi: User) -> None:
        for _ in range(120):
            assert throttle.hit_by(self.request(siti), "check").allowed
        assert not throttle.hit_by(self.request(siti), "check").allowed
        assert throttle.hit_by(self.request(budi), "check").allowed
        assert throttle.hit_by(self.request(AnonymousUser()), "check").allowed

    def test_of_a_known_device_passes_where_strangers_are_refused(self, siti: User) -> None:
        fail(6, siti.email)
        stranger = self.request(AnonymousUser())
        assert not throttle.hit_by(stranger, "login", account=siti.email).allowed
        own = self.request(AnonymousUser(), self.cookie(siti))
        assert throttle.hit_by(own, "login", account=siti.email).allowed

    def test_that_is_refused_is_logged_without_its_name(
        self, siti: User, caplog: pytest.LogCaptureFixture
    ) -> None:
        fail(6, siti.email)
        with caplog.at_level(logging.INFO, logger="epk.security"):
            throttle.hit_by(self.request(AnonymousUser()), "login", account=siti.email)
        line = caplog.records[-1].getMessage()
        assert line.startswith(f"event=throttled address={ADDRESS} method=POST path=/akun/masuk/ ")
        assert "limit=login by=account+address rest=" in line
        assert "siti" not in line
