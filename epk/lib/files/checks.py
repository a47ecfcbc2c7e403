"""What a form asks of an upload: is it a photo, a picture, a document? In one sentence, where not."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from epk.lib.files import child, kinds
from epk.lib.files.checked import CheckedFile, CheckedPicture
from epk.lib.files.kinds import Kind
from epk.lib.files.names import clean_name, split_extension

MEGABYTE = 1024 * 1024
MAX_PHOTO = 5 * MEGABYTE
MAX_DOCUMENT = 10 * MEGABYTE
MAX_PADDING = 4 * 1024
PHOTO_KINDS = {kinds.JPEG, kinds.PNG, kinds.WEBP}
DOCUMENT_KINDS = {kinds.PDF, kinds.JPEG, kinds.PNG}
PHOTO_WANTED = "foto JPEG, PNG, atau WebP"
DOCUMENT_WANTED = "PDF, JPEG, atau PNG"

SENTENCES = {
    "active": "PDF ini memuat skrip atau perintah otomatis; cetak ulang sebagai PDF biasa, "
    "lalu unggah lagi.",
    "animated": "Gambar ini bergerak; unggah gambar diam.",
    "attachment": "PDF ini membawa berkas lain di dalamnya; cetak ulang sebagai PDF biasa, "
    "lalu unggah lagi.",
    "busy": "Sistem sedang memeriksa berkas lain; coba lagi sebentar lagi.",
    "empty": "Berkas ini kosong; pilih berkas lain.",
    "encrypted": "PDF ini terkunci sandi; simpan salinan tanpa sandi, lalu unggah lagi.",
    "extension": "Nama berkas harus berakhiran %(wanted)s karena isinya %(kind)s; "
    "ubah namanya, lalu unggah lagi.",
    "kind": "Berkas ini %(really)s%(kind)s; unggah %(wanted)s.",
    "no_pages": "PDF ini tidak punya halaman; unggah dokumen yang berisi.",
    "page_size": "Ukuran halaman PDF ini tidak wajar; cetak ulang ke kertas A4 atau F4, "
    "lalu unggah lagi.",
    "polyglot": "Berkas ini bercampur dengan isi jenis lain; cetak ulang sebagai PDF biasa, "
    "lalu unggah lagi.",
    "too_complex": "Berkas ini terlalu rumit untuk diperiksa dengan aman; cetak atau simpan ulang, "
    "lalu unggah lagi.",
    "too_few_pixels": "Gambar ini terlalu kecil; lebar dan tingginya paling sedikit 200 piksel.",
    "too_large": "Berkas ini %(size)s MB; paling besar %(limit)s MB.",
    "too_many_pages": "PDF ini lebih dari 50 halaman; unggah hanya halaman yang diperlukan.",
    "too_many_pixels": "Gambar ini lebih dari 40 megapiksel; perkecil dulu, lalu unggah lagi.",
    "truncated": "PDF ini tidak utuh; unduh atau simpan ulang, lalu unggah lagi.",
    "unreadable": "Berkas ini rusak atau tidak dapat dibuka; simpan ulang, lalu unggah lagi.",
}


def check_photo(upload: "UploadedFile[bytes]") -> CheckedFile:
    """A square WebP portrait of 480 pixels drawn anew from the upload; EXIF and GPS are gone."""
    name = clean_name(upload.name)
    data = _read(upload, MAX_PHOTO)
    _expect(data, name, PHOTO_KINDS, PHOTO_WANTED)
    return _redrawn("photo", data, name)


def check_document(upload: "UploadedFile[bytes]") -> CheckedFile:
    """A PDF kept byte for byte (an electronic signature must survive) or a scan drawn anew."""
    name = clean_name(upload.name)
    data = _read(upload, MAX_DOCUMENT)
    kind = _expect(data, name, DOCUMENT_KINDS, DOCUMENT_WANTED)
    if kind != kinds.PDF:
        return _redrawn("scan", data, name)
    _check_edges(data)
    verdict, _ = _inspect("inspect_pdf.py", data=data)
    return CheckedFile.of(data, extension="pdf", pages=verdict["pages"], original_name=name)


def check_picture(upload: "UploadedFile[bytes]", widths: Sequence[int]) -> CheckedPicture:
    """The picture drawn anew in WebP, as wide as each of `widths` (the smallest first) or itself.

    EXIF and GPS are gone. What is no wider than a size is not drawn in the next one.
    """
    name = clean_name(upload.name)
    data = _read(upload, MAX_DOCUMENT)
    _expect(data, name, PHOTO_KINDS, PHOTO_WANTED)
    drawn: list[bytes] = []
    width = height = 0
    for wanted in reversed(widths):  # the largest from the upload, the others from that one
        verdict, content = _inspect("redraw_image.py", "picture", str(wanted), data=data)
        if not drawn:
            width, height = verdict["width"], verdict["height"]
            data = content
        if not drawn or wanted < width:
            drawn.append(content)
    return CheckedPicture(tuple(reversed(drawn)), width, height, name)


def refusal(code: str, **parts: str) -> ValidationError:
    code = code if code in SENTENCES else "unreadable"
    return ValidationError(SENTENCES[code], code=code, params=parts)


def _read(upload: "UploadedFile[bytes]", limit: int) -> bytes:
    if (upload.size or 0) > limit:
        raise _too_large(upload.size or 0, limit)
    upload.seek(0)
    data: bytes = upload.read(limit + 1)
    upload.seek(0)
    if len(data) > limit:
        raise _too_large(len(data), limit)
    if not data:
        raise refusal("empty")
    return data


def _too_large(size: int, limit: int) -> ValidationError:
    # Rounded up, so that no refused size reads as the limit itself.
    tenths = -(-size * 10 // MEGABYTE)
    return refusal("too_large", size=f"{tenths // 10},{tenths % 10}", limit=str(limit // MEGABYTE))


def _expect(data: bytes, name: str, accepted: set[Kind], wanted: str) -> Kind:
    kind = kinds.kind_of(data)
    _, extension = split_extension(name)
    if kind not in accepted:
        pretends = extension and kind.extensions and extension not in kind.extensions
        really = "sebenarnya " if pretends else ""
        raise refusal("kind", really=really, kind=kind.label, wanted=wanted)
    if extension not in kind.extensions:
        endings = " atau ".join(f".{ending}" for ending in kind.extensions)
        raise refusal("extension", wanted=endings, kind=kind.label)
    return kind


def _check_edges(data: bytes) -> None:
    """A PDF ends where it says it ends and is nothing else to another program as well."""
    if (
        kinds.hides_markup(data)
        or data[257:262] == b"ustar"
        or zipfile.is_zipfile(io.BytesIO(data))
    ):
        raise refusal("polyglot")
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise refusal("truncated")
    after = data[end + len(b"%%EOF") :]
    if len(after) > MAX_PADDING or after.strip(b"\0\t\n\f\r "):
        raise refusal("polyglot")


def _redrawn(shape: str, data: bytes, name: str) -> CheckedFile:
    verdict, content = _inspect("redraw_image.py", shape, data=data)
    return CheckedFile.of(content, extension=verdict["extension"], pages=1, original_name=name)


def _inspect(program: str, *arguments: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return child.inspect(program, *arguments, data=data)
    except child.InspectionRefusedError as refused:
        raise refusal(refused.code) from refused
