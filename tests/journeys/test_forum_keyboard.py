"""The forum with the keyboard alone: every step by Tab, Enter and the arrows, the focus always seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Topic
from registry.models import Officer
from tests.forum.made import make_category, make_topic
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]
MOST_STEPS = 90
# What has the focus: its name as read out, and whether a ring or frame shows where one is.
FOCUSED = """() => {
    const at = document.activeElement;
    const style = getComputedStyle(at);
    const label = at.labels?.[0] ?? at;
    return {
        name: at.getAttribute("aria-label") ?? label.textContent.replace(/\\s+/g, " ").trim(),
        isSeen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        isBody: at === document.body,
    };
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until this has the focus; each stop on the way shows that it has it."""
    passed = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["isBody"]:
            continue
        passed.append(focused["name"])
        assert focused["isSeen"], f"no ring around {focused['name']!r}"
        if focused["name"].startswith(name):
            return
    raise AssertionError(f"never came to {name!r}; passed {passed}")


def test_write_reply_thank_and_search(
    visit: Visit, enter: Enter, page: Page, siti: User, budi: User
) -> None:
    make_category("karier")
    other = make_topic(budi, title="Formasi yang kosong di provinsi")
    number = Officer.objects.of_account(budi).get().register_number
    keys, offered = page.keyboard, page.locator(".mention-list").get_by_role("option")
    enter(siti)
    visit(reverse("forum:index"))
    tab_to(page, "Mulai topik")
    keys.press("Enter")
    page.wait_for_url(f"**{reverse('forum:topic_new')}")
    tab_to(page, "Kategori")
    keys.type("Karier")
    tab_to(page, "Judul")
    keys.type("Uji kompetensi dengan papan tik")
    tab_to(page, "Tulisan")
    keys.type("Pernahkah @rumb")
    expect(offered).to_have_count(1)
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.type("mencobanya? Atau @wulan")
    expect(offered).to_have_count(1)
    keys.press("Escape")
    expect(offered).to_have_count(0)
    # Escape leaves the text alone, and Tab still leads out of the box.
    expect(page.locator("textarea[name=source]")).to_have_value(
        f"Pernahkah @{number} mencobanya? Atau @wulan"
    )
    tab_to(page, "Kirim")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Uji kompetensi dengan papan tik")
    assert Topic.objects.latest("pk").category.slug == "karier"

    visit(reverse("forum:topic", args=[other.pk]))
    tab_to(page, "Terima kasih untuk tulisan 1")
    keys.press("Enter")
    expect(page.get_by_text("1 terima kasih")).to_be_visible()
    tab_to(page, "Tulisan")
    keys.type("Di kabupaten kami juga kosong.")
    tab_to(page, "Kirim")
    keys.press("Enter")
    page.wait_for_url("**#tulisan-2")
    # One goes on from what was just written, not from the head of the page.
    tab_to(page, "Siti Wulandari")

    visit(reverse("forum:index"))
    tab_to(page, "Cari di forum")
    keys.type("kabupaten kosong")
    keys.press("Enter")
    expect(page.get_by_text("1 tulisan ditemukan")).to_be_visible()
    tab_to(page, "Formasi yang kosong di provinsi")
    keys.press("Enter")
    page.wait_for_url("**#tulisan-2")


def test_the_page_is_left_as_it_was_entered(
    visit: Visit, enter: Enter, page: Page, siti: User
) -> None:
    """No trap: Tab goes through the whole page and out of it again."""
    topic = make_topic(siti)
    enter(siti)
    visit(reverse("forum:topic", args=[topic.pk]))
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('footer') !== null"):
            break
    else:
        raise AssertionError("the foot of the page is never reached")
    for _ in range(MOST_STEPS):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.classList.contains('skip-link')"):
            return
    raise AssertionError("the head of the page is never reached")
