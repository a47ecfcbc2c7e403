"""The addresses that the HTML of a text leads to."""

from __future__ import annotations

from html.parser import HTMLParser


def links_in(html: str) -> list[str]:
    """Each once, in the order in which they stand there."""
    reader = _Links()
    reader.feed(html)
    reader.close()
    return list(dict.fromkeys(reader.found))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address and not address.startswith("#"):
            self.found.append(address)
