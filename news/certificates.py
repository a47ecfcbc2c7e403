"""A certificate as a PDF: one page A4 across, tagged for screen readers, made without any request."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from epk.lib.dates import format_date
from epk.lib.qr import qr_svg

if TYPE_CHECKING:
    import datetime as dt

    from news.models import Certificate

STYLES: Final = "css/certificate_pdf.css"
TOKENS: Final = "css/tokens.css"
NO_PANGO: Final = (
    "Certificates need Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0 fonts-liberation (docs/operations.md)"
)


class DrawingError(RuntimeError):
    """This machine cannot draw certificates; the sentence says what to install."""


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper, ready to print."""

    number: str
    name: str
    register_number: str
    position: str
    event: str
    theme: str
    facts: str
    organiser: str
    issued: str
    address: str
    qr: str
    """The picture of the code, as an address that holds it."""

    @property
    def is_long(self) -> bool:
        """Long names are set smaller, so that all stays on one page."""
        words = (self.name, self.position, self.event, self.theme, self.facts, self.organiser)
        return len(self.name) > 45 or sum(map(len, words)) > 380


def sheet_of(certificate: Certificate) -> Sheet:
    address = f"{settings.SITE_URL}{reverse('news:certificate', args=[certificate.code])}"
    hours = f"{certificate.hours} jam pelajaran" if certificate.hours else ""
    days = format_days(certificate.starts_on, certificate.ends_on)
    drawing = base64.b64encode(_standing_alone(qr_svg(address)).encode()).decode()
    return Sheet(
        number=certificate.number,
        name=certificate.officer_name,
        register_number=certificate.register_number,
        position=certificate.position,
        event=certificate.event_title,
        theme=certificate.event_theme,
        facts=" · ".join(filter(None, (days, certificate.place, hours))),
        organiser=certificate.organiser or "Ditjen Binapenta & PKK",
        issued=format_date(timezone.localdate(certificate.issued_at)),
        address=address,
        qr=f"data:image/svg+xml;base64,{drawing}",
    )


def format_days(first: dt.date, last: dt.date) -> str:
    """7 Mei 2018, or 7 Mei 2018 sampai 9 Mei 2018."""
    start = format_date(first)
    return start if first == last else f"{start} sampai {format_date(last)}"


def drawn(certificate: Certificate) -> bytes:
    """The bytes of the file; a DrawingError where the machine lacks what is needed for it."""
    try:
        # Only here: it loads Pango, which a web server never needs.
        import weasyprint  # noqa: PLC0415
    except OSError as error:
        raise DrawingError(NO_PANGO) from error
    context = {"sheet": sheet_of(certificate)}
    html: Any = weasyprint.HTML(
        string=render_to_string("news/certificate_pdf.html", context), url_fetcher=fetch_nothing()
    )
    sheets = [
        weasyprint.CSS(string=style, url_fetcher=fetch_nothing())
        for style in (_tokens(), _style(STYLES))
    ]
    content: bytes = html.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
    return content


def fetch_nothing() -> Any:
    """Lets in pictures that are in the document itself; no file and no other server is asked."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    return URLFetcher(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)


def _standing_alone(drawing: str) -> str:
    """An inline drawing as a picture of its own, which needs to say that it is SVG."""
    if "xmlns=" in drawing:
        return drawing
    return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _style(name: str) -> str:
    found = finders.find(name)
    if not found:
        raise DrawingError(f"{name} is missing")
    return Path(str(found)).read_text()


def _tokens() -> str:
    """Colours of the light theme alone: what follows them is about screens."""
    return _style(TOKENS).partition("@media")[0]
