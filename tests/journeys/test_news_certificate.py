"""An officer attends, evaluates and gets a certificate; somebody with the paper checks it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from news.models import Certificate, Event
from tests.jobs import run_jobs
from tests.journeys.conftest import Look, Reader
from tests.news.made_proof import make_event, make_registration

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_door_to_the_proof(
    reader: Reader,
    look: Look,
    has_script: bool,
    siti: User,
    agus: User,
    browser: Browser,
    server: LiveServer,
) -> None:
    event = make_event("Bimbingan Teknis Penempatan", sessions=1)
    found = make_registration(siti, event)
    officer, editor = reader(siti), reader(agus)

    officer.goto(reverse("news:ticket", args=[event.slug]))
    expect(officer.get_by_text("Belum tercatat")).to_be_visible()
    look(officer, "ticket")
    address = officer.locator(".long-address").inner_text()
    assert address.endswith(reverse("news:check_in", args=[found.key]))

    editor.goto(reverse("news:check_in", args=[found.key]))
    expect(editor.get_by_role("heading", level=1)).to_contain_text("Siti Wulandari")
    look(editor, "check-in")
    editor.get_by_role("button", name="Catat hadir di Sesi 1").click()
    expect(editor.get_by_text("Hadir di sesi “Sesi 1”, tercatat.")).to_be_visible()

    Event.objects.update(ends_at=timezone.now() - dt.timedelta(minutes=1))
    _look_at_the_desk(editor, look, event)
    _evaluate(officer, event, look)
    _issue(editor, event)
    look(editor, "certificates")
    run_jobs()

    made = Certificate.objects.get()
    proof = reverse("news:certificate", args=[made.code])
    officer.goto(proof)
    look(officer, "certificate")
    with officer.expect_download() as waited:
        officer.get_by_role("link", name="Unduh PDF").click()
    content = waited.value.path().read_bytes()
    assert "Siti Wulandari" in PdfReader(io.BytesIO(content)).pages[0].extract_text()

    context = browser.new_context(java_script_enabled=has_script, base_url=server.url)
    public = context.new_page()
    public.goto(proof)
    expect(public.get_by_text("masih berlaku")).to_be_visible()
    expect(public.get_by_text(made.number)).to_be_visible()
    expect(public.get_by_role("link", name="Unduh PDF")).to_have_count(0)
    context.close()


def _look_at_the_desk(page: Page, look: Look, event: Event) -> None:
    """The other pages of the editors: code for the wall, lists, evaluations."""
    session = event.sessions.get()
    page.goto(reverse("news:session_code", args=[session.pk]))
    look(page, "session code")
    for name in ("attendance", "attendance_sheet", "evaluation_summary"):
        page.goto(reverse(f"news:{name}", args=[event.pk]))
        look(page, name)


def _evaluate(page: Page, event: Event, look: Look) -> None:
    page.goto(reverse("news:evaluation", args=[event.slug]))
    page.get_by_role("button", name="Simpan evaluasi").click()
    expect(page.get_by_role("alert")).to_contain_text("Pilih salah satu nilai.")
    look(page, "evaluation")
    for question in ("materinya", "narasumbernya", "penyelenggaraannya", "bermanfaat untuk"):
        group = page.get_by_role("group", name=question)
        group.get_by_label("4, baik").check()
    page.get_by_label("Apa yang paling bermanfaat?").fill("Contoh kasusnya.")
    page.get_by_role("button", name="Simpan evaluasi").click()
    expect(page.get_by_text("Terima kasih, evaluasi Anda tersimpan.")).to_be_visible()


def _issue(page: Page, event: Event) -> None:
    page.goto(reverse("news:certificates", args=[event.pk]))
    page.get_by_role("button", name="Terbitkan 1 sertifikat").click()
    expect(page.get_by_text("1 sertifikat diterbitkan.")).to_be_visible()
