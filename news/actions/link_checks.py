"""Looking whether the links of what is published lead somewhere."""

from __future__ import annotations

import http.client
import ipaddress
import socket
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import Resolver404, resolve

from accounts.models import User
from epk.lib.html_links import links_in
from epk.lib.jobs import enqueue
from news import rules
from news.models import Article, BrokenLink

Fault = BrokenLink.Fault
GONE: Final = {404, 410}
PATIENCE: Final = 5
"""Seconds in which a site has to answer."""
MOST_OUTSIDE: Final = 300
"""Addresses of other sites that are asked in one run."""


def ask_for_check(*, by: User) -> None:
    """Put a check into the queue, as the weekly one is."""
    if not rules.can_edit(by):
        raise PermissionDenied
    with transaction.atomic():
        enqueue("news.jobs.check_links", once=True)


def check_links() -> int:
    """Write down what is broken in the live versions now; says how many.

    Each article is one transaction, and none is open while other sites are asked.
    """
    asked: dict[str, str] = {}
    count = 0
    rows = Article.objects.published().select_related("live").order_by("pk")
    for article in rows.iterator(chunk_size=200):
        html = article.live.html if article.live else ""
        found = {address: _fault(address, article, asked) for address in links_in(html)}
        broken = {address: fault for address, fault in found.items() if fault}
        with transaction.atomic():
            BrokenLink.objects.filter(article=article).delete()
            BrokenLink.objects.bulk_create(
                BrokenLink(article=article, address=address[:500], fault=fault)
                for address, fault in broken.items()
            )
        count += len(broken)
    _forget_others()
    return count


def _forget_others() -> None:
    """What is not published has no readers whom a link could lead astray."""
    published = Article.objects.published().order_by().values("pk")
    BrokenLink.objects.exclude(article__in=published).delete()


def _fault(address: str, article: Article, asked: dict[str, str]) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return Fault.MALFORMED
    own = {"", urlsplit(settings.SITE_URL).netloc}
    if parts.netloc in own and parts.scheme in {"", "http", "https"}:
        return _inside(parts.path or "/", article)
    if _is_malformed(parts, host):
        return Fault.MALFORMED
    if parts.scheme == "mailto" or not settings.OUTSIDE_LINKS or len(asked) >= MOST_OUTSIDE:
        return ""
    if address not in asked:
        asked[address] = _outside(parts, host)
    return asked[address]


def _is_malformed(parts: SplitResult, host: str) -> bool:
    if parts.scheme == "mailto":
        return "@" not in parts.path
    return parts.scheme not in {"http", "https"} or "." not in host.strip(".")


def _inside(path: str, article: Article) -> str:
    """By the site map, and for articles by whoever may read them."""
    try:
        found = resolve(path)
    except Resolver404:
        return Fault.NO_PAGE
    is_public = article.audience == Article.Audience.PUBLIC
    if found.view_name == "news:article":
        rows: Any = Article.objects
        seen = rows.visible_to(AnonymousUser()) if is_public else rows.published()
        return "" if seen.filter(slug=found.kwargs["slug"]).exists() else Fault.NO_PAGE
    if is_public and getattr(found.func, "login_required", True):
        return Fault.NOT_PUBLIC
    return ""


def _outside(parts: SplitResult, host: str) -> str:
    """Whether another site answers; redirections are not followed. `OUTSIDE_LINKS` allows it."""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        places = {str(info[4][0]) for info in socket.getaddrinfo(host, port)}
        if settings.OUTSIDE_LINKS != "any" and not all(map(_is_global, places)):
            return Fault.MALFORMED  # an address inside the data centre is none for a text
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(host, port, timeout=PATIENCE)
        try:
            query = f"?{parts.query}" if parts.query else ""
            connection.request("HEAD", f"{parts.path or '/'}{query}")
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException):
        return Fault.NO_ANSWER
    return Fault.REFUSED if status in GONE else ""


def _is_global(place: str) -> bool:
    return ipaddress.ip_address(place.split("%", maxsplit=1)[0]).is_global
