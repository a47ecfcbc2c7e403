"""Slides of the demo as PDF, written here: pages of a heading and a few lines, tagged for readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 842
HEIGHT: Final = 595
MARGIN: Final = 64
WIDEST: Final = 68
"""Letters of a line, at the size it is written in."""
FONTS: Final = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
)
SEA, SUN = "0.031 0.235 0.278", "0.949 0.694 0.204"
HEADING: Final = "0.078 0.145 0.18 rg /B 30 Tf"
POINT: Final = "0.078 0.145 0.18 rg /R 19 Tf"
FOOT: Final = "0.294 0.365 0.404 rg /R 11 Tf"


@dataclass(frozen=True)
class Slide:
    """A page: its heading, and lines of which each is a point."""

    heading: str
    lines: Sequence[str]


def paper(title: str, slides: Sequence[Slide], *, foot: str) -> bytes:
    """A PDF of these slides, the same bytes every time; `foot` stands below each of them.

    Heading and lines are marked as such (ISO 32000-1, 14.7), so that they are read out in order.
    """
    file = _File()
    catalog, pages, root, parents = (file.reserve() for _ in range(4))
    fonts = [file.add(font) for font in FONTS]
    numbers, tops, rows = [], [], []
    for place, slide in enumerate(slides):
        body, kinds = _drawn(slide, foot, place + 1, len(slides))
        content = file.add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
        page = file.add(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Tabs /S"
            b" /StructParents %d /Resources << /Font << /B %d 0 R /R %d 0 R >> >> >>"
            % (pages, WIDTH, HEIGHT, content, place, *fonts)
        )
        marks = [
            file.add(
                b"<< /Type /StructElem /S /%s /P %d 0 R /Pg %d 0 R /K %d >>"
                % (kind, root, page, mark)
            )
            for mark, kind in enumerate(kinds)
        ]
        numbers.append(page)
        tops += marks
        rows.append(b"%d [%s]" % (place, _references(marks)))
    file.fill(parents, b"<< /Nums [%s] >>" % b" ".join(rows))
    file.fill(
        root,
        b"<< /Type /StructTreeRoot /K [%s] /ParentTree %d 0 R /ParentTreeNextKey %d >>"
        % (_references(tops), parents, len(slides)),
    )
    file.fill(
        pages, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (_references(numbers), len(numbers))
    )
    file.fill(
        catalog,
        b"<< /Type /Catalog /Pages %d 0 R /Lang (id-ID) /MarkInfo << /Marked true >>"
        b" /StructTreeRoot %d 0 R /ViewerPreferences << /DisplayDocTitle true >> >>"
        % (pages, root),
    )
    info = file.add(b"<< /Title %s >>" % _text(title))
    return file.written(catalog, info)


class _File:
    """Objects with their numbers, and the table of where each begins."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def reserve(self) -> int:
        return self.add(b"")

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def fill(self, number: int, body: bytes) -> None:
        self.objects[number - 1] = body

    def written(self, catalog: int, info: int) -> bytes:
        out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
        for number, body in enumerate(self.objects, start=1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start, size = len(out), len(offsets) + 1
        table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (size, catalog, info)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _drawn(slide: Slide, foot: str, number: int, last: int) -> tuple[bytes, list[bytes]]:
    """The drawing of a slide, and what each of its marks is: a heading, or a paragraph."""
    band = f"/Artifact BMC {SEA} rg 0 {HEIGHT - 18} {WIDTH} 18 re f"
    parts = [f"{band} {SUN} rg 0 {HEIGHT - 22} {WIDTH} 4 re f EMC".encode()]
    parts.append(_shown(_mark(b"H1", 0), HEADING, (MARGIN, HEIGHT - 110), slide.heading))
    height = HEIGHT - 170
    kinds = [b"H1"]
    for line in slide.lines:
        for place, piece in enumerate(_broken(line)):
            left = MARGIN if place else MARGIN - 16
            text = piece if place else f"• {piece}"
            parts.append(_shown(_mark(b"P", len(kinds)), POINT, (left, height), text))
            kinds.append(b"P")
            height -= 27
        height -= 11
    parts.append(_shown(b"/Artifact BMC", FOOT, (MARGIN, 36), f"{foot}  {number}/{last}"))
    return b"\n".join(parts), kinds


def _mark(kind: bytes, number: int) -> bytes:
    return b"/%s << /MCID %d >> BDC" % (kind, number)


def _shown(opening: bytes, look: str, place: tuple[int, int], text: str) -> bytes:
    left, up = place
    return b"%s %s %s Tj ET EMC" % (opening, f"BT {look} {left} {up} Td".encode(), _text(text))


def _text(text: str) -> bytes:
    """A text in the letters of Western Europe, which is enough for Indonesian."""
    raw = text.encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        raw = raw.replace(sign, b"\\" + sign)
    return b"(%s)" % raw


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _broken(line: str) -> list[str]:
    lines, current = [], ""
    for word in line.split():
        if current and len(current) + 1 + len(word) > WIDEST:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return [*lines, current]
