"""The scoring of Mozilla's HTTP Observatory, written anew from its published rules.

Rules: mdn/mdn-http-observatory, algorithm version 5 (July 2025), `src/grader` and `src/analyzer`.
Every test yields a modifier; bonuses count only where the penalties alone leave 90 or more.
Left out is what a response cannot show: certificates, and the preload list, taken as not listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import Morsel
from typing import Any
from urllib.parse import urlsplit

BASELINE = 100
ENOUGH_FOR_BONUSES = 90
SIX_MONTHS = 15_552_000  # seconds; the Observatory's own "white lie"
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PASSIVE = ("img-src", "media-src")
PRIVATE_REFERRERS = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}
LEAKY_REFERRERS = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}

Csp = Mapping[str, set[str]]


@dataclass(frozen=True)
class Response:
    """What came back over HTTPS, and where plain HTTP led (None: it did not redirect)."""

    host: str
    headers: Mapping[str, str]
    cookies: Sequence[Morsel[str]] = ()
    body: str = ""
    http_location: str | None = None
    names: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        lowered = {name.lower(): value for name, value in self.headers.items()}
        object.__setattr__(self, "names", lowered)


def score(response: Response) -> tuple[int, dict[str, int]]:
    """The score, and the modifier of each test."""
    modifiers = {
        "content-security-policy": _content_security_policy(response),
        "cookies": _cookies(response),
        "cross-origin-resource-sharing": _cross_origin_resource_sharing(response),
        "redirection": _redirection(response),
        "referrer-policy": _referrer_policy(response),
        "strict-transport-security": _strict_transport_security(response),
        "subresource-integrity": _subresource_integrity(response),
        "x-content-type-options": _content_type_options(response),
        "x-frame-options": _frame_options(response),
        "cross-origin-resource-policy": _cross_origin_resource_policy(response),
    }
    penalised = BASELINE + sum(points for points in modifiers.values() if points < 0)
    total = BASELINE + sum(modifiers.values())
    return (total if penalised >= ENOUGH_FOR_BONUSES else max(penalised, 0)), modifiers


def _policy(response: Response) -> Csp:
    """The one policy of the header; a directive named twice makes it void."""
    header = response.names.get("content-security-policy", "")
    directives: dict[str, set[str]] = {}
    for part in header.split(";"):
        name, *sources = part.strip().lower().split() or [""]
        if not name:
            continue
        if name in directives:
            return {}
        directives[name] = set(sources) or ({"'none'"} if name.endswith("-src") else set())
    return directives


def _content_security_policy(response: Response) -> int:
    csp = _policy(response)
    if not csp:
        return -25
    default = csp.get("default-src", {"*"})
    script, style = (set(csp.get(name, default)) for name in ("script-src", "style-src"))
    objects = csp.get("object-src", default)
    for sources in (script, style):
        if any(source.startswith(("'sha", "'nonce-")) for source in sources):
            sources.discard("'unsafe-inline'")
    active = script.union(*(csp[name] for name in csp if name not in {*PASSIVE, "script-src"}))
    passive: set[str] = set().union(
        *(csp.get(name, csp.get("default-src", set())) for name in PASSIVE)
    )
    if script & (BROAD | INLINE) or objects & BROAD or _has_insecure_scheme(active):
        return -20
    if "'unsafe-eval'" in script | style or _has_insecure_scheme(passive):
        return -10
    if style & (BROAD | INLINE):
        return 0
    return 10 if csp.get("default-src") == {"'none'"} else 5


def _has_insecure_scheme(sources: Iterable[str]) -> bool:
    return any(source.startswith(("http:", "ftp:")) for source in sources)


def _cookies(response: Response) -> int:
    if not response.cookies:
        return 0
    safe_transport = _strict_transport_security(response) >= 0
    worst = 0
    for cookie in response.cookies:
        name, same_site = cookie.key.lower(), str(cookie["samesite"]).lower()
        is_session = "sess" in name or "login" in name
        if same_site and same_site not in {"lax", "strict", "none"}:
            worst = min(worst, -20)
        if same_site == "none" and not cookie["secure"]:
            worst = min(worst, -20)
        if not cookie["secure"]:
            worst = min(worst, -5 if safe_transport else -20)
        if not cookie["secure"] and is_session:
            worst = min(worst, -10 if safe_transport else -40)
        if "csrf" in name and not same_site:
            worst = min(worst, -20)
        if is_session and not cookie["httponly"]:
            worst = min(worst, -30)
    if worst:
        return worst
    return 5 if all(cookie["samesite"] for cookie in response.cookies) else 0


def _cross_origin_resource_sharing(response: Response) -> int:
    """Only an origin that is echoed, with credentials, costs: no page of ours knows of any."""
    origin = response.names.get("access-control-allow-origin", "*")
    credentials = response.names.get("access-control-allow-credentials", "").strip().lower()
    return -50 if origin != "*" and credentials == "true" else 0


def _redirection(response: Response) -> int:
    if response.http_location is None:
        return -20
    target = urlsplit(response.http_location)
    if target.scheme != "https":
        return -20
    return 0 if target.hostname == response.host else -5


def _referrer_policy(response: Response) -> int:
    header = response.names.get("referrer-policy")
    if header is None:
        return 0
    known = [part.strip().lower() for part in header.split(",")]
    known = [policy for policy in known if policy in PRIVATE_REFERRERS | LEAKY_REFERRERS]
    return 5 if known and known[-1] in PRIVATE_REFERRERS else -5


def _strict_transport_security(response: Response) -> int:
    header = response.names.get("strict-transport-security", "").lower()
    ages = [part.strip()[8:] for part in header.split(";") if part.strip().startswith("max-age=")]
    if "," in header or not ages or not ages[-1].isdigit():
        return -20
    return 0 if int(ages[-1]) >= SIX_MONTHS else -10


def _subresource_integrity(response: Response) -> int:
    """Scripts of our own origin cost nothing and, with `integrity`, earn five points."""
    if not response.names.get("content-type", "").startswith(("text/html", "application/xhtml")):
        return 0
    scripts = _Scripts()
    scripts.feed(response.body)
    points = 0
    for attributes in scripts.found:
        address, integrity = attributes["src"], bool(attributes.get("integrity"))
        target = urlsplit(address)
        if not target.netloc or (target.scheme and target.hostname == response.host):
            points = points or (5 if integrity else 0)
        elif target.scheme == "https":
            points = min(points, 0 if integrity else -5)
        else:
            points = min(points, -20 if integrity else -50)
    return points


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "script" and attributes.get("src"):
            self.found.append(attributes)


def _content_type_options(response: Response) -> int:
    return 0 if response.names.get("x-content-type-options", "").lower() == "nosniff" else -5


def _frame_options(response: Response) -> int:
    if "frame-ancestors" in _policy(response):
        return 5
    header = response.names.get("x-frame-options", "").strip().lower()
    return 0 if header in {"deny", "sameorigin"} or header.startswith("allow-from") else -20


def _cross_origin_resource_policy(response: Response) -> int:
    header = response.names.get("cross-origin-resource-policy", "").strip().lower()
    return {"": 0, "cross-origin": 0, "same-site": 10, "same-origin": 10}.get(header, -5)
