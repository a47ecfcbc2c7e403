"""From where a request comes: what a client says of itself counts for nothing."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from epk.lib.addresses import client_address, counted_address, read_address

PROXIES = (ip_network("10.0.0.4"), ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
trusting = override_settings(TRUSTED_PROXIES=PROXIES)


def asked(peer: str, forwarded: str = "") -> str:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers))


@pytest.mark.parametrize("peer", ["198.51.100.7", "127.0.0.1", "10.0.0.4"])
def test_is_the_peer_where_no_proxy_is_trusted(peer: str) -> None:
    assert asked(peer, "203.0.113.9") == peer


@trusting
@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # a stranger says so
        ("10.0.0.4", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.4", "6.6.6.6, 203.0.113.9", "203.0.113.9"),  # the left part is the client's own
        ("10.0.0.4", "6.6.6.6, 203.0.113.9, 10.1.2.3", "203.0.113.9"),  # two proxies
        ("10.0.0.4", "203.0.113.9, jahat", "10.0.0.4"),
        ("10.0.0.4", "203.0.113.9, ", "10.0.0.4"),
        ("10.0.0.4", "", "10.0.0.4"),
        ("10.0.0.4", "10.1.0.1, 10.1.0.2", "10.1.0.1"),
        ("10.0.0.4", "203.0.113.9:51234", "203.0.113.9"),
        ("fd00::1", "[2001:db8::5]:443", "2001:db8::5"),
        ("::ffff:10.0.0.4", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.4", "6.6.6.6," * 500 + "203.0.113.9", "203.0.113.9"),
        ("", "203.0.113.9", ""),
        ("unix:", "203.0.113.9", ""),
    ],
)
def test_is_the_rightmost_that_is_no_proxy(peer: str, forwarded: str, found: str) -> None:
    assert asked(peer, forwarded) == found


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
        ("x", ""),
    ],
)
def test_of_ipv6_counts_by_subscriber(address: str, counted: str) -> None:
    assert counted_address(address) == counted


@pytest.mark.parametrize(
    "junk", ["", "x", "1.2.3", "1.2.3.4.5", "[", "[::1", "\0", "٣.1.1.1", "fe80::1%eth0", "::1::"]
)
def test_junk_is_no_address(junk: str) -> None:
    assert str(read_address(junk) or "") in {"", "::1"}


class TestScheme:
    """`X-Forwarded-Proto` decides on redirects and Secure cookies, so not everyone may say it."""

    @pytest.fixture(autouse=True)
    def over_https(self) -> None:
        self.client = Client(headers={"x-forwarded-proto": "https"})

    def is_secure(self, peer: str) -> bool:
        with override_settings(SECURE_SSL_REDIRECT=True):
            response = self.client.get(reverse("robots"), REMOTE_ADDR=peer)
        assert response.status_code in {200, 301}
        return response.status_code == 200

    @pytest.mark.parametrize(
        ("peer", "believed"), [("127.0.0.1", True), ("::1", True), ("10.0.0.4", False)]
    )
    def test_is_told_by_this_machine_where_no_proxy_is_named(
        self, peer: str, believed: bool
    ) -> None:
        assert self.is_secure(peer) is believed

    @trusting
    @pytest.mark.parametrize(
        ("peer", "believed"), [("127.0.0.1", False), ("10.0.0.4", True), ("198.51.100.7", False)]
    )
    def test_is_told_by_the_named_proxies_alone(self, peer: str, believed: bool) -> None:
        assert self.is_secure(peer) is believed

    @trusting
    @pytest.mark.parametrize("header", ["x-forwarded-host", "forwarded", "x-forwarded-port"])
    def test_host_and_port_are_told_by_no_proxy_at_all(self, header: str) -> None:
        response = self.client.get(
            "/direktori", headers={header: "jahat.example"}, REMOTE_ADDR="10.0.0.4"
        )
        assert response.status_code == 301
        assert "jahat" not in response.headers["Location"]
        page = self.client.get(reverse("robots"), headers={header: "jahat.example"})
        assert "jahat" not in page.text
