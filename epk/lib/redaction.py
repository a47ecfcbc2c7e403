"""What no line of a log may hold: NIPs, e-mail addresses, what stands behind a question mark."""

import logging
import re

NIP = re.compile(r"(?<!\d)\d(?:(?:[ .+_\u00a0\u2007\u202f-]|%20|\\xa0){0,2}\d){17}(?!\d)")
# Bounded on both sides, so that a long line without an address costs one pass.
EMAIL = re.compile(
    r"(?<![\w.+-])[\w.!#$&*+^`{|}~-]{1,64}(?:@|%40)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}"
)
QUERY = re.compile(r"((?:https?:/)?/[^\s?\"'<>]{0,300})\?[^\s\"'<>]+")
# Line ends, the other control characters, and what turns the direction of a line.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def redact(text: str) -> str:
    """The text without NIPs, e-mail addresses and query strings."""
    text = QUERY.sub(r"\1?[dihapus]", text)
    text = NIP.sub("[NIP]", text)
    return EMAIL.sub("[e-mail]", text)


def one_line(text: str) -> str:
    """The text with every character escaped that could begin another line or hide this one."""
    return CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


class RedactingFormatter(logging.Formatter):
    """One line for each record, and nothing of a person in it; tracebacks follow, redacted too."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        return one_line(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
