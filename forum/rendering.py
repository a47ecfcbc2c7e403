"""The text of a post as HTML: full addresses of this portal are places of its own."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from epk.lib import markdown


def rendered(source: str) -> markdown.Rendered:
    return markdown.render(source, own_host=urlsplit(settings.SITE_URL).netloc)
