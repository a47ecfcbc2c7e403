"""robots.txt and the sitemap: the public pages, and officers whom the public may know of."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from registry.models import Officer
from tests.factories import make_officer


def test_index_names_its_parts(client: Client, siti: User) -> None:
    xml = client.get(reverse("sitemap")).content.decode()
    assert "sitemap-halaman.xml" in xml
    assert "sitemap-petugas.xml" in xml


def test_officers_but_no_merged_ones(client: Client, siti: User) -> None:
    twin = make_officer("Siti Wulandari")
    Officer.objects.filter(pk=twin.pk).update(merged_into=siti.officer)
    xml = client.get("/sitemap-petugas.xml").content.decode()
    assert reverse("registry:profile", args=[siti.officer.register_number]) in xml
    assert twin.register_number not in xml


def test_pages(client: Client, db: None) -> None:
    xml = client.get("/sitemap-halaman.xml").content.decode()
    assert xml.count("<loc>") == 5


@pytest.mark.parametrize("path", ["/sitemap-lain.xml", "/sitemap-petugas.xml?p=99"])
def test_no_such_part(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_robots_names_the_sitemap(client: Client, db: None) -> None:
    text = client.get(reverse("robots")).content.decode()
    assert reverse("sitemap") in text
    assert "Disallow: /admin/" in text
