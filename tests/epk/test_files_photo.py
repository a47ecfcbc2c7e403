"""Uploaded photos: what becomes a portrait, what is refused and why."""

import hashlib
import io
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from epk.lib.files import check_photo, child
from tests.made_files import archive, image, pdf, refused


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pas foto.JPG", image("JPEG")),
        ("a.jpeg", image("JPEG", progressive=True)),
        ("a.jpg", image("JPEG", "CMYK")),
        ("a.jpg", image("JPEG", "L", (200, 2_000))),
        ("a.jpg", image("JPEG", icc_profile=b"bukan profil")),
        ("a.jpg", image("MPO", save_all=True, append_images=[Image.new("RGB", (600, 800))])),
        ("a.png", image("PNG", "P")),
        ("a.png", image("PNG", "1")),
        ("a.png", image("PNG", "I;16")),
        ("a.png", image("PNG", "LA")),
        ("a.webp", image("WEBP", "RGBA")),
    ],
)
def test_photo_becomes_a_square_webp(name: str, data: bytes) -> None:
    checked = check_photo(SimpleUploadedFile(name, data, content_type="text/html"))
    stored = checked.content.read()
    with Image.open(io.BytesIO(stored)) as portrait:
        assert (portrait.format, portrait.size, portrait.mode) == ("WEBP", (480, 480), "RGB")
    assert (checked.content_type, checked.extension) == ("image/webp", "webp")
    assert (checked.size, checked.pages, checked.original_name) == (len(stored), 1, name)
    assert checked.sha256 == hashlib.sha256(stored).hexdigest()


def test_photo_is_turned_upright_and_loses_everything_but_pixels() -> None:
    picture = Image.new("RGB", (800, 600), "red")
    picture.paste("blue", (400, 0, 800, 600))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: the left edge belongs on top
    exif.get_ifd(0x8825)[1] = "S"
    output = io.BytesIO()
    picture.save(output, "JPEG", exif=exif, comment=b"rumah", icc_profile=b"x" * 50, quality=95)
    stored = check_photo(SimpleUploadedFile("a.jpg", output.getvalue())).content.read()
    with Image.open(io.BytesIO(stored)) as portrait:
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(portrait.info)
        top, bottom = portrait.getpixel((240, 10)), portrait.getpixel((240, 470))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200
    assert top[2] < 60
    assert bottom[2] > 200
    assert bottom[0] < 60


def test_photo_is_cut_in_the_middle_and_laid_on_white() -> None:
    picture = Image.new("RGBA", (1200, 400), "red")
    picture.paste((0, 0, 0, 0), (400, 0, 800, 400))
    output = io.BytesIO()
    picture.save(output, "PNG")
    stored = check_photo(SimpleUploadedFile("a.png", output.getvalue())).content.read()
    with Image.open(io.BytesIO(stored)) as portrait:
        assert min(portrait.convert("L").tobytes()) > 230


def test_payload_behind_a_photo_is_gone() -> None:
    data = archive("muatan.html", before=image("JPEG"))
    stored = check_photo(SimpleUploadedFile("a.jpg", data)).content.read()
    assert b"muatan" not in stored
    assert not zipfile.is_zipfile(io.BytesIO(stored))


def bomb_header() -> bytes:
    data = bytearray(image("PNG"))
    data[16:24] = (60_000).to_bytes(4) * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4)
    return bytes(data)


FRAMES = [Image.new("RGB", (600, 800), colour) for colour in ("red", "blue")]


@pytest.mark.parametrize(
    ("name", "data", "code", "found"),
    [
        ("a.gif", image("GIF"), "kind", "ini gambar GIF; unggah foto JPEG, PNG, atau WebP"),
        ("a.jpg", image("GIF"), "kind", "sebenarnya gambar GIF"),
        ("a.bmp", image("BMP"), "kind", "BMP"),
        ("a.tif", image("TIFF"), "kind", "TIFF"),
        ("a.jpg", b"\0\0\0\x18ftypheic" + bytes(99), "kind", "HEIC"),
        ("a.jpg", b"\0\0\0\x18ftypavif" + bytes(99), "kind", "AVIF"),
        ("a.jpg", b"\0\0\0\x18ftypisom" + bytes(99), "kind", "video"),
        ("a.svg", b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "kind", "SVG"),
        ("a.svg", "\ufeff<svg onload='x()'/>".encode("utf-16-le"), "kind", "SVG"),
        ("a.png", b"<!DOCTYPE html><title>x</title>", "kind", "HTML"),
        ("a.jpg", pdf(), "kind", "dokumen PDF"),
        ("a.jpg", b"MZ" + bytes(99), "kind", "program"),
        ("a.jpg", b"selamat pagi", "kind", "bukan jenis"),
        ("a.jpg", b"", "empty", "kosong"),
        ("a.png", image("JPEG"), "extension", ".jpg atau .jpeg"),
        ("foto", image("PNG"), "extension", ".png"),
        ("a.jpg.exe", image("JPEG"), "extension", ".jpg"),
        ("a.jpg", image("JPEG") + bytes(5 * 1024 * 1024), "too_large", "5,1 MB; paling besar 5"),
        ("a.jpg", image("JPEG", size=(199, 900)), "too_few_pixels", "200 piksel"),
        ("a.png", bomb_header(), "too_many_pixels", "40 megapiksel"),
        ("a.webp", image("WEBP", save_all=True, append_images=FRAMES), "animated", "bergerak"),
        ("a.png", image("PNG", save_all=True, append_images=FRAMES), "animated", "bergerak"),
        ("a.jpg", image("JPEG")[:-900], "unreadable", "rusak"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(99), "unreadable", "rusak"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "unreadable", "rusak"),
        ("a.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X" + bytes(99), "unreadable", "rusak"),
    ],
)
def test_photo_refused(name: str, data: bytes, code: str, found: str) -> None:
    error = refused(check_photo, name, data)
    assert error.code == code
    assert found in error.messages[0]


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP"])
def test_photo_of_too_many_pixels_refused(file_format: str) -> None:
    data = image(file_format, size=(8_001, 5_000), method=0)
    assert refused(check_photo, f"a.{file_format}", data).code == "too_many_pixels"


def test_jpeg_of_endless_scans_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A progressive JPEG may repeat a scan of a few bytes, each worth a pass over all pixels."""
    monkeypatch.setattr(child, "CPU_SECONDS", 1)
    data = image("JPEG", "L", (6_000, 6_000), progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    repeated = data[:-2] + scan * (4_000_000 // len(scan)) + b"\xff\xd9"
    assert refused(check_photo, "a.jpg", repeated).code == "too_complex"
