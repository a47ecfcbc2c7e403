"""The public looks for someone: by keyboard, without JavaScript, with it, on paper."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from epk.lib.nip import format_nip
from registry.models import Officer, Unit
from tests.factories_bulk import make_officers
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# A ring around the element itself, or around the row that its link is stretched over.
FOCUS_IS_VISIBLE = """() => {
    const box = document.activeElement.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && [null, "::before", "::after"].some(part => {
        const style = getComputedStyle(document.activeElement, part);
        const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        return ring || style.boxShadow !== "none";
    });
}"""


def tab_to(page: Page, name: str, *, most: int = 40) -> None:
    """Press Tab until what has this name has the focus, which must be seen on every step."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_VISIBLE), page.evaluate("document.activeElement.outerHTML")
        if name in page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
        ):
            return
    raise AssertionError(f"Tab never reached “{name}”")


def test_finds_an_officer_by_a_misspelt_name_with_the_keyboard_alone(
    visit: Visit, siti: User, joko: User, budi: User
) -> None:
    page = visit(reverse("home"))
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Langsung ke isi")
    page.keyboard.press("Enter")
    tab_to(page, "Cari di direktori")
    page.keyboard.type("sitti wulandary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        re.compile("1 petugas, untuk “sitti wulandary”")
    )
    tab_to(page, "Siti Wulandari, S.Psi.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Siti Wulandari, S.Psi.")
    expect(page.get_by_text("Kabupaten Indramayu").first).to_be_visible()
    expect(page.get_by_text("siti.wulandari@contoh.example")).to_be_visible()


def test_profile_hides_from_the_public_what_is_not_for_it(visit: Visit, siti: User) -> None:
    officer = Officer.objects.get(user=siti)
    page = visit(reverse("registry:profile", args=[officer.register_number]))
    html = page.content()
    assert officer.nip
    for hidden in (
        officer.nip,
        format_nip(officer.nip),
        officer.private_phone,
        "26 September 1986",
    ):
        assert hidden not in html
    expect(page.get_by_text("disamarkan")).to_be_attached()


class TestWithoutJavaScript:
    @pytest.fixture
    def page(self, browser: Browser, server: LiveServer) -> Page:
        context = browser.new_context(java_script_enabled=False, base_url=server.url)
        return context.new_page()

    @pytest.mark.usefixtures("siti", "budi")
    def test_searches_filters_sorts_and_turns_pages(
        self, page: Page, disnaker_indramayu: Unit
    ) -> None:
        make_officers(60, disnaker_indramayu)
        page.goto(reverse("registry:directory"))
        headline = page.get_by_role("heading", level=2).first
        expect(headline).to_have_text("62 petugas")

        page.get_by_role("link", name="Berikutnya").click()
        expect(page.get_by_text("26–50 dari 62")).to_be_visible()
        page.get_by_role("link", name="Sebelumnya").click()
        expect(page.get_by_text("1–25 dari 62")).to_be_visible()

        page.get_by_label("Urutkan").select_option("-nama")
        page.locator(".list-head__order").get_by_role("button", name="Terapkan").click()
        expect(page.locator(".officer-row__name").first).to_contain_text("Siti Wulandari")

        page.get_by_label("Provinsi").select_option("91")
        page.locator("#id_provinsi ~ *, form").get_by_role("button", name="Terapkan").first.click()
        expect(headline).to_have_text("1 petugas, Papua")
        expect(page.get_by_role("link", name="Budi Rumbiak")).to_be_visible()

        page.get_by_label("Nama atau unit kerja").fill("sity")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Tidak ada petugas yang cocok")).to_be_visible()
        page.get_by_role("link", name=re.compile("Cari di seluruh Indonesia")).click()
        expect(page.get_by_role("link", name="Siti Wulandari, S.Psi.")).to_be_visible()

        page.get_by_role("link", name=re.compile("Hapus saringan.*sity")).click()
        expect(headline).to_have_text("62 petugas")

    def test_changes_the_colours_and_comes_back(self, page: Page) -> None:
        address = f"{reverse('registry:directory')}?q=siti"
        page.goto(address)
        ground = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(ground)
        page.get_by_role("button", name="Gelap").click()
        assert page.url.endswith(address)
        assert page.evaluate(ground) != light
        expect(page.get_by_role("button", name="Gelap")).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="Terang").click()
        assert page.evaluate(ground) == light
        page.get_by_role("button", name="Sistem").click()
        expect(page.locator("html")).not_to_have_attribute("data-bs-theme", "light")

    def test_checks_a_retired_officer(self, page: Page, joko: User) -> None:
        page.goto(reverse("registry:check"))
        nip = Officer.objects.get(user=joko).nip
        page.get_by_label("NIP, nomor register").fill(format_nip(nip or ""))
        page.get_by_role("button", name="Cek", exact=True).click()
        expect(
            page.get_by_text("tidak lagi bertugas: pensiun sejak 1 Februari 2025")
        ).to_be_visible()
        expect(page.get_by_text("Data per").first).to_be_visible()
        assert page.url.endswith(reverse("registry:check"))
        assert nip not in page.locator("main section").inner_html()


