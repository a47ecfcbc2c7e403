"""The page of an article, the list, and the pictures and files that follow them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.models import Article
from news.rendering import pictures_in, rendered
from tests.news.made import attach, make_article, make_file, make_picture

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def shown(client: Client, article: Article) -> int:
    return client.get(reverse("news:article", args=[article.slug])).status_code


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, 200),
        ({"publish_until": -HOUR}, 404),
        ({"publish_until": HOUR}, 200),
        ({"withdrawn_at": -HOUR}, 404),
        ({"audience": "petugas"}, 404),
    ],
)
def test_what_stands_at_its_address(client: Client, values: dict[str, Any], status: int) -> None:
    now = timezone.now()
    moments: dict[str, Any] = {
        name: now + value if isinstance(value, dt.timedelta) else value
        for name, value in values.items()
    }
    article = make_article(published=now - 2 * HOUR, **moments)
    assert shown(client, article) == status
    listed = article.title in client.get(reverse("news:articles")).content.decode()
    assert listed is (status == 200)


def test_an_article_appears_at_its_minute(client: Client, clock: Any) -> None:
    article = make_article(published=timezone.now() + HOUR)
    assert shown(client, article) == 404
    clock.move(minutes=61)
    assert shown(client, article) == 200


def test_a_draft_has_no_address(client: Client, agus: User) -> None:
    article = make_article(state="draf", by=agus)
    for _ in range(2):
        assert shown(client, article) == 404
        client.force_login(agus)


def test_what_is_for_officers_is_for_those_with_a_role(client: Client, siti: User) -> None:
    article = make_article(audience="petugas")
    client.force_login(siti)
    assert shown(client, article) == 200


def test_pictures_and_files_follow_their_article(client: Client, agus: User, siti: User) -> None:
    article = make_article(audience="petugas")
    picture, file = make_picture(), make_file()
    article.live.pictures.add(picture)
    attach(article, file)
    paths = [
        reverse("news:picture", args=[picture.key, 480]),
        reverse("news:file", args=[file.key]),
    ]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    client.force_login(siti)
    assert [client.get(path).status_code for path in paths] == [200, 200]
    Article.objects.update(withdrawn_at=timezone.now())
    assert [client.get(path).status_code for path in paths] == [404, 404]
    client.force_login(agus)
    assert [client.get(path).status_code for path in paths] == [200, 200]


def test_a_picture_has_no_other_widths(client: Client) -> None:
    article, picture = make_article(), make_picture()
    article.live.pictures.add(picture)
    assert client.get(reverse("news:picture", args=[picture.key, 960])).status_code == 404


def test_pictures_stand_in_the_text() -> None:
    picture = make_picture(alt="Aula", credit="Humas <b>")
    source = (
        f"Satu\n\n![](gambar:{picture.pk})\n\nDua ![x](gambar:{picture.pk}) <img src=x>\n\n"
        f"```\n![](gambar:9)\n```\n![Hilang](gambar:12345)"
    )
    html = rendered(source, {picture.pk: picture})
    assert pictures_in(source) == [picture.pk, 12345]
    assert html.count("<img") == 1
    assert 'alt="Aula"' in html
    assert "Humas &lt;b&gt;" in html
    assert "![](gambar:9)" in html


def test_a_page_asks_little(client: Client, django_assert_max_num_queries: Any) -> None:
    article = make_article()
    for number in range(5):
        attach(article, make_file(f"materi-{number}.pdf"))
    with django_assert_max_num_queries(4):
        client.get(reverse("news:article", args=[article.slug]))
    with django_assert_max_num_queries(4):
        client.get(reverse("news:articles"))
