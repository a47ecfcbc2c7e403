"""Mails of a test read back from the server that received them."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.jobs import run_jobs
from tests.mail_server import Letter, MailServer


def received(smtp: MailServer, address: str) -> list[Letter]:
    """What has come to this address once all waiting jobs have run."""
    run_jobs()
    return smtp.to(address)


def path_in(letter: Letter) -> str:
    """The path of the first link, to be opened by the test client."""
    return urlsplit(letter.links[0]).path
