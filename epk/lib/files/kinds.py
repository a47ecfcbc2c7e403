"""What bytes really are, told by their beginning, whatever name or type came with them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`label` follows "Berkas ini ..." in a sentence; `extensions` are those that tell the truth."""

    label: str
    extensions: tuple[str, ...]


JPEG = Kind("gambar JPEG", ("jpg", "jpeg"))
PNG = Kind("gambar PNG", ("png",))
WEBP = Kind("gambar WebP", ("webp",))
PDF = Kind("dokumen PDF", ("pdf",))
GIF = Kind("gambar GIF", ("gif",))
BMP = Kind("gambar BMP", ("bmp",))
TIFF = Kind("gambar TIFF", ("tif", "tiff"))
HEIC = Kind("gambar HEIC dari ponsel", ("heic", "heif"))
AVIF = Kind("gambar AVIF", ("avif",))
SVG = Kind("gambar SVG", ("svg",))
HTML = Kind("halaman HTML", ("html", "htm"))
XML = Kind("berkas XML", ("xml",))
OFFICE = Kind("dokumen Word, Excel, atau PowerPoint", ("docx", "xlsx", "pptx"))
OLD_OFFICE = Kind("dokumen Office lama", ("doc", "xls", "ppt"))
OPEN_OFFICE = Kind("dokumen LibreOffice", ("odt", "ods", "odp"))
ZIP = Kind("arsip ZIP", ("zip",))
ARCHIVE = Kind("arsip", ("rar", "7z", "gz", "tar", "bz2", "xz"))
RTF = Kind("dokumen RTF", ("rtf",))
PROGRAM = Kind("program komputer", ("exe", "dll", "so"))
VIDEO = Kind("video", ("mp4", "mov", "mkv", "webm", "avi"))
PRECEDED_PDF = Kind("PDF yang didahului isi lain", ())
UNKNOWN = Kind("bukan jenis yang kami kenali", ())

_BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-", PDF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", RTF),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\0", ARCHIVE),
    (b"\x7fELF", PROGRAM),
    (b"MZ", PROGRAM),
    (b"\x1aE\xdf\xa3", VIDEO),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|iframe)\b", re.IGNORECASE)
_SVG = re.compile(rb"<(?:[a-z]+:)?svg\b", re.IGNORECASE)
HEAD = 1024


def kind_of(data: bytes) -> Kind:
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    return _kind_of_container(data) or _kind_of_markup(data[: 4 * HEAD])


def _kind_of_container(data: bytes) -> Kind | None:
    """Formats that share one wrapping or show themselves further in."""
    kind = None
    if data.startswith(b"RIFF"):
        kind = {b"WEBP": WEBP, b"AVI ": VIDEO}.get(data[8:12], UNKNOWN)
    elif data[4:8] == b"ftyp":
        kind = _kind_of_media_container(data[8:12])
    elif data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        kind = _kind_of_zip(data[: 4 * HEAD])
    elif data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        kind = BMP
    elif data[257:262] == b"ustar":
        kind = ARCHIVE
    return kind


def _kind_of_media_container(brand: bytes) -> Kind:
    """HEIC, AVIF and MP4 share one container; the first brand says which."""
    if brand in {b"avif", b"avis"}:
        return AVIF
    if brand in {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}:
        return HEIC
    return VIDEO


def _kind_of_zip(head: bytes) -> Kind:
    if b"mimetypeapplication/vnd.oasis.opendocument" in head:
        return OPEN_OFFICE
    if b"[Content_Types].xml" in head or re.search(rb"(?:word|xl|ppt)/", head):
        return OFFICE
    return ZIP


def _kind_of_markup(head: bytes) -> Kind:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        text = text[2:].replace(b"\0", b"").lstrip()
    kind = UNKNOWN
    if text.startswith(b"<"):
        if _SVG.search(text):
            kind = SVG
        elif _HTML.search(text):
            kind = HTML
        elif text.startswith(b"<?xml"):
            kind = XML
    return PRECEDED_PDF if kind is UNKNOWN and b"%PDF-" in head else kind


def hides_markup(data: bytes) -> bool:
    """True where a browser that sniffs could take the beginning for HTML or SVG."""
    head = data[:HEAD]
    return bool(_HTML.search(head) or _SVG.search(head))
