"""Photos and scans: handed out to whoever may see them, and to nobody else."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from epk.lib.files import check_document, check_photo
from registry.actions import set_photo, store_document
from registry.models import Document, Officer


def picture(size: tuple[int, int] = (600, 800)) -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", size, "#0b5563").save(data, "JPEG")
    return SimpleUploadedFile("../SK rahasia.jpg", data.getvalue(), "image/jpeg")


@pytest.fixture
def scan(siti: User, rina: User) -> Document:
    return store_document(siti.officer, check_document(picture()), kind="sk", by=rina)


@pytest.fixture
def portrait(siti: User) -> Officer:
    officer: Officer = siti.officer
    officer.refresh_from_db()
    set_photo(officer, check_photo(picture()), by=siti)
    return officer


def scan_url(document: Document, officer: Officer | None = None) -> str:
    number = (officer or document.officer).register_number
    return reverse("registry:document", args=[number, document.pk])


@pytest.mark.parametrize("name", ["siti", "dewi", "rina", "admin"])
def test_scan_for_owner_and_admin(
    client: Client, scan: Document, name: str, request: pytest.FixtureRequest
) -> None:
    scan.officer.refresh_from_db()
    client.force_login(request.getfixturevalue(name))
    response = client.get(scan_url(scan))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["budi", "cut", "agus", "maya"])
def test_scan_does_not_exist_for_others(
    client: Client, scan: Document, name: str, request: pytest.FixtureRequest
) -> None:
    scan.officer.refresh_from_db()
    client.force_login(request.getfixturevalue(name))
    assert client.get(scan_url(scan)).status_code == 404


def test_scan_asks_the_public_to_log_in(client: Client, scan: Document) -> None:
    scan.officer.refresh_from_db()
    response = client.get(scan_url(scan))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_clerk_reaches_papers_of_someone_not_yet_in_service(
    client: Client, scan: Document, rina: User, siti: User
) -> None:
    scan.officer.statuses.update(since="2999-01-01")
    scan.officer.refresh_from_db()
    client.force_login(rina)
    assert client.get(scan_url(scan)).status_code == 200
    client.force_login(siti)
    assert client.get(scan_url(scan)).status_code == 404


def test_scan_of_one_officer_is_not_found_under_another(
    client: Client, scan: Document, budi: User, rina: User
) -> None:
    client.force_login(rina)
    budi.officer.refresh_from_db()
    assert client.get(scan_url(scan, budi.officer)).status_code == 404


def test_files_lie_under_names_of_ours(scan: Document, portrait: Officer) -> None:
    assert "rahasia" not in scan.file.name
    assert scan.file.name.startswith("dokumen/")
    assert scan.original_name == "SK rahasia.jpg"
    assert portrait.photo.name.startswith("foto/")


def test_photo_is_public_only_if_allowed(
    client: Client, portrait: Officer, budi: User, siti: User
) -> None:
    path = reverse("registry:photo", args=[portrait.register_number])
    assert client.get(path).status_code == 404
    Officer.objects.filter(pk=portrait.pk).update(photo_public=True)
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    Officer.objects.filter(pk=portrait.pk).update(photo_public=False)
    client.force_login(budi)
    assert client.get(path).status_code == 404
    client.force_login(siti)
    assert client.get(path).status_code == 200


def test_officer_without_photo(client: Client, budi: User) -> None:
    budi.officer.refresh_from_db()
    assert (
        client.get(reverse("registry:photo", args=[budi.officer.register_number])).status_code
        == 404
    )


@pytest.mark.django_db(transaction=True)
def test_old_photo_goes_when_the_new_one_is_kept(portrait: Officer, siti: User) -> None:
    storage, old = portrait.photo.storage, portrait.photo.name
    set_photo(portrait, check_photo(picture((500, 500))), by=siti)
    assert not storage.exists(old)
    assert storage.exists(portrait.photo.name)
    set_photo(portrait, None, by=siti)
    assert portrait.photo.name == ""
