"""Nothing typed in the forum is lost, sent twice, or sent with a NIK in it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from forum.models import Draft, Post
from tests.forum.made import make_topic
from tests.journeys.conftest import Reader

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_double_click_posts_once(reader: Reader, siti: User, budi: User) -> None:
    topic = make_topic(siti)
    page = reader(budi)
    page.goto(reverse("forum:topic", args=[topic.pk]))
    page.get_by_role("textbox", name="Tulisan").fill("Satu kali saja.")
    page.get_by_role("button", name="Kirim").dblclick()
    page.wait_for_url("**#tulisan-2")
    expect(page.locator("#tulisan-2")).to_contain_text("Satu kali saja.")
    assert Post.objects.filter(topic=topic, author=budi).count() == 1


def test_a_draft_outlives_the_logout(reader: Reader, has_script: bool, siti: User) -> None:
    page = reader(siti)
    page.goto(reverse("forum:topic_new"))
    page.get_by_label("Judul").fill("Setengah jadi saja")
    page.get_by_label("Tulisan").fill("Nanti saya lanjutkan.")
    if not has_script:
        page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_text("Draf tersimpan")).to_be_visible(timeout=10_000)
    page.locator(".account summary").click()
    page.get_by_role("button", name="Keluar").click()
    page.goto(reverse("forum:drafts"))
    page.get_by_label("E-mail atau NIP").fill("siti@demo.example")
    page.get_by_label("Kata sandi").fill("demo-pengantar-kerja")
    page.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("link", name="Setengah jadi saja").click()
    expect(page.get_by_label("Judul")).to_have_value("Setengah jadi saja")
    expect(page.get_by_label("Tulisan")).to_have_value("Nanti saya lanjutkan.")


def test_a_nik_is_stopped_and_the_text_kept(reader: Reader, siti: User, budi: User) -> None:
    topic = make_topic(siti)
    text = "Pencari kerja dengan NIK 3212014506900001 sudah dilayani."
    page = reader(budi)
    page.goto(reverse("forum:topic", args=[topic.pk]))
    page.get_by_role("textbox", name="Tulisan").fill(text)
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("alert")).to_contain_text("NIK tidak boleh dikirim ke forum")
    expect(page.get_by_role("alert")).not_to_contain_text("3212014506900001")
    box = page.get_by_role("textbox", name="Tulisan")
    expect(box).to_have_value(text)
    assert Draft.objects.get().source == text
    assert topic.posts.count() == 1
    box.fill("Pencari kerja itu sudah dilayani.")
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url("**#tulisan-2")
    assert not Draft.objects.exists()
