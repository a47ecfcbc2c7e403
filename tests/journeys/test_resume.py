"""A session ends while a long form is being filled in, and nothing of it is lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from accounts import sessions
from accounts.models import User
from registry.models import Officer
from tests.factories import PASSWORD
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]
PLACE = 'Indramayu "timur" & <b>barat</b>'


def let_the_session_end(context: BrowserContext) -> None:
    """As if the browser had stood open for two hours."""
    keys = [c["value"] for c in context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME]
    session = sessions.SessionStore(session_key=keys[0])
    session[sessions.SEEN] = int(time.time()) - settings.SESSION_IDLE_SECONDS
    session.save()


def log_in(page: Page, user: User) -> None:
    page.get_by_label("E-mail atau NIP").fill(user.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.keyboard.press("Enter")


def fill_in_late(
    visit: Visit, enter: Enter, context: BrowserContext, rina: User, officer: Officer
) -> Page:
    enter(rina)
    page = visit(reverse("admin:registry_officer_change", args=[officer.pk]))
    page.locator("#id_birth_place").fill(PLACE)
    page.locator("#id_reason").fill("Akta kelahiran diperlihatkan")
    let_the_session_end(context)
    page.locator("[name=_save]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")
    expect(page.get_by_text("tulisan Anda masih tersimpan")).to_be_visible()
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_what_was_typed_is_sent_after_logging_in_again(
    scripts: bool, visit: Visit, enter: Enter, context: BrowserContext, rina: User, siti: User
) -> None:
    if not scripts:
        context.route(re.compile(r"\.js(\?|$)"), lambda route: route.fulfill(body=""))
    officer = Officer.objects.get(user=siti)
    page = fill_in_late(visit, enter, context, rina, officer)
    log_in(page, rina)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lanjutkan tulisan Anda")
    expect(page.get_by_text(PLACE)).to_be_visible()
    expect(page.get_by_text("Akta kelahiran diperlihatkan")).to_be_visible()
    assert findings(page, "resume") == []
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.get_by_text(re.compile("berhasil diubah"))).to_be_visible()
    officer.refresh_from_db()
    assert officer.birth_place == PLACE


def test_another_person_never_sees_it(
    visit: Visit, enter: Enter, context: BrowserContext, rina: User, siti: User
) -> None:
    page = fill_in_late(visit, enter, context, rina, Officer.objects.get(user=siti))
    log_in(page, siti)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Selamat \w+, Siti W\."))
    assert 'Indramayu "timur"' not in page.content()
