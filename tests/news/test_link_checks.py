"""Links of what is published: which of them lead nowhere, asked without leaving the house."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from news.actions.link_checks import check_links
from news.models import Article, BrokenLink
from tests.jobs import run_jobs
from tests.news.made import make_article

pytestmark = pytest.mark.django_db


class Site(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_HEAD(self) -> None:
        Site.asked.append(self.path)
        self.send_response(404 if "hilang" in self.path else 200)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """Another site, on this machine."""
    Site.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def faults() -> dict[str, str]:
    return dict(BrokenLink.objects.values_list("address", "fault"))


def linked(*addresses: str, audience: str = "umum") -> Article:
    source = "\n\n".join(f"[tautan]({address})" for address in addresses)
    return make_article(source=source, audience=audience)


def test_finds_what_is_not_there_for_its_readers() -> None:
    shown, hidden = make_article(), make_article(audience="petugas")
    paths = [reverse("news:article", args=[row.slug]) for row in (shown, hidden)]
    linked(*paths, "/tidak/ada/", "/berita/", "/redaksi/", "/berita/tak-pernah/", "/berita/#isi")
    assert check_links() == 4
    assert faults() == {
        paths[1]: "halaman",
        "/tidak/ada/": "halaman",
        "/redaksi/": "tertutup",
        "/berita/tak-pernah/": "halaman",
    }


def test_what_is_for_officers_may_lead_to_what_they_read() -> None:
    hidden = make_article(audience="petugas")
    linked(reverse("news:article", args=[hidden.slug]), "/forum/", audience="petugas")
    assert check_links() == 0


def test_asks_no_other_site_unless_told_to(site: str) -> None:
    linked(f"{site}/hilang", "https://contoh", "mailto:humas@contoh.go.id")
    check_links()
    assert Site.asked == []
    assert faults() == {"https://contoh": "alamat"}


def test_asks_other_sites_once_when_told_to(site: str) -> None:
    linked(f"{site}/hilang", f"{site}/ada?x=1", "http://127.0.0.1:9/")
    linked(f"{site}/hilang")
    with override_settings(OUTSIDE_LINKS="any"):
        check_links()
    assert sorted(Site.asked) == ["/ada?x=1", "/hilang"]
    assert faults() == {f"{site}/hilang": "ditolak", "http://127.0.0.1:9/": "jawaban"}


def test_never_asks_inside_the_house(site: str) -> None:
    linked(f"{site}/ada")
    with override_settings(OUTSIDE_LINKS="public"):
        check_links()
    assert Site.asked == []
    assert faults() == {f"{site}/ada": "alamat"}


def test_what_was_repaired_or_withdrawn_is_off_the_list() -> None:
    article = linked("/tidak/ada/")
    check_links()
    check_links()
    assert BrokenLink.objects.count() == 1
    Article.objects.filter(pk=article.pk).update(withdrawn_at="2026-01-01T00:00Z")
    check_links()
    assert not BrokenLink.objects.exists()


def test_a_button_asks_for_it_and_the_desk_shows_it(client: Client, agus: User, siti: User) -> None:
    linked("/tidak/ada/")
    path = reverse("news:links_check")
    assert client.post(path).status_code == 302
    client.force_login(siti)
    assert client.post(path).status_code == 403
    run_jobs()
    assert not BrokenLink.objects.exists()
    client.force_login(agus)
    assert client.get(path).status_code == 405
    client.post(path)
    run_jobs()
    html = client.get(reverse("news:editor")).content.decode()
    assert "/tidak/ada/</span>: halaman ini tidak ada" in html
