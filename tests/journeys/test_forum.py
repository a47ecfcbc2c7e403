"""An officer asks, a colleague answers; with and without JavaScript, and readable for everyone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from forum.models import Draft, Post, Topic
from tests.forum.made import make_reply, make_topic
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]
LONG = "Pertanggungjawabanpenempatantenagakerja" * 3
ARABIC = "هذا نص مكتوب من اليمين إلى اليسار"
TABLE = "| Periode | Angka kredit | Keterangan |\n|---|---|---|\n| Januari | 2,08 | Baik |"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def reader(
    request: pytest.FixtureRequest, browser: Browser, server: LiveServer
) -> Iterator[Callable[[User], Page]]:
    """A browser of one's own for each person, which may know no JavaScript."""
    contexts = []

    def browser_of(user: User) -> Page:
        context = browser.new_context(java_script_enabled=request.param, base_url=server.url)
        contexts.append(context)
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": server.url}]
        )
        return context.new_page()

    yield browser_of
    for context in contexts:
        context.close()


def test_ask_and_be_answered(
    reader: Callable[[User], Page], siti: User, budi: User, request: pytest.FixtureRequest
) -> None:
    script = "with JavaScript" in request.node.name
    page = reader(siti)
    page.goto(reverse("forum:index"))
    page.get_by_role("link", name="Mulai topik").click()
    page.get_by_label("Kategori").select_option("karier")
    page.get_by_label("Judul").fill("Apakah angka kredit dihitung 2/12?")
    page.get_by_label("Tulisan").fill("Mohon **pencerahan**.")
    if script:
        expect(page.get_by_text("Draf tersimpan")).to_be_visible(timeout=10_000)
        assert Draft.objects.get().title == "Apakah angka kredit dihitung 2/12?"
    page.get_by_role("button", name="Pratinjau").click()
    expect(page.locator(".preview strong")).to_have_text("pencerahan")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Apakah angka kredit dihitung 2/12?")

    topic = Topic.objects.get()
    page = reader(budi)
    page.goto(reverse("forum:index"))
    page.get_by_role("link", name="Apakah angka kredit dihitung 2/12?").click()
    page.get_by_role("link", name="Kutip tulisan 1").click()
    expect(page.get_by_label("Tulisan")).to_have_value(re.compile(r"> Mohon \*\*pencerahan\*\*\."))
    page.get_by_label("Tulisan").press("End")
    page.get_by_label("Tulisan").fill("Boleh, sebagai penilaian periodik.")
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url(f"**{reverse('forum:topic', args=[topic.pk])}#tulisan-2")
    expect(page.get_by_text("Boleh, sebagai penilaian periodik.")).to_be_visible()
    page.get_by_role("link", name="Sunting tulisan 2").click()
    page.get_by_label("Tulisan").fill("Boleh, sepanjang predikatnya Baik.")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="disunting").click()
    expect(page.locator("del").first).to_be_visible()
    assert Post.objects.get(number=2).version == 2


def test_every_page_is_readable_for_everyone(
    visit: Visit, enter: Enter, siti: User, budi: User, maya: User
) -> None:
    topic = make_topic(
        siti, title=f"{LONG}?", source=f"{LONG}\n\n{ARABIC}\n\n{TABLE}\n\n```\n{LONG}\n```"
    )
    for number in range(22):
        make_reply(topic, maya if number % 2 else budi, f"Balasan {number}\n\n> kutipan\n\n- butir")
    tombstone = make_reply(topic, budi)
    Post.objects.filter(pk=tombstone.pk).update(state="hapus", source="", html="")
    own = topic.posts.get(number=1)
    make_topic(maya, title=ARABIC, kind="diskusi")
    Draft.objects.create(user=siti, place="topik-baru", title="Draf", source=LONG)
    enter(siti)
    paths = {
        "index": reverse("forum:index"),
        "category": reverse("forum:category", args=["umum"]),
        "nothing": reverse("forum:index") + "?tampil=belum-dibaca",
        "topic": reverse("forum:topic", args=[topic.pk]),
        "topic, page 2": reverse("forum:topic", args=[topic.pk]) + "?halaman=2",
        "new topic": reverse("forum:topic_new"),
        "reply": reverse("forum:reply", args=[topic.pk]) + "?kutip=1",
        "edit": reverse("forum:post_edit", args=[own.pk]),
        "history": reverse("forum:post_history", args=[own.pk]),
        "drafts": reverse("forum:drafts"),
    }
    found = [fault for name, path in paths.items() for fault in findings(visit(path), name)]
    assert found == []


def test_what_is_refused_is_named_and_kept(
    visit: Visit, enter: Enter, page: Page, siti: User
) -> None:
    enter(siti)
    visit(reverse("forum:topic_new"))
    page.get_by_label("Tulisan").fill("Sudah panjang lebar")
    page.get_by_role("button", name="Kirim").click()
    expect(page).to_have_title("Galat: Mulai topik · Forum · e-Pengantar Kerja")
    expect(page.get_by_role("alert")).to_contain_text("Tulis judulnya.")
    expect(page.get_by_label("Tulisan")).to_have_value("Sudah panjang lebar")
    assert findings(page, "new topic, refused") == []
