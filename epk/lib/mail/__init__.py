"""Mails made from templates, and the addresses in them.

A template lies at `templates/<app>/mail/<name>.txt`. Its first line is `Subject: ...`, then comes a
blank line, then the text: one line a paragraph, a link alone on its line. Text and HTML are made
from it (decision 13); how a link gets a label and a list its links stands in `markup`.
"""

from epk.lib.mail.addresses import mailbox, mask_address, mask_addresses, parse_mailbox
from epk.lib.mail.letters import Letter, render
from epk.lib.mail.messages import KeyedMessage, compose, send
from epk.lib.mail.sources import MissingValueError

__all__ = [
    "KeyedMessage",
    "Letter",
    "MissingValueError",
    "compose",
    "mailbox",
    "mask_address",
    "mask_addresses",
    "parse_mailbox",
    "render",
    "send",
]
