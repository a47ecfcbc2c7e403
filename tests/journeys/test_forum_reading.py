"""In the forum: a colleague is named with the keyboard, like topics are offered, a post is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from registry.models import Officer
from tests.forum.made import make_reply, make_topic
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]


def test_a_colleague_is_named_with_the_keyboard(
    visit: Visit, enter: Enter, page: Page, siti: User, budi: User
) -> None:
    topic = make_topic(siti)
    number = Officer.objects.of_account(budi).get().register_number
    enter(siti)
    visit(reverse("forum:topic", args=[topic.pk]))
    box = page.locator("textarea[name=source]")
    box.press_sequentially("Mungkin @rumb")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option")).to_contain_text("Budi Rumbiak")
    assert findings(page, "names offered") == []
    box.press("Enter")
    expect(box).to_have_value(f"Mungkin @{number} ")
    expect(page.get_by_role("option")).to_have_count(0)
    box.press_sequentially("atau @wulan")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Escape")
    expect(box).to_have_value(f"Mungkin @{number} atau @wulan")


def test_like_topics_are_offered_while_the_title_is_typed(
    visit: Visit, enter: Enter, page: Page, siti: User
) -> None:
    topic = make_topic(siti)
    enter(siti)
    visit(reverse("forum:topic_new"))
    page.get_by_label("Judul").press_sequentially("Cuti dan angka kredit")
    link = page.get_by_role("link", name=topic.title)
    expect(link).to_be_visible()
    assert findings(page, "like topics") == []


def test_a_post_is_found_and_thanked(
    visit: Visit, enter: Enter, page: Page, siti: User, budi: User
) -> None:
    post = make_reply(make_topic(siti), budi, "Penyetaraan memakai ijazah terakhir.")
    enter(siti)
    visit(reverse("forum:index"))
    page.get_by_label("Cari di forum").fill("disetarakan")
    page.get_by_role("button", name="Cari", exact=True).click()
    assert findings(page, "search") == []
    page.get_by_role("link", name="Angka kredit saat cuti").click()
    page.wait_for_url(f"**#tulisan-{post.number}")
    page.get_by_role("button", name="Terima kasih untuk tulisan 2").click()
    expect(page.get_by_text("1 terima kasih")).to_be_visible()
    page.get_by_role("button", name="Bisukan").click()
    expect(page.get_by_role("button", name="Bisukan")).to_have_attribute("aria-pressed", "true")
    assert findings(page, "thanked") == []
