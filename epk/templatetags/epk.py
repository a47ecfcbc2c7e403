"""The portal's own template filters and wrapping components; built into every template."""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Protocol

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from epk.lib import dates, text, zones

register = template.Library()


class _Paginator(Protocol):
    num_pages: int


class _Page(Protocol):
    number: int
    paginator: _Paginator


@register.filter
def format_date(value: date | None) -> str:
    """7 Mei 2018; nothing for nothing."""
    return dates.format_date(value) if value else ""


@register.filter
def format_day(value: date | None) -> str:
    """Senin, 7 Mei 2018; nothing for nothing."""
    return dates.format_day(value) if value else ""


@register.filter
def format_datetime(value: datetime | None, zone: tzinfo | None = None) -> str:
    """7 Mei 2018, 09.30 WIB, in the given zone or the viewer's; nothing for nothing."""
    if value is None:
        return ""
    return dates.format_datetime(value, zone or zones.viewers_zone())


@register.filter
def format_number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """1.234.567 and 1.234,56; nothing for None."""
    return "" if value is None else text.format_number(value, decimals)


@register.filter
def initials(value: str) -> str:
    """The two letters of an avatar."""
    return text.initials(str(value))


@register.filter
def sentence_end(value: str) -> str:
    """The text with one full stop after it, unless it ends a sentence already (`Siti W.`, `Apa?`)."""
    return value if value.endswith((".", "?", "!", "…")) else f"{value}."


@register.filter
def avatar_colour(value: int) -> int:
    """The number of the avatar colour of this record number."""
    return text.avatar_colour(value)


@register.filter
def page_numbers(page: _Page) -> list[int | None]:
    """The page numbers to link around this page; None where some are left out."""
    return text.page_numbers(page.number, page.paginator.num_pages)


@register.simple_block_tag
def card(
    content: SafeString, title: str = "", level: int = 2, kind: str = "", card_id: str = ""
) -> SafeString:
    """A white card around the content; `kind="attention"` gives it a turmeric edge."""
    return render_to_string(
        "components/card.html",
        {"content": content, "title": title, "level": level, "kind": kind, "card_id": card_id},
    )


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """A message in the flow of the page: info, success, warning or danger."""
    return render_to_string(
        "components/notice.html", {"content": content, "kind": kind, "title": title}
    )


@register.simple_block_tag
def filter_panel(
    content: SafeString, label: str = "Saring", count: int = 0, is_open: bool = False
) -> SafeString:
    """A filter column from 992 px up; below that a button that unfolds it. `count`: filters set."""
    return render_to_string(
        "components/filter_panel.html",
        {"content": content, "label": label, "count": count, "is_open": is_open},
    )
