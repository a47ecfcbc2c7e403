"""Bare Django doing the same SQL and the same HTML as the pages of the forum, to measure them by.

The first request of an address and person goes through the portal itself, with all its middleware,
and its SQL and answer are noted. Every later one sends the same statements: the querysets of the
account and of the main rows are made anew and loaded, other rows are fetched by the querysets that
the page had made, the rest by a bare cursor. It renders one flat template in which every text is a
variable. A reply that is sent three times teaches which values of its statements are new each time;
its rows are made by the ORM.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

import pghistory
from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
)
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template import Context, Engine, Template
from django.test import override_settings
from django.views.decorators.csrf import csrf_exempt

from bench.reference_rows import loader_of
from epk.lib.text_search import vector_of
from epk.settings import MIDDLEWARE as PORTAL_MIDDLEWARE
from forum.models import Draft, Post
from notifications.models import Event, Notification

PARTS: Final = re.compile(r"(<[^>]*>)")
ITERABLES: Final[list[Any]] = [
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    FlatValuesListIterable,
]
"""How a queryset fetches its rows."""
NUMBER: Final = 'SELECT "forum_topic"."last_number"'
"""What says the number of the new post."""
REPLY_WORDS: Final = (
    "Terima kasih atas penjelasannya. Di dinas kami sama: berkas diperiksa lalu dikirim"
)


@dataclass
class Statement:
    sql: str
    params: Any
    rows: QuerySet[Any] | None = None
    """What is loaded by the ORM in place of a bare cursor."""

    def run(self) -> None:
        if self.rows is not None:
            list(self.rows._chain())  # type: ignore[attr-defined]
            return
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            if cursor.description:
                cursor.fetchall()


@dataclass(frozen=True)
class Plan:
    """What one address asks and shows."""

    statements: Sequence[Statement]
    load: Callable[[], None]
    respond: Callable[[], HttpResponse]
    count: int


@dataclass
class Sent:
    """A reply that went through the portal: its statements, and what was new in it."""

    statements: list[Statement]
    new: dict[str, Any]
    written: dict[str, Sequence[Any]]
    """The rows that its INSERTs made, by the beginnings of these."""


PLANS: dict[tuple[str, str], Plan] = {}
REPLIES: dict[str, tuple[Sent, Sent]] = {}
HANDLERS: list[BaseHandler] = []


@csrf_exempt
def forum(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _reply(request)
    key = (request.get_full_path(), request.headers.get("Cookie", ""))
    if key not in PLANS:
        through_the_portal(request)  # what is remembered is remembered here too
        PLANS[key] = _plan(request)
    plan = PLANS[key]
    plan.load()
    for statement in plan.statements:
        statement.run()
    response = plan.respond()
    response["X-Statements"] = str(plan.count)
    return response


def _plan(request: HttpRequest) -> Plan:
    statements, response = through_the_portal(request)
    load = loader_of(request, session_user(statements))
    with noted() as loaded:
        load()
    known = {one.sql for one in loaded}
    if not known <= {one.sql for one in statements}:
        raise RuntimeError(f"{request.path}: the reference asks what the portal does not")
    rest = [one for one in statements if one.sql not in known]
    return Plan(rest, load, _responder(response), len(statements))


def session_user(statements: list[Statement]) -> int:
    """The key of the account: what the statement for it asks for."""
    asks = (
        one for one in statements if 'FROM "accounts_user" WHERE "accounts_user"."id"' in one.sql
    )
    return int(next(asks).params[0])


def through_the_portal(request: HttpRequest) -> tuple[list[Statement], HttpResponse]:
    if not HANDLERS:
        with override_settings(MIDDLEWARE=PORTAL_MIDDLEWARE):
            handler = BaseHandler()
            handler.load_middleware()
            HANDLERS.append(handler)
    asked = _again(request)
    with noted() as statements:
        response: Any = HANDLERS[0].get_response(asked)
        if hasattr(response, "render"):
            response.render()
    if response.status_code >= 400:
        raise RuntimeError(f"{asked.path}: {response.status_code}")
    return statements, response


@contextlib.contextmanager
def noted() -> Iterator[list[Statement]]:
    """What is sent to the database meanwhile, and by which queryset of objects."""
    statements: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(Statement(sql, params))
        return execute(sql, params, many, context)

    def noting(iterate: Any) -> Any:
        def rows_of(iterable: Any) -> Iterator[Any]:
            place = len(statements)
            for row in iterate(iterable):
                if place < len(statements) and statements[place].rows is None:
                    rows = iterable.queryset._chain()
                    rows._prefetch_related_lookups = ()  # those are noted by themselves
                    statements[place].rows = rows
                yield row

        return rows_of

    before = {kind: kind.__iter__ for kind in ITERABLES}
    for kind, iterate in before.items():
        kind.__iter__ = noting(iterate)
    try:
        with connection.execute_wrapper(note):
            yield statements
    finally:
        for kind, iterate in before.items():
            kind.__iter__ = iterate


def _again(request: Any) -> Any:
    """The same request, as if it had just come in."""
    asked = type(request)({**request.environ, "wsgi.input": request.environ["wsgi.input"]})
    asked.urlconf = "epk.urls"
    if request.method == "POST":
        asked._post = request.POST
        asked._files = request.FILES
    return asked


def _responder(response: HttpResponse) -> Callable[[], HttpResponse]:
    if response.status_code in {301, 302}:
        return lambda: HttpResponse(status=302, headers={"Location": response["Location"]})
    if "json" in response["Content-Type"]:
        data = json.loads(response.content)
        return lambda: JsonResponse(data)
    template, texts = flat(response.content.decode())
    return lambda: HttpResponse(template.render(Context({"t": texts})))


def flat(html: str) -> tuple[Template, list[str]]:
    """A template without tags and filters that makes this page, and its texts."""
    source: list[str] = []
    texts: list[str] = []
    for part in PARTS.split(html):
        if part.startswith("<") or not part.strip():
            source.append(part)
        else:
            source.append(f"{{{{ t.{len(texts)} }}}}")
            texts.append(unescape(part))
    return Engine().from_string("".join(source)), texts


def _reply(request: HttpRequest) -> HttpResponse:
    data = request.POST.dict()
    if request.path not in REPLIES:
        tries = [_send(request, data) for _ in range(3)]
        REPLIES[request.path] = (tries[1], tries[2])
    first, second = REPLIES[request.path]
    new: dict[str, Any] = {"key": uuid.UUID(str(data["key"]))}
    user_id = session_user(first.statements)
    with pghistory.context(user=user_id):
        parts = zip(_parts(first.statements), _parts(second.statements), strict=True)
        for part, others in parts:
            with transaction.atomic():
                for one, other in zip(part, others, strict=True):
                    _run_anew(one, other, first, new)
    return HttpResponse(status=302, headers={"Location": f"/forum/pos/{new['post']}/"})


def _send(request: HttpRequest, data: dict[str, Any]) -> Sent:
    key = uuid.uuid4()
    form: Any = QueryDict(mutable=True)
    form.update(data | {"key": str(key)})
    request.POST = form
    statements, _ = through_the_portal(request)
    post = Post.objects.get(sent_key=key)
    events = list(Event.objects.filter(item=f"post-{post.pk}").order_by("pk"))
    dropped = next(one for one in statements if 'DELETE FROM "forum_draft"' in one.sql)
    new = {"key": key, "post": post.pk, "number": post.number, "draft": dropped.params[-1]}
    new |= {f"event {place}": event.pk for place, event in enumerate(events)}
    for one in statements:
        one.sql = _bare(one.sql)
        reads = one.sql.startswith("SELECT") and "FOR NO KEY UPDATE" not in one.sql
        if (
            not reads
            or one.sql.startswith(NUMBER)
            or any(_is_new(value, new) for value in one.params or ())
        ):
            one.rows = None
    written: dict[str, Sequence[Any]] = {
        'INSERT INTO "forum_draft"': [Draft(place=f"balas-{post.topic_id}", source=post.source)],
        'INSERT INTO "forum_post"': [post],
        'INSERT INTO "notifications_event"': events,
        'INSERT INTO "notifications_notification"': list(
            Notification.objects.filter(event__in=events)
        ),
    }
    return Sent(statements, new, written)


def _bare(sql: str) -> str:
    """Without what the history puts before a statement; here it does so itself."""
    return sql.rsplit("true); ", 1)[-1].lstrip() if "pghistory.context_id" in sql else sql


def _parts(statements: list[Statement]) -> tuple[list[Statement], list[Statement]]:
    """What keeps the draft, with what stands before it, and what writes the post."""
    locks = [n for n, one in enumerate(statements) if "FOR NO KEY UPDATE" in one.sql]
    return statements[: locks[1]], statements[locks[1] :]


def _is_new(value: Any, new: dict[str, Any]) -> bool:
    return value == new["key"] or (isinstance(value, str) and f"post-{new['post']}" == value)


def _run_anew(one: Statement, other: Statement, first: Sent, new: dict[str, Any]) -> None:
    """Send a statement of a reply with the values of another: those that two replies differ in.

    Rows are made by the ORM, as bare Django makes them.
    """
    if one.rows is not None:
        one.run()
        return
    for beginning, rows in first.written.items():
        if one.sql.startswith(beginning):
            _write_anew(rows, first, new)
            return
    pairs = zip(one.params or (), other.params or (), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(one.sql, [_anew(*pair, first.new, new) for pair in pairs] or None)
        found = cursor.fetchall() if cursor.description else []
    if one.sql.startswith(NUMBER):
        new["number"] = found[0][0]


def _write_anew(rows: Sequence[Any], first: Sent, new: dict[str, Any]) -> None:
    if not rows:
        return
    if isinstance(rows[0], Notification):
        event = next(new[name] for name, was in first.new.items() if was == rows[0].event_id)
        told = [copy(row) for row in rows]
        for row in told:
            row.pk, row.event_id = None, event
        Notification.objects.bulk_create(told)
        return
    row = copy(rows[sum(name.startswith("event") for name in new) if len(rows) > 1 else 0])
    row._state = ModelState()
    row.pk = None
    if isinstance(row, Event):
        row.item = f"post-{new['post']}"
        row.save(force_insert=True)
        new[f"event {sum(name.startswith('event') for name in new)}"] = row.pk
    elif isinstance(row, Draft):
        row.user_id, row.key = first.written['INSERT INTO "forum_post"'][0].author_id, new["key"]
        row.save(force_insert=True)
        new["draft"] = row.pk
    else:
        row.number, row.sent_key = new["number"], new["key"]
        row.search = vector_of("", REPLY_WORDS)
        row.save(force_insert=True)
        new["post"] = row.pk


def _anew(value: Any, beside: Any, old: dict[str, Any], new: dict[str, Any]) -> Any:
    if value == old["key"]:
        return new["key"]
    if isinstance(value, dt.datetime):
        return dt.datetime.now(dt.UTC)
    if value == beside or not isinstance(value, int | str):
        return value
    if isinstance(value, str):
        return value.replace(str(old["post"]), str(new["post"]))
    return new[next(name for name, was in old.items() if was == value)]
