"""Bare Django sending the statements of a page of the news and making the same HTML or XML.

The first request of an address runs the portal's own view and notes what it asks and makes. Every
later one sends the same statements, lets the ORM build the same articles, and renders one flat
template.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import resolve

from bench.reference_forum import flat
from news.models import Article

MAIN = '"news_articleversion"'
Statement = tuple[str, Any]


@dataclass(frozen=True)
class Plan:
    """What one address asks and shows; `load` stands for its statement that reads articles."""

    statements: list[Statement]
    load: Callable[[], Any]
    template: Template
    texts: list[str]


PLANS: dict[str, Plan] = {}


def news(request: HttpRequest) -> HttpResponse:
    """Any public page of the news."""
    address = request.get_full_path()
    if address not in PLANS:
        PLANS[address] = _plan(request)
    plan = PLANS[address]
    with connection.cursor() as cursor:
        for sql, parameters in plan.statements:
            cursor.execute(sql, parameters)
            cursor.fetchall()
    plan.load()
    return HttpResponse(plan.template.render(Context({"t": plan.texts})))


def _plan(request: HttpRequest) -> Plan:
    request.user = AnonymousUser()
    view, args, kwargs = resolve(request.path_info, "epk.urls")
    view(request, *args, **kwargs)  # what is remembered from request to request is remembered too
    statements: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        html = view(request, *args, **kwargs).content.decode()
    main = next((one for one in statements if MAIN in one[0]), None)
    rest = [one for one in statements if one is not main]
    template, texts = flat(html)
    return Plan(rest, _loader(main), template, texts)


def _loader(main: Statement | None) -> Callable[[], Any]:
    """The articles of that statement, with all that its querysets join, built by the ORM."""
    if main is None:  # nothing was found
        return list
    sql, parameters = main
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        keys = [row[0] for row in cursor.fetchall()]
    rows = Article.objects.for_list().filter(pk__in=keys)
    if '"subjects"' in sql:
        rows = rows.with_subjects()
    if '"source"' not in sql and '"html"' in sql:
        rows = Article.objects.for_page().filter(pk__in=keys).prefetch_related(None)
    return lambda: list(rows.all())