class TestDirectoryWithJavaScript:
    @pytest.fixture
    def directory(self, visit: Visit, siti: User, budi: User, disnaker_indramayu: Unit) -> Page:
        """With Siti and sixty more in Indramayu, and Budi in Papua."""
        assert siti.officer.postings.get().unit == disnaker_indramayu
        assert budi.officer.postings.get().unit != disnaker_indramayu
        make_officers(60, disnaker_indramayu)
        page = visit(reverse("registry:directory"))
        page.evaluate("window.sameDocument = true")
        return page

    def headline(self, page: Page, text: str) -> None:
        expect(page.locator(".list-head__count")).to_have_text(text)

    def in_place(self, page: Page) -> bool:
        return bool(page.evaluate("window.sameDocument === true"))

    def test_finds_while_one_types_and_keeps_the_focus(self, directory: Page) -> None:
        field = directory.get_by_label("Nama atau unit kerja")
        field.press_sequentially("sity", delay=30)
        self.headline(directory, "1 petugas, untuk “sity”")
        expect(field).to_be_focused()
        expect(field).to_have_value("sity")
        assert self.in_place(directory)
        expect(directory).to_have_url(re.compile(r"/direktori/\?q=sity$"))
        expect(directory).to_have_title(re.compile("1 petugas, untuk “sity”"))

        field.press_sequentially(" wulan", delay=30)
        self.headline(directory, "1 petugas, untuk “sity wulan”")
        expect(field).to_be_focused()
        expect(field).to_have_value("sity wulan")
        assert field.evaluate("e => e.selectionStart") == len("sity wulan")

    def test_keeps_what_is_typed_while_an_answer_is_on_its_way(self, directory: Page) -> None:
        slow = {"offline": False, "latency": 700, "downloadThroughput": -1, "uploadThroughput": -1}
        session = directory.context.new_cdp_session(directory)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", slow)
        field = directory.get_by_label("Nama atau unit kerja")
        field.press_sequentially("si", delay=20)
        directory.wait_for_timeout(500)
        field.press_sequentially("ti", delay=20)
        self.headline(directory, "1 petugas, untuk “siti”")
        expect(field).to_have_value("siti")

    def test_filters_in_place_and_goes_back(self, directory: Page) -> None:
        directory.get_by_label("Provinsi").select_option("91")
        self.headline(directory, "1 petugas, Papua")
        expect(directory).to_have_url(re.compile(r"\?provinsi=91$"))
        directory.get_by_label("Ahli Madya").check()
        expect(directory).to_have_url(re.compile(r"\?provinsi=91&jenjang=ahli_madya$"))
        expect(directory.get_by_label("Ahli Madya")).to_be_focused()
        assert self.in_place(directory)

        directory.go_back()
        self.headline(directory, "1 petugas, Papua")
        expect(directory).to_have_url(re.compile(r"\?provinsi=91$"))
        expect(directory.get_by_label("Ahli Madya")).not_to_be_checked()
        expect(directory.get_by_label("Provinsi")).to_have_value("91")
        directory.go_back()
        self.headline(directory, "62 petugas")
        expect(directory.get_by_label("Provinsi")).to_have_value("")
        directory.go_forward()
        self.headline(directory, "1 petugas, Papua")

        directory.get_by_label("Provinsi").select_option("32")
        self.headline(directory, "61 petugas, Jawa Barat")
        expect(directory.get_by_label("Kabupaten/kota")).to_be_enabled()

    def test_asks_once_for_each_search(self, directory: Page) -> None:
        field = directory.get_by_label("Nama atau unit kerja")
        before = directory.evaluate("history.length")
        field.press_sequentially("siti", delay=20)
        directory.keyboard.press("Enter")
        self.headline(directory, "1 petugas, untuk “siti”")
        directory.wait_for_timeout(700)
        directory.keyboard.press("Enter")
        directory.get_by_role("heading", level=1).click()
        directory.wait_for_timeout(700)
        assert directory.evaluate("history.length") == before + 1
        directory.go_back()
        self.headline(directory, "62 petugas")
        expect(field).to_have_value("")

    def test_sorts_in_place(self, directory: Page) -> None:
        directory.get_by_label("Urutkan").select_option("-nama")
        expect(directory.locator(".officer-row__name").first).to_contain_text("Siti Wulandari")
        expect(directory).to_have_url(re.compile(r"\?urut=-nama$"))
        assert self.in_place(directory)

    def test_leaves_the_filters_unfolded_on_a_phone(self, directory: Page) -> None:
        directory.set_viewport_size({"width": 360, "height": 800})
        directory.locator("summary", has_text="Saring").click()
        directory.get_by_label("Provinsi").select_option("91")
        self.headline(directory, "1 petugas, Papua")
        expect(directory.get_by_label("Provinsi")).to_be_visible()

    def test_comes_back_from_a_profile_to_the_same_results(self, directory: Page) -> None:
        directory.get_by_label("Provinsi").select_option("91")
        self.headline(directory, "1 petugas, Papua")
        directory.get_by_role("link", name="Budi Rumbiak").click()
        expect(directory.get_by_role("heading", level=1)).to_have_text("Budi Rumbiak")
        directory.go_back()
        self.headline(directory, "1 petugas, Papua")
        expect(directory.get_by_label("Provinsi")).to_have_value("91")


def test_prints_without_navigation(visit: Visit, siti: User) -> None:
    officer = Officer.objects.get(user=siti)
    for path in (
        reverse("registry:profile", args=[officer.register_number]),
        reverse("registry:directory"),
    ):
        page = visit(path)
        page.emulate_media(media="print", color_scheme="dark")
        for landmark in ("navigation", "search"):
            for part in page.get_by_role(landmark).all():
                if landmark == "search" and part.locator(".officer-row").count():
                    continue  # the form is around the results, which are printed
                expect(part).not_to_be_visible()
        expect(page.get_by_text("Siti Wulandari, S.Psi.").first).to_be_visible()
        expect(page.get_by_role("button").first).not_to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).color") in {
            "rgb(0, 0, 0)",
            "rgb(20, 37, 46)",
        }
        page.emulate_media(media="screen", color_scheme="light")
