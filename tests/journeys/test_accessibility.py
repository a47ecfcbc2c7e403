"""WCAG 2.2 AA on every page there is: no finding by axe, no sideways scrolling, no complaint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

import pytest
from django.core.mail import send_mail
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from epk import mail_preview
from notifications.addresses import pause_address
from notifications.models import Mail
from registry.models import Officer, Unit
from tests.factories import make_posting
from tests.factories_bulk import make_officers
from tests.journeys.accessibility import CUT_OFF, findings
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]


@pytest.fixture
def cast(siti: User, joko: User, budi: User) -> Officer:
    """Siti, with colleagues here, in Papua and in retirement."""
    return Officer.objects.get(user=siti)


# Faults of Django's own admin, whose markup we do not hold:
# - the boxes of its autocomplete fields (select2) are not tied to the label of their field;
# - its search field has a tooltip, and a picture with a text for a label, which axe does not count.
# - rows of its list of models reach past 320 px, with nothing in them there.
DJANGOS_OWN = ("aria-input-field-name", "label-title-only", CUT_OFF)


def open_all(visit: Visit, paths: dict[str, str], known: Collection[str] = ()) -> list[str]:
    return [
        fault for name, path in paths.items() for fault in findings(visit(path), name, known=known)
    ]


def test_public_pages(visit: Visit, cast: Officer, disnaker_indramayu: Unit) -> None:
    make_officers(80, disnaker_indramayu)
    directory = reverse("registry:directory")
    paths = {
        "home": reverse("home"),
        "directory": directory,
        "directory, page 2": f"{directory}?halaman=2",
        "directory, filters": f"{directory}?q=siti&provinsi=32&kabupaten=32.12&status=aktif&status=pensiun&per=2025-12-31",
        "directory, nobody": f"{directory}?q=tidakadayangbegini",
        "directory, near": f"{directory}?q=Wulandarxxx",
        "directory, nobody there": f"{directory}?provinsi=32&jenjang=ahli_utama",
        "directory, ignored": f"{directory}?provinsi=99&halaman=x&per=9999-99-99&keahlian=sulap",
        "profile": reverse("registry:profile", args=[cast.register_number]),
        "check": reverse("registry:check"),
        "check by number": reverse("registry:check_number", args=[cast.register_number]),
        "check, not found": reverse("registry:check_number", args=["PK-999999"]),
        "login": reverse("account_login"),
        "admin login": reverse("admin:login"),
    }
    assert open_all(visit, paths) == []


def test_filters_unfolded_on_a_phone(visit: Visit, page: Page, cast: Officer) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    visit(f"{reverse('registry:directory')}?status=aktif")
    page.locator("summary", has_text="Saring").click()
    page.get_by_label("Provinsi").wait_for(state="visible")
    assert findings(page, "directory, unfolded") == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("198602312015052001", "Ada yang perlu diperbaiki"),
        ("Siti Wulandari", "Ditemukan dalam register"),
        ("Joko", "Pernah tercatat, tetapi tidak lagi bertugas"),
        ("Nobody Atall", "Tidak ditemukan"),
    ],
    ids=["error", "found", "retired", "not_found"],
)
def test_answers_of_the_check(visit: Visit, cast: Officer, typed: str, answer: str) -> None:
    page = visit(reverse("registry:check"))
    page.get_by_label("NIP, nomor register").fill(typed)
    page.get_by_role("button", name="Cek", exact=True).click()
    page.get_by_text(answer).first.wait_for()
    assert findings(page, f"check, {typed}") == []


def test_login_with_an_error(visit: Visit, cast: Officer) -> None:
    page = visit(reverse("account_login"))
    page.get_by_label("E-mail atau NIP").fill("siti@demo.example")
    page.get_by_label("Kata sandi").fill("salah")
    page.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_text("Ada yang perlu diperbaiki").wait_for()
    assert page.title().startswith("Galat: ")
    assert findings(page, "login, error") == []


def test_error_pages(visit: Visit) -> None:
    paths = {
        str(status): reverse("error_page", args=[status]) for status in (400, 403, 404, 500, 503)
    }
    paths |= {"stale form": reverse("stale_form"), "too often": reverse("too_often")}
    assert open_all(visit, paths) == []


def test_pages_of_an_officer(visit: Visit, enter: Enter, siti: User, budi: User) -> None:
    enter(siti)
    own, other = (Officer.objects.get(user=user) for user in (siti, budi))
    paths = {
        "home": reverse("home"),
        "directory": reverse("registry:directory"),
        "own profile": reverse("registry:profile", args=[own.register_number]),
        "profile of a colleague": reverse("registry:profile", args=[other.register_number]),
        "403": reverse("style_guide"),
    }
    assert open_all(visit, paths) == []


def test_pages_of_staff(visit: Visit, enter: Enter, rina: User, cast: Officer) -> None:
    enter(rina)
    page = visit(reverse("home"))
    page.locator(".account summary").click()
    # The menu lies over parts of the page, whose links are then too small: they are beneath it.
    found = findings(page, "home, account menu open", within=".account")
    paths = {
        "profile": reverse("registry:profile", args=[cast.register_number]),
        "style guide": reverse("style_guide"),
        "mails": reverse("mail_samples"),
        "mail": reverse("mail_sample", args=["accounts", "activation"]),
    }
    assert found + open_all(visit, paths) == []


# A mail program puts the HTML of a mail within a page of its own, which has landmarks and a heading.
OF_A_WHOLE_PAGE = ("landmark-one-main", "page-has-heading-one", "region")
# A mail names no background, so that the reader's own is used; axe takes that for white.
OWN_BACKGROUND = "document.documentElement.style.backgroundColor = 'Canvas'"


def test_html_of_mails(visit: Visit, enter: Enter, rina: User) -> None:
    enter(rina)
    found = []
    for sample in mail_preview.samples():
        page = visit(reverse("mail_sample_html", args=[sample.app, sample.name]))
        page.evaluate(OWN_BACKGROUND)
        found += findings(page, sample.template, known=OF_A_WHOLE_PAGE)
    assert found == []


def test_pages_of_an_admin_of_a_province(
    visit: Visit, enter: Enter, dewi: User, cast: Officer, disnaker_papua: Unit
) -> None:
    """With everything that is told apart for a scope: postings and a merger elsewhere."""
    own = cast.postings.get()
    elsewhere = Officer.objects.get(user__email="budi@demo.example")
    Officer.objects.filter(pk=cast.pk).update(merged_into=elsewhere)
    Unit.objects.filter(pk=own.unit_id).update(successor=disnaker_papua)
    make_posting(cast, disnaker_papua, dt.date(2018, 1, 1), own.first_day)
    enter(dewi)
    paths = {
        "admin": reverse("admin:index"),
        "officers": reverse("admin:registry_officer_changelist"),
        "new officer": reverse("admin:registry_officer_add"),
        "officer": reverse("admin:registry_officer_change", args=[cast.pk]),
        "history of an officer": reverse("admin:registry_officer_history", args=[cast.pk]),
        "deleting an officer": reverse("admin:registry_officer_delete", args=[cast.pk]),
        "units": reverse("admin:registry_unit_changelist"),
        "unit": reverse("admin:registry_unit_change", args=[own.unit_id]),
        "documents": reverse("admin:registry_document_changelist"),
        "access log": reverse("admin:registry_accessrecord_changelist"),
        "not found": reverse("admin:registry_officer_change", args=[elsewhere.pk]),
    }
    assert open_all(visit, paths, known=DJANGOS_OWN) == []


def test_pages_of_the_admin(visit: Visit, enter: Enter, admin: User, cast: Officer) -> None:
    enter(admin)
    send_mail("Surat uji", "Isi.", None, ["siti@contoh.example"])
    mail = Mail.objects.get()
    pause_address("hilang@contoh.example", code="5.1.1", answer="550 5.1.1 No such user")
    posting = cast.postings.get()
    paths = {
        "admin": reverse("admin:index"),
        "officers": reverse("admin:registry_officer_changelist"),
        "officers, filtered": f"{reverse('admin:registry_officer_changelist')}?q=siti",
        "new officer": reverse("admin:registry_officer_add"),
        "officer": reverse("admin:registry_officer_change", args=[cast.pk]),
        "history of an officer": reverse("admin:registry_officer_history", args=[cast.pk]),
        "units": reverse("admin:registry_unit_changelist"),
        "unit": reverse("admin:registry_unit_change", args=[posting.unit_id]),
        "regions": reverse("admin:registry_region_changelist"),
        "accounts": reverse("admin:accounts_user_changelist"),
        "outbox": reverse("admin:notifications_mail_changelist"),
        "mail": reverse("admin:notifications_mail_change", args=[mail.pk]),
        "paused addresses": reverse("admin:notifications_pausedaddress_changelist"),
        "jobs": reverse("admin:notifications_job_changelist"),
    }
    assert open_all(visit, paths, known=DJANGOS_OWN) == []
