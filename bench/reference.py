"""Bare Django doing the same SQL and the same HTML as the portal's pages, to measure them by.

The first request of an address runs the portal's own view once and notes its SQL and its HTML.
Every later one sends the same statements, lets the ORM build the same objects of the main query,
and renders one flat template without includes, tags and filters, in which every text is a variable
escaped as Django escapes it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path, re_path
from django.utils import timezone

from bench.reference_forum import flat, forum
from bench.reference_news import news
from epk.urls import urlpatterns as portal_patterns
from registry import views
from registry.models import Officer, Posting

Statement = tuple[str, Any]
NUMBERS = re.compile(r"/direktori/(PK-\d+)/\"")


@dataclass(frozen=True)
class Plan:
    """What one address asks and shows."""

    statements: Sequence[Statement]
    load: Callable[[], Any]
    template: Template
    texts: Sequence[str]


PLANS: dict[str, Plan] = {}


def directory(request: HttpRequest) -> HttpResponse:
    def listed(html: str) -> Callable[[], Any]:
        numbers = list(dict.fromkeys(NUMBERS.findall(html)))
        officers = Officer.objects.visible_to(AnonymousUser()).as_of(timezone.localdate())
        wanted = officers.filter(register_number__in=numbers)
        ids = list(wanted.values_list("pk", flat=True))
        return lambda: officers.among(ids).listed()

    return _bare(request, lambda: views.directory(request), listed, loaded=1)


def profile(request: HttpRequest, register_number: str) -> HttpResponse:
    def shown(_html: str) -> Callable[[], Any]:
        return lambda: _profile(timezone.localdate(), register_number)

    return _bare(request, lambda: views.profile(request, register_number), shown, loaded=2)


def _profile(today: dt.date, register_number: str) -> Any:
    officers = Officer.objects.visible_to(AnonymousUser()).as_of(today).for_page()
    officer = officers.get(register_number=register_number)
    return list(Posting.objects.filter(officer=officer).with_unit().order_by("-period"))


def _bare(
    request: HttpRequest,
    page: Callable[[], HttpResponse],
    loader: Callable[[str], Callable[[], Any]],
    *,
    loaded: int,
) -> HttpResponse:
    """`loaded`: how many of the page's statements its `loader` sends, instead of a bare cursor."""
    address = request.get_full_path()
    if address not in PLANS:
        request.user = AnonymousUser()
        PLANS[address] = _plan(page, loader, loaded)
    plan = PLANS[address]
    with connection.cursor() as cursor:
        for sql, parameters in plan.statements:
            cursor.execute(sql, parameters)
            cursor.fetchall()
    plan.load()
    return HttpResponse(plan.template.render(Context({"t": plan.texts})))


def _plan(
    page: Callable[[], HttpResponse], loader: Callable[[str], Callable[[], Any]], loaded: int
) -> Plan:
    page()  # what is remembered from request to request is remembered here too
    statements: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        html = page().content.decode()
    objects = [
        sql for sql, _ in statements if 'FROM "registry_officer"' in sql and "WITH" not in sql
    ]
    objects += [sql for sql, _ in statements if 'FROM "registry_posting"' in sql]
    rest = [one for one in statements if one[0] not in objects[:loaded]]
    template, texts = flat(html)
    return Plan(rest, loader(html), template, texts)


urlpatterns = [
    path("direktori/", directory),
    path("direktori/<str:register_number>/", profile),
    re_path("^(?:forum|konsultasi)/", forum),
    re_path("^berita/", news),
    *portal_patterns,
]
