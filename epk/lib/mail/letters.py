"""A mail as it is read: subject, text and HTML, all three made from one template."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.mail import BadHeaderError

from epk.lib.mail.markup import to_html
from epk.lib.mail.sources import filled, filled_html, filled_line_by_line, parts_of, source_of
from epk.lib.zones import shown_in

WIDTH: Final = 72
LONGEST_SUBJECT: Final = 150
FOOTER: Final = "mail/footer.txt"
FRAME: Final = "mail/letter.html"
PREFERENCES: Final = "/notifikasi/pengaturan/"
"""Where people choose which mails they get."""


@dataclass(frozen=True)
class Letter:
    """The subject, the text in lines of at most 72 characters, and the HTML that says the same."""

    subject: str
    text: str
    html: str


def render(template: str, context: dict[str, Any], *, unsubscribe: str = "") -> Letter:
    """The mail of a template, with the footer that every mail has.

    With `unsubscribe`, the address that ends such mails, the footer says why the mail has come, how
    to choose and how to end it. Raises MissingValueError for a variable without a value, and BadHeaderError where a value would
    break the line of the subject.
    """
    # Apart from each other: a line break in a value of the subject stays there, and is refused.
    head, body = parts_of(template)
    with shown_in(""):  # not by the clock of whoever happens to cause the mail
        subject = _subject(filled(head, context))
        text = filled_line_by_line(body, context).strip()
    footer = _footer(unsubscribe)
    html = filled_html(
        FRAME,
        {"subject": subject, "body": to_html(text), "footer": to_html(footer, buttons=False)},
    )
    # The line `-- ` tells mail programs where the text ends.
    return Letter(subject, f"{_wrapped(text)}\n\n-- \n{_wrapped(footer)}\n", f"{html}\n")


def _footer(unsubscribe: str) -> str:
    context = {
        "site_url": settings.SITE_URL,
        "demo": settings.DEMO,
        "preferences_url": settings.SITE_URL + PREFERENCES,
        "unsubscribe": unsubscribe,
    }
    return filled_line_by_line(source_of(FOOTER), context).strip()


def _subject(text: str) -> str:
    """One line; a longer one than mail programs show is cut after a word."""
    if len(text.strip().splitlines()) > 1:
        raise BadHeaderError("a subject cannot hold line breaks")
    subject = " ".join(text.split())
    if len(subject) <= LONGEST_SUBJECT:
        return subject
    cut = subject[: LONGEST_SUBJECT - 2]
    return f"{cut.rpartition(' ')[0] or cut} …"


def _wrapped(text: str) -> str:
    lines = "\n".join(_wrapped_line(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines)


def _wrapped_line(line: str) -> str:
    """At most 72 characters; what follows the mark of a list item is set in under it."""
    indent = re.match(r"\s*(?:[-*] )?", line)
    within = " " * len(indent[0]) if indent else ""
    return textwrap.fill(
        line.rstrip(),
        WIDTH,
        subsequent_indent=within,
        break_long_words=False,
        break_on_hyphens=False,
    )
