"""The XSS suites of other projects, and random texts: nothing but harmless HTML comes out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epk.lib.markdown import LONGEST, plain, quote, render
from epk.lib.markdown.sanitiser import sanitise
from tests import suites
from tests.safe_html import faults

# The places of a text in which an attack may stand.
PLACES = (
    "[x]({})",
    "[x](<{}>)",
    "<{}>",
    "![{}]({})",
    '[x](/a "{}")',
    "[x][r]\n\n[r]: {}",
    "[r]: /a '{}'\n\n[r]",
    "```{}\n{}\n```",
    "`{}`",
    "|{}|b|\n|-|-|\n|{}|d|",
    "# {}",
    "> - {}",
    "@PK-000001{}",
    "https://contoh.example/{}",
    "[x](https://contoh.example/{})",
    "/forum/topik/1/{}",
)
ATTACK = re.compile(r"(?i)script|data:|\bon[a-z]+\s*=|&#|&colon|%3a|<!|file:|//[^ ]*@")
SHORT = 120  # characters of an attack; what is longer is a whole case


def places(payload: str) -> str:
    return "\n\n".join(place.replace("{}", payload) for place in PLACES)


def pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), LONGEST):
        yield text[start : start + LONGEST]


@pytest.mark.parametrize("project", suites.PROJECTS)
def test_payloads_of_other_projects(project: str) -> None:
    payloads = suites.payloads(project)
    assert len(payloads) > 500
    assert any("<script" in text for text in payloads)
    attacks = [text for text in payloads if len(text) <= SHORT and ATTACK.search(text)]
    assert len(attacks) > 50
    texts = payloads + [places(text) for text in attacks]

    wrong = {
        piece: found
        for text in texts
        for piece in pieces(text)
        if (found := faults(render(piece, own_host="portal.example").html))
    }

    assert not wrong


def test_suites_are_those_of_the_library_in_use(checkout_root: Path) -> None:
    listed = (checkout_root / "requirements-suites.txt").read_text()
    locked = (checkout_root / "requirements.txt").read_text()
    used = re.search(r"^markdown-it-py==\S+", locked, re.MULTILINE)[0]

    assert used in listed
    assert "markdown-it-py" in str(
        tomllib.loads((checkout_root / "pyproject.toml").read_text())["project"]["dependencies"]
    )


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick=x>",
        '<p style="color:red">',
        '<a href="javascript:x">y</a>',
        '<a href="//evil.example">y</a>',
        '<a href="https://evil.example">y</a>',
        '<a href="/a"><a href="/b">',
        '<img src="x">',
        "<!-- x -->",
        "<!doctype html>",
        "<p>",
        "</p>",
        '<p class="btn">x</p>',
        '<a href="java\nscript:x">y</a>',
    ],
)
def test_judge_finds_faults(html: str) -> None:
    assert faults(html)


# --- Random texts --------------------------------------------------------------------------------

MARKUP = (
    *("*", "_", "**", "~~", "`", "```", "[", "]", "(", ")", "![", "](", "<", ">", "> ", "- "),
    *("1. ", "# ", "\n", "\n\n", "    ", "\t", "|", "|-|-|\n", "&", "&amp;", "&#8238;", "&#0;"),
    *("\\", '"', "'", "<a href=", "javascript:", "data:", "//evil.example", "https://", "@"),
    *("@PK-000047", "/forum/topik/17/", "/forum/pos/9/", "https://portal.example", "[r]: "),
    *("huruf", "é", "\u202e", "\u0645\u0631\u062d\u0628\u0627", "\x00", "\ud800", "😀", "\u2028"),
)
TEXTS = st.lists(st.sampled_from(MARKUP) | st.text(max_size=8), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_becomes_harmless_html(source: str) -> None:
    rendered = render(source, own_host="portal.example")

    assert not faults(rendered.html)
    assert sanitise(rendered.html) == rendered.html
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\ud800-\udfff]", rendered.html)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.none() | st.integers(0, 200))
def test_any_text_becomes_one_line(source: str, limit: int | None) -> None:
    text = plain(source, limit)

    assert text == " ".join(text.split())
    assert limit is None or len(text) <= limit


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_can_be_quoted(source: str) -> None:
    quoted = quote(source, path="/forum/pos/5/")

    assert len(quoted) <= 2_000
    assert all(line.startswith(">") for line in quoted.rstrip("\n").split("\n"))
    rendered = render(f"{quoted}@PK-000012 setuju", own_host="portal.example")
    assert rendered.posts[0] == 5
    assert rendered.mentions == ("PK-000012",)
