"""Uploaded documents: which PDF or scan is kept, what is refused and why."""

import hashlib
import time
import zlib
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from epk.lib.files import check_document, child
from tests.made_files import CATALOG, PAGE, archive, compressed_stream, image, pdf, refused, written


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (pdf(), 1),
        (written(pages=50), 50),
        (pdf(catalog=b"/OpenAction [3 0 R /Fit]"), 1),
        (pdf(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"), 1),
        (pdf(page=b"/Annots [<< /Subtype /Link /A << /S /URI /URI (https://x.example) >> >>]"), 1),
        (pdf(b"<< /FT /Sig /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >> >>"), 1),
        (pdf(b"<< /Type /StructElem /S /P /P 2 0 R >>"), 1),
        (pdf().rstrip() + b"\r\n\0\0\0", 1),
        (pdf() + pdf()[9:], 1),  # an update appended, as a signature is
        (pdf(tree=b"<< /Type /Pages /Kids [3 0 R] /Count 999999 /MediaBox [0 0 9 9] >>"), 1),
    ],
)
def test_pdf_is_kept_byte_for_byte(data: bytes, pages: int) -> None:
    checked = check_document(SimpleUploadedFile("SK Jabatan.PDF", data))
    assert checked.content.read() == data
    assert (checked.content_type, checked.extension) == ("application/pdf", "pdf")
    assert (checked.pages, checked.size) == (pages, len(data))
    assert checked.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "size", "mode"),
    [
        ("a.png", image("PNG", "L", (4_000, 2_000)), (3_000, 1_500), "L"),
        ("a.png", image("PNG", "RGBA", (3_200, 3_200)), (3_000, 3_000), "RGB"),
        ("a.jpg", image("JPEG", size=(300, 400)), (300, 400), "RGB"),
    ],
)
def test_scan_is_drawn_anew(name: str, data: bytes, size: tuple[int, int], mode: str) -> None:
    checked = check_document(SimpleUploadedFile(name, data))
    with Image.open(checked.content) as scan:
        assert (scan.format, scan.size, scan.mode) == ("JPEG", size, mode)
    assert (checked.content_type, checked.extension, checked.pages) == ("image/jpeg", "jpg", 1)


SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def hidden_in_object_stream() -> bytes:
    inside = b"9 0 << /S /JavaScript /JS (x) >>"
    return pdf(compressed_stream(inside, b"/Type /ObjStm /N 1 /First 4"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (written(lambda writer: writer.encrypt("rahasia")), "encrypted"),
        (written(lambda writer: writer.encrypt("", "pemilik")), "encrypted"),
        (written(pages=51), "too_many_pages"),
        (pdf(tree=b"<< /Type /Pages /Kids [] /Count 1 >>"), "no_pages"),
        (pdf(SCRIPT, catalog=b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>"), "active"),
        (pdf(SCRIPT), "active"),
        (pdf(SCRIPT.replace(b"/JavaScript", b"/J#61vaScript")), "active"),
        (pdf(b"<< /S /Rendition /JS 5 0 R >>"), "active"),
        (hidden_in_object_stream(), "active"),
        (pdf(catalog=b"/OpenAction << /S /Named /N /Print >>"), "active"),
        (pdf(catalog=b"/OpenAction << /S /URI /URI (https://x.example) >>"), "active"),
        (pdf(catalog=b"/AcroForm << /XFA [(a) 4 0 R] >>"), "active"),
        (pdf(page=b"/AA << /O << /S /GoTo /D [3 0 R /Fit] >> >>"), "active"),
        (pdf(page=b"/Annots [<< /A << /S /Launch /F (a.exe) >> >>]"), "active"),
        (
            pdf(page=b"/Annots [<< /A << /S 4 0 R /F (x) >> >>]").replace(b"4 0 R", b"/GoToR"),
            "active",
        ),
        (pdf(b"<< /S /SubmitForm /F (https://x.example) >>"), "active"),
        (pdf(b"<< /Type /Annot /Subtype /Screen >>"), "active"),
        (written(lambda writer: writer.add_attachment("a.xlsx", b"isi")), "attachment"),
        (pdf(b"<< /Type /Annot /Subtype /FileAttachment >>"), "attachment"),
        (pdf(catalog=b"/Collection << >>"), "attachment"),
        (pdf(b"<< /Length 0 /F (/etc/passwd) >>\nstream\n\nendstream"), "attachment"),
        (pdf().replace(b"[0 0 595 842]", b"[0 0 99595 842]"), "page_size"),
        (pdf().replace(b"[0 0 595 842]", b"[0 0 0.1 842]"), "page_size"),
        (pdf().replace(b"/MediaBox [0 0 595 842]", b""), "page_size"),
        (pdf(page=b"/UserUnit 75000"), "page_size"),
        (pdf(page=b"/CropBox [5 5 6 6]"), "page_size"),
        (b"%PDF-1.7\n<html><script>x()</script>" + pdf()[9:], "polyglot"),
        (pdf() + archive(), "polyglot"),
        (archive(before=pdf()) + b"%%EOF", "polyglot"),
        (pdf() + b"muatan", "polyglot"),
        (pdf() + b"\n" * 5_000, "polyglot"),
        (pdf()[:200], "truncated"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"%%EOF", "unreadable"),
        (b"%PDF-1.7\n%%EOF", "unreadable"),
    ],
)
def test_pdf_refused(data: bytes, code: str) -> None:
    assert refused(check_document, "sk.pdf", data).code == code


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("sk.pdf", b"junk\n" + pdf(), "PDF yang didahului isi lain"),
        ("sk.pdf", b"<html>" + pdf(), "sebenarnya halaman HTML"),
        ("sk.pdf", image("GIF"), "sebenarnya gambar GIF; unggah PDF, JPEG, atau PNG."),
        ("sk.webp", image("WEBP"), "ini gambar WebP; unggah PDF"),
        ("sk.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("sk.docx", archive("word/document.xml"), "dokumen Word"),
        ("sk.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Office lama"),
        ("sk.pdf", archive(), "arsip ZIP"),
        ("sk.rar", b"Rar!\x1a\x07\x00", "arsip"),
    ],
)
def test_document_of_another_kind_refused(name: str, data: bytes, found: str) -> None:
    error = refused(check_document, name, data)
    assert error.code == "kind"
    assert found in error.messages[0]


def test_document_past_the_limit_refused() -> None:
    error = refused(check_document, "a.pdf", pdf() + bytes(10 * 1024 * 1024))
    assert error.code == "too_large"


def chained_tree(*, fan: int, depth: int = 3_000) -> bytes:
    kids = [b" ".join([b"%d 0 R" % (number + 5)] * fan) for number in range(depth)]
    nodes = [b"<< /Type /Pages /Kids [%s] /Count 1 >>" % kid for kid in kids]
    return pdf(*nodes, PAGE % b"", tree=b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>")


def object_stream_bomb() -> bytes:
    """A cross-reference stream that sends the reader into 64 MB of zeros for the page tree."""
    body, packer = bytearray(b"%PDF-1.7\n"), zlib.compressobj(9)
    zeros = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    rows = [bytes(6)]
    for number, item in enumerate(
        (
            CATALOG % b"",
            b"<< /Type /ObjStm /N 1 /First 9 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
            % (len(zeros), zeros),
        ),
        start=1,
    ):
        rows.append(b"\1" + len(body).to_bytes(4) + b"\0")
        body += b"%d 0 obj\n%s\nendobj\n" % ({1: 1, 2: 3}[number], item)
    table = b"".join([rows[0], rows[1], b"\2\0\0\0\3\0", rows[2]])
    start = len(body)
    body += b"4 0 obj\n<< /Type /XRef /Size 4 /W [1 4 1] /Root 1 0 R /Length 24 >>\nstream\n"
    body += table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(body)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "deep tree": lambda: chained_tree(fan=1),
    "multiplying tree": lambda: chained_tree(fan=2, depth=40),
    "cycle": lambda: pdf(tree=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    "nested arrays": lambda: pdf(b"[" * 200_000),
    "bomb in an object stream": object_stream_bomb,
    "huge cross-reference": lambda: pdf().replace(b"xref\n0 4", b"xref\n0 999999999"),
    "too many objects": lambda: pdf(*[b"1"] * 100_001),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_pdf_refused_quickly(hostile: str) -> None:
    data = HOSTILE[hostile]()
    started = time.monotonic()
    assert refused(check_document, "a.pdf", data).code in {"too_complex", "unreadable"}
    assert time.monotonic() - started < 6


def test_pdf_that_keeps_the_parser_searching_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each reference to an object that is nowhere makes pypdf search the whole file for it."""
    monkeypatch.setattr(child, "CPU_SECONDS", 1)
    lost = [b"<< /S %d 0 R >>" % number for number in range(100_000, 120_000)]
    data = pdf(b"(" + b"x" * 5_000_000 + b")", *lost)
    assert refused(check_document, "a.pdf", data).code == "too_complex"
