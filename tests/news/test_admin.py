"""The news board in the admin: for whom, and that nothing is written there but categories."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from news.models import Article, Category
from tests.news.made import make_article

pytestmark = pytest.mark.django_db
ARTICLES = "admin:news_article_changelist"


def test_articles_are_looked_up_and_lead_to_the_editors_page(client: Client, admin: User) -> None:
    article = make_article("Yang dicari")
    make_article("Yang lain", state="draf", kind="materi")
    client.force_login(admin)
    html = client.get(reverse(ARTICLES), {"kind__exact": "berita"}).content.decode()
    assert "Yang dicari" in html
    assert "Yang lain" not in html
    page = reverse("admin:news_article_change", args=[article.pk])
    assert reverse("news:article_edit", args=[article.pk]) in client.get(page).content.decode()
    assert client.post(page, {"title": "Diubah"}).status_code == 403
    assert Article.objects.filter(title="Yang dicari").exists()


def test_categories_are_changed_and_keep_their_address(client: Client, admin: User) -> None:
    client.force_login(admin)
    category = Category.objects.create(name="Lama", slug="lama")
    page = reverse("admin:news_category_change", args=[category.pk])
    client.post(page, {"name": "Baru", "slug": "baru", "position": 3})
    category.refresh_from_db()
    assert (category.name, category.slug, category.position) == ("Baru", "lama", 3)
    twice = {"name": "Baru", "slug": "lain", "position": 1}
    assert client.post(reverse("admin:news_category_add"), twice).status_code == 200


@pytest.mark.parametrize("table", ["article", "category"])
def test_others_have_no_business_there(
    client: Client, agus: User, rina: User, dewi: User, table: str
) -> None:
    path = reverse(f"admin:news_{table}_changelist")
    assert client.get(path).status_code == 302
    for person in (agus, rina, dewi):
        client.force_login(person)
        assert client.get(path).status_code == 403
