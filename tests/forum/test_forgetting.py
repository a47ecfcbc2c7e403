"""What the forum still says of somebody: after their erasure, and to themselves under Data saya."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import User
from forum.erasure import forget_writer
from forum.models import Topic
from forum.personal_data import long_sections
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db
TITLE = "Judul yang dibuat sesudahnya"


def test_no_list_names_who_wrote_last_and_is_erased(siti: User, budi: User) -> None:
    last, not_last = make_topic(budi), make_topic(budi)
    make_reply(last, siti)
    make_reply(not_last, siti)
    make_reply(not_last, budi)
    forget_writer(siti, {"Siti Wulandari"})
    last.refresh_from_db()
    not_last.refresh_from_db()
    assert last.last_author_name == ""
    assert "Budi" in not_last.last_author_name


@pytest.mark.parametrize("state", ["moved", "merged", "hidden"])
def test_data_saya_keeps_the_title_of_what_is_out_of_sight(
    siti: User, maya: User, state: str
) -> None:
    closed = make_category("tertutup", readers=["pembina"], starters=[], repliers=[])
    topic = make_topic(maya)
    post = make_reply(topic, siti, "Kata saya sendiri")
    changes: dict[str, object] = {"title": TITLE}
    if state == "hidden":
        changes["hidden_at"] = timezone.now()
    elif state == "moved":
        changes["category"] = closed
    else:
        post.topic = make_topic(maya, closed, title=TITLE)
        post.number = 2
        post.save()
    Topic.objects.filter(pk=topic.pk).update(**changes)
    said = _own_posts(siti)
    assert "Kata saya sendiri" in said
    assert TITLE not in said


def test_data_saya_names_the_topic_that_one_may_see(siti: User, maya: User) -> None:
    make_reply(make_topic(maya, title=TITLE), siti)
    assert TITLE in _own_posts(siti)


def _own_posts(user: User) -> str:
    section = next(found for found in long_sections(user) if found.key == "tulisan-forum")
    rows = section.rows(list(section.entries()))
    return " ".join(str(item) for row in rows for item in row.items)
