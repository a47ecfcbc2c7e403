"""Whether a form was sent by a page of ours: what a public form without a token can ask."""

from urllib.parse import urlsplit

from django.http import HttpRequest

OURS = frozenset({"same-origin", "none"})


def is_foreign(request: HttpRequest) -> bool:
    """Whether a browser says that another site sent this form.

    Every browser of today sends `Sec-Fetch-Site`, older ones `Origin`. Where neither stands there is
    no browser that could have been misled.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in OURS
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()
