"""CommonMark's own examples: we differ in these ways, and in no other.

Each way is a step that changes what the specification expects into what we write. An example of
which no step changes anything comes out word for word as the specification says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple

import pytest
from markdown_it import MarkdownIt

from epk.lib.markdown import render
from epk.lib.markdown.shaping import REL
from tests import suites

FRAME = {"dir", "tabindex", "role", "aria-label"}
ALLOWED = re.compile(r"(?:https?://|mailto:)|(?![^/?#]*:)", re.IGNORECASE)


class Node(NamedTuple):
    """The start or end of an element, or a text."""

    kind: str
    name: str
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        return dict(self.attributes).get(name, "")

    def without(self, *names: str) -> Node:
        return self._replace(attributes=tuple(a for a in self.attributes if a[0] not in names))


Step = Callable[[list[Node]], list[Node]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[Node] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes.append(Node("start", tag, tuple(sorted((n, v or "") for n, v in attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.nodes.append(Node("end", tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.nodes.append(Node("text", data))


def read(html: str) -> list[Node]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return joined(reader.nodes)


def joined(nodes: list[Node]) -> list[Node]:
    """Texts that stand side by side made into one."""
    result: list[Node] = []
    for node in nodes:
        if node.kind == "text" and result and result[-1].kind == "text":
            result[-1] = Node("text", result[-1].name + node.name)
        elif node.kind != "text" or node.name:
            result.append(node)
    return result


# --- The steps -----------------------------------------------------------------------------------


def headings_move_down(nodes: list[Node]) -> list[Node]:
    return [
        node._replace(name=f"h{min(int(node.name[1]) + 2, 6)}")
        if node.kind != "text" and re.fullmatch("h[1-6]", node.name)
        else node
        for node in nodes
    ]


def tooltips_are_left_out(nodes: list[Node]) -> list[Node]:
    return [node.without("title") for node in nodes]


def languages_of_code_are_left_out(nodes: list[Node]) -> list[Node]:
    return [node.without("class") if node.name == "code" else node for node in nodes]


def pictures_become_links(nodes: list[Node]) -> list[Node]:
    result: list[Node] = []
    links = 0
    for node in nodes:
        links += {"start": 1, "end": -1}.get(node.kind, 0) if node.name == "a" else 0
        if node.kind == "start" and node.name == "img":
            text = Node("text", node.get("alt").replace("\n", " ").strip() or "gambar")
            link = Node("start", "a", (("href", node.get("src")),))
            result += [text] if links else [link, text, Node("end", "a")]
        else:
            result.append(node)
    return joined(result)


def outside_links_say_so(nodes: list[Node]) -> list[Node]:
    return [
        node._replace(attributes=(*node.attributes, ("rel", REL)))
        if node.kind == "start" and node.name == "a" and re.match("(?i)https?:", node.get("href"))
        else node
        for node in nodes
    ]


STEPS: list[Step] = [
    headings_move_down,
    tooltips_are_left_out,
    languages_of_code_are_left_out,
    pictures_become_links,
    outside_links_say_so,
]


def without_bare_links(nodes: list[Node]) -> list[Node]:
    """Links whose text is their address, made text: the specification leaves bare addresses so."""
    result: list[Node] = []
    waiting = list(nodes)
    while waiting:
        node = waiting.pop(0)
        is_bare = (
            len(waiting) > 1
            and node.kind == "start"
            and node.name == "a"
            and waiting[0].kind == "text"
            and node.get("href") in {waiting[0].name, MarkdownIt().normalizeLink(waiting[0].name)}
            and waiting[1] == Node("end", "a")
        )
        result.append(waiting.pop(0) if is_bare else node)
        del waiting[: 1 if is_bare else 0]
    return joined(result)


# --- The library, step by step from the specification to what we ask of it -----------------------


def library(source: str, **options: Any) -> list[Node]:
    return read(MarkdownIt("commonmark", {"html": False, **options}).render(source))


def refusing(source: str) -> list[Node]:
    """Breaks kept, and no link to what is neither the web nor mail nor a path."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.validateLink = lambda url: bool(ALLOWED.match(url))  # type: ignore[method-assign]
    return read(parser.render(source))


def ways(example: dict[str, Any]) -> Iterator[str]:
    """The names of the ways in which our HTML of the example differs; `""` for an unknown one."""
    source = example["markdown"]
    expected = read(example["html"])
    for name, reference in (
        ("html_stays_text", library(source)),
        ("line_ends_stay", library(source, breaks=True)),
        ("other_schemes_are_refused", refusing(source)),
    ):
        if reference != expected:
            yield name
        expected = reference
    for step in STEPS:
        changed = step(expected)
        if changed != expected:
            yield step.__name__
        expected = changed
    ours = [node.without(*FRAME) for node in read(render(source).html)]
    if ours != expected:
        bare = without_bare_links(ours) == without_bare_links(expected)
        yield "bare_addresses_become_links" if bare else ""


@pytest.mark.parametrize("project", ["markdown_it_py", "mistune"])
def test_examples_of_the_specification(project: str) -> None:
    examples = suites.commonmark(project)
    found = {example["example"]: list(ways(example)) for example in examples}

    assert len(found) > 640
    assert not [number for number, names in found.items() if "" in names]
    counted = Counter(name for names in found.values() for name in names)
    assert sum(not names for names in found.values()) >= 400
    assert set(counted) == {step.__name__ for step in STEPS} | {
        "html_stays_text",
        "line_ends_stay",
        "other_schemes_are_refused",
        "bare_addresses_become_links",
    }
