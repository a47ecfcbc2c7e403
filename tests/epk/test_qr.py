"""The QR code of an address: inline SVG without style, the same for the same address."""

from epk.lib.qr import qr_svg


def test_drawing() -> None:
    svg = qr_svg("https://contoh.go.id/cek/PK-000047/")
    assert svg.startswith("<svg ")
    assert 'aria-hidden="true"' in svg
    assert "style=" not in svg
    assert 'class="qr"' in svg


def test_each_address_has_its_own() -> None:
    assert qr_svg("https://contoh.go.id/a") != qr_svg("https://contoh.go.id/b")
    assert qr_svg("https://contoh.go.id/a") is qr_svg("https://contoh.go.id/a")
