"""/gaya/: every component once, for staff."""

from pathlib import Path

from django.test import Client
from django.urls import reverse

from accounts.models import User


def test_staff_see_it(client: Client, rina: User) -> None:
    client.force_login(rina)
    response = client.get(reverse("style_guide"))
    assert response.status_code == 200
    assert "<title>Gaya · e-Pengantar Kerja</title>" in response.content.decode()


def test_every_component_is_shown(client: Client, rina: User, checkout_root: Path) -> None:
    client.force_login(rina)
    response = client.get(reverse("style_guide"))
    shown = {template.name for template in response.templates}
    folder = checkout_root / "templates"
    present = {str(path.relative_to(folder)) for path in (folder / "components").glob("*.html")}
    assert present - shown == set()


def test_components_name_their_inputs(checkout_root: Path) -> None:
    for path in (checkout_root / "templates/components").glob("*.html"):
        first = path.read_text().splitlines()[0]
        assert first.startswith("{# "), path.name
        assert "Input" in first, path.name


def test_officers_are_refused(client: Client, siti: User) -> None:
    client.force_login(siti)
    assert client.get(reverse("style_guide")).status_code == 403


def test_visitors_are_sent_to_the_login(client: Client) -> None:
    response = client.get(reverse("style_guide"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
