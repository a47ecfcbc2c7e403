"""Names and addresses of stored files: what a browser is told about them."""

import io
import json
import re
from typing import Any

import pytest
from csp.middleware import CSPMiddleware
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile, File
from django.core.files.storage import InMemoryStorage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.test import RequestFactory

from epk.lib.files import clean_name, file_response, new_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("SK Jabatan.pdf", "SK Jabatan.pdf"),
        ("C:\\Users\\Siti\\foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("a\0b\r\nc\u200bd\x7f.png", "ab cd.png"),
        ("  a \u00a0 b  .pdf ", "a b .pdf"),
        ("Re\u0301sume\u0301.pdf", "R\u00e9sum\u00e9.pdf"),
        (".htaccess", "htaccess"),
        ("", "berkas"),
        (None, "berkas"),
        ("\u202e/", "berkas"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 300, "x" * 120),
    ],
)
def test_name_is_cleaned_for_display(raw: str | None, shown: str) -> None:
    assert clean_name(raw) == shown


def test_new_name_is_ours() -> None:
    first, second = new_name("foto", "webp"), new_name("foto", "webp")
    assert re.fullmatch(r"foto/([0-9a-f]{2})/\1[0-9a-f]{30}\.webp", first)
    assert first != second


@pytest.mark.parametrize(
    ("kind", "extension"), [("../x", "pdf"), ("", "pdf"), ("foto", "svg"), ("foto", "x/../pdf")]
)
def test_new_name_takes_no_foreign_part(kind: str, extension: str) -> None:
    with pytest.raises(ValueError, match="Not a"):
        new_name(kind, extension)


def served(request: HttpRequest, **options: Any) -> HttpResponseBase:
    """The response as it leaves the middleware that could still change it."""
    options = {
        "stored": File(io.BytesIO(b"isi"), name="foto/ab/ab12.webp"),
        "content_type": "image/webp",
        "download_name": "a.webp",
        **options,
    }

    def view(_: HttpRequest) -> HttpResponseBase:
        return file_response(options.pop("stored"), **options)

    response = ConditionalGetMiddleware(CSPMiddleware(view))(request)
    assert isinstance(response, HttpResponseBase)
    return response


def test_file_is_served_as_a_harmless_attachment(rf: RequestFactory) -> None:
    response = served(rf.get("/"), content_type="application/pdf", download_name="SK 1.pdf")
    assert dict(response.items()) == {
        "Content-Type": "application/pdf",
        "Content-Length": "3",
        "Content-Disposition": 'attachment; filename="SK 1.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    assert b"".join(response) == b"isi"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('a"b;\r\nSet-Cookie: x.webp', 'attachment; filename="a\\"b; Set-Cookie: x.webp"'),
        ("Sur\u00e9.webp", "attachment; filename*=utf-8''Sur%C3%A9.webp"),
        ("../x\u202e.html", 'attachment; filename="x.html.webp"'),
        ("scan.png", 'attachment; filename="scan.webp"'),
        ("", 'attachment; filename="berkas.webp"'),
    ],
)
def test_download_name_cannot_lie_or_inject(name: str, header: str, rf: RequestFactory) -> None:
    assert served(rf.get("/"), download_name=name)["Content-Disposition"] == header


def test_public_image_may_be_shown_and_asked_for_again(rf: RequestFactory) -> None:
    response = served(rf.get("/"), inline=True, private=False)
    assert response["Content-Disposition"] == 'inline; filename="a.webp"'
    assert response["Cache-Control"] == "public, max-age=300"
    again = served(rf.get("/", headers={"if-none-match": response["ETag"]}), private=False)
    assert again.status_code == 304
    assert json.dumps(response["ETag"])[3:-3].isalnum()


@pytest.mark.parametrize(
    "options", [{"content_type": "application/pdf", "inline": True}, {"content_type": "text/html"}]
)
def test_what_could_act_in_our_origin_is_never_served(
    options: dict[str, Any], rf: RequestFactory
) -> None:
    with pytest.raises(ValueError, match=r"Not a type|Only images"):
        served(rf.get("/"), **options)


def test_missing_file_is_not_found(rf: RequestFactory) -> None:
    user, storage = get_user_model()(), InMemoryStorage()
    field = FileField(storage=storage)
    field.attname = field.name = "photo"
    for name in (None, "", "foto/ab/hilang.webp"):
        with pytest.raises(Http404):
            served(rf.get("/"), stored=FieldFile(user, field, name))
    storage.save("foto/ab/ada.webp", ContentFile(b"isi"))
    found = served(rf.get("/"), stored=FieldFile(user, field, "foto/ab/ada.webp"))
    assert b"".join(found) == b"isi"
