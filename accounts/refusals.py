"""The page for a request that came too often; what was typed stays in the form on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.shortcuts import render

from accounts.throttle import TooManyError

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from accounts.throttle import Verdict

LONGEST_KEPT = 2_000


@dataclass(frozen=True)
class Again:
    """The form by which one tries again: one field that can be seen, and what goes with it."""

    method: str
    action: str
    name: str
    label: str
    value: str
    button: str
    others: tuple[tuple[str, str], ...] = ()


def refuse(form: BaseForm, verdict: Verdict) -> None:
    """Say it in the form, which keeps what was typed."""
    form.add_error(None, TooManyError(verdict))


def with_status(response: HttpResponse, form: BaseForm) -> HttpResponse:
    """429 with `Retry-After` where the form was refused because of too many tries."""
    for error in chain.from_iterable(form.errors.as_data().values()):
        if isinstance(error, TooManyError):
            response.status_code = 429
            response.headers["Retry-After"] = str(error.verdict.retry_after)
    return response


def too_many(request: HttpRequest, verdict: Verdict, again: Again | None = None) -> HttpResponse:
    """429 with the real rest of the wait, in words and in `Retry-After`.

    The form carries no token: it is for pages that need none.
    """
    if again and len(again.value) > LONGEST_KEPT:
        again = None
    response = render(request, "429.html", {"verdict": verdict, "again": again}, status=429)
    response.headers["Retry-After"] = str(verdict.retry_after)
    response.headers["Cache-Control"] = "no-store"
    if "HX-Request" in request.headers and request.method == "GET":
        # A part of a page has no room for this one; as a page of its own it keeps the text too.
        response.headers["HX-Redirect"] = request.get_full_path()
    return response
