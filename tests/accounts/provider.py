"""A real OpenID Connect provider in a process of its own, on loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client, override_settings
from django.urls import reverse

from accounts.sso import PROVIDER_ID
from tests.processes import free_port, wait_for


@dataclass(frozen=True)
class Provider:
    """Knows people by `sub` and tells what it was told of them."""

    url: str

    def knows(self, sub: str, **claims: Any) -> None:
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def let_in(self, client: Client, sub: str, *, back: str = "") -> Any:
        """Go from our login page to the provider as `sub` and come back; our answer."""
        start = reverse("openid_connect_login", args=[PROVIDER_ID])
        there = client.get(start, {"next": back} if back else {}).headers["Location"]
        answer = requests.post(there, data={"sub": sub}, allow_redirects=False, timeout=5)
        home = urlsplit(answer.headers["Location"])
        return client.get(f"{home.path}?{home.query}")


def settings_for(url: str) -> dict[str, Any]:
    app = {
        "provider_id": PROVIDER_ID,
        "name": "SIAPkerja",
        "client_id": "epk",
        "secret": "rahasia",
        "settings": {"server_url": url, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


@pytest.fixture(scope="session")
def provider_process() -> Iterator[Provider]:
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    provider = Provider(f"http://127.0.0.1:{port}")
    try:
        wait_for(lambda: _answers(provider.url), 20, lambda: "the provider does not answer")
        yield provider
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def provider(provider_process: Provider) -> Iterator[Provider]:
    """The provider, with the settings that lead to it."""
    with override_settings(SOCIALACCOUNT_PROVIDERS=settings_for(provider_process.url)):
        yield provider_process


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/.well-known/openid-configuration", timeout=1).ok
    except requests.RequestException:
        return False
