"""Bare Django doing the same SQL and the same HTML as the pages of the forum, to measure them by.

The first request of an address and person goes through the portal itself, with all its middleware,
and its SQL and answer are noted. Every later one sends the same statements: those of the account and
the main rows are made and loaded by the ORM, others that load objects are sent by it, the rest by a
bare cursor. It renders one flat template in which every text is a variable. A reply that is sent
three times teaches which values of its statements are new each time; they are sent by bare cursors.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template import Context, Engine, Template
from django.test import override_settings
from django.views.decorators.csrf import csrf_exempt

from bench.reference_rows import loader_of
from epk.settings import MIDDLEWARE as PORTAL_MIDDLEWARE
from forum.models import Post
from notifications.models import Event

PARTS: Final = re.compile(r"(<[^>]*>)")
BEARS: Final = {
    'INSERT INTO "forum_draft"': "draft",
    'INSERT INTO "forum_post"': "post",
    'SELECT "forum_topic"."last_number"': "number",
    'INSERT INTO "notifications_event"': "event",
}
"""Statements that say a new value, and its name."""
TRANSACTION: Final = ("SAVEPOINT", "RELEASE", "ROLLBACK")


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
    new: dict[str, Any] = field(default_factory=dict)


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

    iterate = ModelIterable.__iter__

    def noting(iterable: Any) -> Iterator[Any]:
        place = len(statements)
        for row in iterate(iterable):
            if place < len(statements) and statements[place].rows is None:
                rows = iterable.queryset._chain()
                rows._prefetch_related_lookups = ()  # those are noted by themselves
                statements[place].rows = rows
            yield row

    ModelIterable.__iter__ = noting  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(note):
            yield statements
    finally:
        ModelIterable.__iter__ = iterate  # type: ignore[method-assign]


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
    drafting, writing = _parts(first.statements)
    _, other = _parts(second.statements)
    others = _parts(second.statements)[0] + other
    for place, part in ((0, drafting), (len(drafting), writing)):
        with transaction.atomic():
            for number, statement in enumerate(part):
                _run_anew(statement, others[place + number], first.new, new)
    return HttpResponse(status=302, headers={"Location": f"/forum/pos/{new['post']}/"})


def _send(request: HttpRequest, data: dict[str, Any]) -> Sent:
    key = uuid.uuid4()
    form: Any = QueryDict(mutable=True)
    form.update(data | {"key": str(key)})
    request.POST = form
    statements, _ = through_the_portal(request)
    sent = Sent([one for one in statements if not _bare(one.sql).startswith(TRANSACTION)])
    post = Post.objects.get(sent_key=key)
    events = list(Event.objects.filter(item=f"post-{post.pk}").order_by("pk"))
    dropped = next(one for one in statements if 'DELETE FROM "forum_draft"' in one.sql)
    sent.new = {"key": key, "post": post.pk, "number": post.number, "draft": dropped.params[-1]}
    sent.new |= {f"event {place}": event.pk for place, event in enumerate(events)}
    for one in sent.statements:
        one.sql = _bare(one.sql)
        reads = one.sql.startswith("SELECT") and "FOR NO KEY UPDATE" not in one.sql
        if not reads or any(_is_new(value, sent.new) for value in one.params or ()):
            one.rows = None
    return sent


def _bare(sql: str) -> str:
    """Without what the history puts before a statement."""
    return sql.rsplit("true); ", 1)[-1].lstrip() if "pghistory.context_id" in sql else sql


def _parts(statements: list[Statement]) -> tuple[list[Statement], list[Statement]]:
    """What keeps the draft, with what stands before it, and what writes the post."""
    locks = [n for n, one in enumerate(statements) if "FOR NO KEY UPDATE" in one.sql]
    return statements[: locks[1]], statements[locks[1] :]


def _is_new(value: Any, new: dict[str, Any]) -> bool:
    return value == new["key"] or (isinstance(value, str) and f"post-{new['post']}" == value)


def _run_anew(one: Statement, other: Statement, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Send a statement of a reply with the values of another: those that two replies differ in."""
    if one.rows is not None:
        one.run()
        return
    pairs = zip(one.params or (), other.params or (), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(one.sql, [_anew(*pair, old, new) for pair in pairs])
        rows = cursor.fetchall() if cursor.description else []
    for beginning, name in BEARS.items():
        if one.sql.startswith(beginning):
            place = sum(known.startswith(name) for known in new)
            new[f"{name} {place}" if name == "event" else name] = rows[0][0]


def _anew(value: Any, beside: Any, old: dict[str, Any], new: dict[str, Any]) -> Any:
    if value == old["key"]:
        return new["key"]
    if isinstance(value, list):  # a column of many rows
        return [_anew(*pair, old, new) for pair in zip(value, beside, strict=True)]
    if isinstance(value, dt.datetime):
        return dt.datetime.now(dt.UTC)
    if value == beside or not isinstance(value, int | str):
        return value
    if isinstance(value, str):
        return value.replace(str(old["post"]), str(new["post"]))
    return new[next(name for name, was in old.items() if was == value)]
