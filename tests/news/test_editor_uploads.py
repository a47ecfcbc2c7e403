"""Pictures and files of an article: good ones, bad ones, other people's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from news.models import Article, Picture
from tests.news.editors import begun, path_of, pdf, typed, working
from tests.news.made import make_picture, png

pytestmark = pytest.mark.django_db


class TestPicturesAndFiles:
    def test_a_picture_with_its_line_and_as_cover(self, client: Client, agus: User) -> None:
        upload = SimpleUploadedFile("aula.png", png(), "image/png")
        extra = {"picture": upload, "picture_alt": "Aula penuh", "picture_is_cover": "on"}
        article = begun(client, agus, **extra)
        picture = Picture.objects.get()
        html = client.get(path_of(article)).content.decode()
        assert f"![](gambar:{picture.pk})" in html
        assert working(article).cover == picture
        values = typed(seen=working(article).edits, source=f"Ini\n\n![](gambar:{picture.pk})")
        client.post(path_of(article), values)
        version = working(article)
        assert version.cover is None
        assert list(version.pictures.all()) == [picture]
        assert 'alt="Aula penuh"' in version.html

    def test_a_picture_of_another_article_stays_there(self, client: Client, agus: User) -> None:
        other = make_picture()
        article = begun(client, agus, source=f"![](gambar:{other.pk})")
        assert not working(article).pictures.exists()
        assert "<img" not in working(article).html

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"picture": ("foto.png", png())}, "Tulis apa yang tampak di gambar"),
            ({"picture_alt": "Aula"}, "Pilih gambarnya"),
            (
                {"picture": ("foto.png", png(10_000, 10_000)), "picture_alt": "Aula"},
                "lebih dari 40 megapiksel",
            ),
            ({"picture": ("foto.png", b"GIF89a"), "picture_alt": "Aula"}, "Berkas ini"),
            ({"file": ("materi.pdf", b"PK\x03\x04")}, "Berkas ini"),
        ],
    )
    def test_bad_ones_get_one_sentence(
        self, client: Client, agus: User, values: dict[str, Any], sentence: str
    ) -> None:
        sent = {
            name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value
            for name, value in values.items()
        }
        client.force_login(agus)
        html = client.post(reverse("news:article_new"), typed(**sent)).content.decode()
        assert sentence in html
        assert "Isi **tebal** artikel." in html
        assert not Article.objects.exists()

    def test_500_pages_are_too_many(self, client: Client, agus: User) -> None:
        article = begun(client, agus)
        upload = SimpleUploadedFile("tebal.pdf", pdf(500), "application/pdf")
        values = typed(source="Tetap di sini", file=upload, seen=working(article).edits)
        html = client.post(path_of(article), values).content.decode()
        assert "lebih dari 50 halaman" in html
        assert "Tetap di sini" in html

    def test_a_file_comes_and_goes(self, client: Client, agus: User) -> None:
        upload = SimpleUploadedFile("materi.pdf", pdf(2), "application/pdf")
        article = begun(client, agus, file=upload, file_title="Materi hari kedua")
        version = working(article)
        assert version.files.get().title == "Materi hari kedua"
        client.post(path_of(article), typed(seen=version.edits, kept_files=version.files.get().pk))
        assert version.files.count() == 1
        client.post(path_of(article), typed(seen=working(article).edits))
        assert version.files.count() == 0
