"""Pages that only take forms, marked so that nobody is led back to one by a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponse]


def post_only(view: View) -> View:
    """As `require_POST`; who has to log in first comes back to the page that holds the form."""
    marked: Any = require_POST(view)
    marked.post_only = True
    taken: View = marked
    return taken
