"""Texts made to keep the renderer busy: 20,000 characters of each, a second at most."""

import time

import pytest

from epk.lib.markdown import LONGEST, plain, quote, render
from tests.safe_html import faults


def over_and_over(text: str) -> str:
    return text * (LONGEST // len(text) + 1)


def growing(text: str) -> str:
    return "".join(text * number + "a\n" for number in range(1, 200))


BOMBS = {
    "quotes": over_and_over(">"),
    "quotes that grow": growing(">"),
    "quotes and lists": over_and_over("> - "),
    "lists": over_and_over("- "),
    "numbered lists": over_and_over("1. "),
    "lists that grow": "".join("  " * number + "- a\n" for number in range(150)),
    "items": over_and_over("- a\n"),
    "paragraphs": over_and_over("a\n\n"),
    "emphasis that opens": over_and_over("*a "),
    "emphasis that closes": over_and_over("a* "),
    "emphasis that nests": "*a " * 5_000 + "b*" * 2_500,
    "emphasis of all kinds": over_and_over("*_~"),
    "emphasis that overlaps": over_and_over("*a **b _c "),
    "stars": over_and_over("*"),
    "strokes": over_and_over("~~a "),
    "brackets": over_and_over("["),
    "brackets that close": "[" * 10_000 + "]" * 10_000,
    "brackets with one end": "[" * 19_999 + "]",
    "links that nest": "[a" * 5_000 + "](b)" * 2_500,
    "links that do not end": over_and_over("[a]("),
    "links with emphasis": over_and_over("*[a](b)"),
    "titles": '[a](b "' + r"\"" * 9_990,
    "pictures that nest": "![" * 5_000 + "](a)" * 2_500,
    "pictures that do not end": over_and_over("!["),
    "pictures before pictures": over_and_over("a_b[^]:!["),
    "references": over_and_over("[a]: b\n"),
    "references to a long address": "[a]: /" + "b" * 1_900 + "\n\n" + "[a]" * 6_000,
    "references to a long title": "[a]: /b '" + "c" * 10_000 + "'\n\n" + "[a]" * 3_300,
    "backticks": growing("`"),
    "backticks of all lengths": over_and_over("`a``b```c"),
    "angles": over_and_over("<"),
    "addresses in angles": over_and_over("<http://a"),
    "something like HTML": over_and_over("<a b='"),
    "something like comments": over_and_over("<!--"),
    "something like CDATA": over_and_over("<![CDATA["),
    "wide table": "a|" * 5_000 + "\n" + "-|" * 5_000,
    "table of empty cells": "|a" * 250 + "\n" + "|-" * 250 + "\n" + "|\n" * 9_000,
    "table of 20 columns of empty cells": "|a" * 20 + "\n" + "|-" * 20 + "\n" + "|\n" * 9_900,
    "tables": over_and_over("|a|b|\n|-|-|\n\n"),
    "tables that are none": over_and_over("a|b\n-|-\n"),
    "entities": over_and_over("&amp;"),
    "entities that are none": over_and_over("&#x"),
    "headings": over_and_over("#\n"),
    "headings underlined": over_and_over("a\n=\n"),
    "fences": over_and_over("```\n"),
    "backslashes": over_and_over("\\"),
    "blanks": over_and_over(" "),
    "empty lines": over_and_over("\n"),
    "line ends": over_and_over("a  \n"),
    "bare addresses": over_and_over("http://a "),
    "one bare address": "http://" + over_and_over("a"),
    "schemes": over_and_over("http://"),
    "brackets behind an address": "http://a" + over_and_over(")"),
    "dots behind an address": "http://a" + over_and_over("."),
    "signs outside ASCII in an address": "http://" + over_and_over("😀"),
    "bare paths": over_and_over("/forum/pos/9 "),
    "bare paths that are none": over_and_over("/forum/topik/"),
    "mentions": over_and_over("@PK-000047 "),
    "signs of mentions": over_and_over("@"),
    "nothing": over_and_over("\0"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb(name: str) -> None:
    source = BOMBS[name][:LONGEST]
    assert len(source) > LONGEST / 2
    start = time.process_time()

    rendered = render(source, own_host="portal.example")

    assert time.process_time() - start < 3  # the worst takes 0.5 s on a machine at rest
    assert len(rendered.html) < 400_000
    assert not faults(rendered.html)


@pytest.mark.parametrize(
    "name",
    ["pictures before pictures", "brackets with one end", "items", "quotes that grow", "tables"],
)
def test_bomb_in_plain_words_and_in_a_quote(name: str) -> None:
    source = BOMBS[name][:LONGEST]
    start = time.process_time()

    assert len(plain(source)) <= LONGEST * 2
    assert len(quote(source, path="/forum/pos/5/")) <= 2_000
    assert time.process_time() - start < 6


def test_tables_end_where_they_become_too_many() -> None:
    small = render("|a|b|\n|-|-|\n|1|2|\n\n" * 500).html
    wide = render("|a" * 21 + "\n" + "|-" * 21 + "\n\n|a|b|\n|-|-|").html
    many = render("|a" * 20 + "\n" + "|-" * 20 + "\n" + "|\n" * 300 + "\n|a|b|\n|-|-|").html

    assert small.count("<table") == 500
    assert wide.count("<table") == 1
    assert "|a|a" in wide
    assert "<table" not in many


def test_long_tables_are_shown() -> None:
    html = render("|a|b|c|d|\n|-|-|-|-|\n" + "|1|2|3|4|\n" * 1_200).html

    assert html.count("<td>") == 4_800


def test_emphasis_is_lost_where_nobody_could_see_it() -> None:
    html = render("*a " * 30 + "b*" * 30).html

    assert html.count("<em>") == html.count("</em>") == 20
    assert html.count("b") == 30 + html.count("blockquote")


def test_a_reference_used_often_becomes_text_in_the_end() -> None:
    html = render("[a]: /" + "b" * 1_900 + "\n\n" + "[a] " * 100).html

    assert html.count("<a ") == 52
    assert html.count(">a</a>") == 52
    assert html.count("a ") > 48
