"""QR codes as inline SVG, drawn once for each address."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString


@lru_cache(maxsize=2_000)
def qr_svg(address: str) -> SafeString:
    """A square of dark modules on its own light ground, to be read from paper or a dark screen.

    The picture has no words: name the address beside it.
    """
    code = segno.make(address, error="m", micro=False)
    drawing: str = code.svg_inline(
        border=2, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return SafeString(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
