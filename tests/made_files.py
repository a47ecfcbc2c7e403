"""Files made for the tests of uploads: images, PDFs, archives, and the question whether one is refused."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

from epk.lib.files import (
    CheckedFile,
)

Check = Callable[[SimpleUploadedFile], CheckedFile]


CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
TREE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>"


def image(
    file_format: str, mode: str = "RGB", size: tuple[int, int] = (600, 800), **options: Any
) -> bytes:
    output = io.BytesIO()
    Image.new(mode, size).save(output, file_format, **options)
    return output.getvalue()


def pdf(*more: bytes, catalog: bytes = b"", page: bytes = b"", tree: bytes = TREE) -> bytes:
    """A PDF of one page made by hand; `more` objects are numbered from 4."""
    body, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, item in enumerate((CATALOG % catalog, tree, PAGE % page, *more), start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(offsets) + 1, len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(body)


def compressed_stream(content: bytes, keys: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<< /Filter /FlateDecode /Length %d %s >>" % (len(packed), keys)
    return head + b"\nstream\n" + packed + b"\nendstream"


def written(prepare: Callable[[PdfWriter], object] | None = None, pages: int = 1) -> bytes:
    """A PDF written by pypdf, with what `prepare` adds to it."""
    writer, output = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if prepare:
        prepare(writer)
    writer.write(output)
    return output.getvalue()


def archive(name: str = "a.txt", before: bytes = b"") -> bytes:
    output = io.BytesIO(before)
    with zipfile.ZipFile(output, "a") as opened:
        opened.writestr(name, "isi")
    return output.getvalue()


def refused(check: Check, name: str, data: bytes) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        check(SimpleUploadedFile(name, data))
    (sentence,) = caught.value.messages
    assert sentence[0].isupper()
    assert re.fullmatch(r"[^\n]+[^.%]\.", sentence)
    return caught.value
