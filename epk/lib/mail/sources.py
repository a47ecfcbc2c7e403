"""Templates of mails filled with values: nothing may be missing, no value makes a line of its own."""

from __future__ import annotations

import functools
from typing import Any, Final, NoReturn

from django.template import Context, Engine, engines
from django.template.base import FilterExpression, VariableNode, render_value_in_context
from django.utils.safestring import SafeString, mark_safe

SUBJECT: Final = "Subject: "


class MissingValueError(LookupError):
    """A template of a mail names a variable that it was not given."""


def parts_of(template: str) -> tuple[str, str]:
    """The sources of the subject and of the text; a ValueError where a template has no such parts."""
    head, _, body = source_of(template).partition("\n")
    if not head.startswith(SUBJECT) or not body.startswith("\n"):
        raise ValueError(f"{template} does not begin with a subject and a blank line")
    return head.removeprefix(SUBJECT), body


def source_of(template: str) -> str:
    source: str = _engine().get_template(template).source
    return source


def filled(source: str, context: dict[str, Any]) -> str:
    """The source with values as they are, line breaks and all."""
    text: str = _engine().from_string(source).render(Context(context, autoescape=False))
    return text


def filled_line_by_line(source: str, context: dict[str, Any]) -> str:
    """The source with values in it that stay on their line.

    The HTML is made from the lines of the text. What somebody has typed must not bring in a line
    that becomes a button, so every line break in a value becomes a blank.
    """
    template = _engine().from_string(source)
    for node in template.nodelist.get_nodes_by_type(VariableNode):
        node.filter_expression = _OneLine(node.filter_expression)  # type: ignore[attr-defined]
    text: str = template.render(Context(context, autoescape=False))
    return text


def filled_html(template: str, context: dict[str, Any]) -> SafeString:
    """A template of HTML, its values escaped."""
    html: str = _engine().get_template(template).render(Context(context, autoescape=True))
    return mark_safe(html.strip())  # noqa: S308 - escaped in the line above


class _OneLine:
    """What stands between `{{` and `}}`, looked up and put on one line."""

    def __init__(self, expression: FilterExpression) -> None:
        self._expression = expression

    def resolve(self, context: Context) -> str:
        value = render_value_in_context(self._expression.resolve(context), context)
        return " ".join(str(value).split())


class _Refusing(str):
    """Django asks this text, instead of writing it, for a variable that does not exist."""

    __slots__ = ()

    def __mod__(self, variable: Any) -> NoReturn:
        raise MissingValueError(f"the mail has no value for {variable}")


@functools.cache
def _engine() -> Engine:
    """The templates of the pages, but nothing is escaped and nothing may be missing."""
    pages: Engine = engines["django"].engine  # type: ignore[attr-defined]
    return Engine(
        dirs=pages.dirs,
        app_dirs=pages.app_dirs,
        libraries=pages.libraries,
        builtins=pages.builtins,
        autoescape=False,
        string_if_invalid=_Refusing("%s"),
    )
