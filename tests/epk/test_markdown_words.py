"""A text without its marks, and a text quoted in another."""

import pytest

from epk.lib.markdown import LONGEST, fill, plain, quote, render

PATH = "/forum/pos/5/"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("# Judul\n\n*miring* dan `kode`", "Judul miring dan kode"),
        ("baris\nsatu  \ndua", "baris satu dua"),
        ("[JDIH](https://jdih.go.id/) https://a.go.id", "JDIH https://a.go.id"),
        ("![Denah *lama*](/d.png)", "Denah lama"),
        ("- a\n- b\n\n> c", "a b c"),
        ("|a|b|\n|-|-|\n|1|2|", "a b 1 2"),
        ("```python\nx = 1\n```\n\n    y = 2", "x = 1 y = 2"),
        ("<b>a</b> &amp; &lt;", "<b>a</b> & <"),
        ("@pk-000047 setuju", "@PK-000047 setuju"),
        ("a\u202eb&#8238;c", "abc"),
        ("a\x00b\ud800c", "a\ufffdb\ufffdc"),
        ("[r]: /a", ""),
    ],
)
def test_plain(source: str, text: str) -> None:
    assert plain(source) == text


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (100, "satu dua tiga"),
        (13, "satu dua tiga"),
        (12, "satu dua…"),
        (9, "satu dua…"),
        (3, "sa…"),
        (1, "…"),
        (0, ""),
    ],
)
def test_plain_is_cut_between_words(limit: int, text: str) -> None:
    assert plain("satu *dua* tiga", limit) == text


def test_plain_reads_no_more_than_may_be_stored() -> None:
    assert len(plain("a" * (LONGEST + 5))) == LONGEST


# --- Quotes --------------------------------------------------------------------------------------


def test_quote() -> None:
    assert quote("Halo.\n\n- a\n- b\n", path=PATH) == (
        "> [Rekan](/forum/pos/5/) menulis:\n>\n> Halo.\n>\n> - a\n> - b\n\n"
    )


def test_quote_of_nothing() -> None:
    assert quote("", path=PATH) == "> [Rekan](/forum/pos/5/) menulis:\n>\n\n"


def test_quotes_within_are_kept_to_the_second_level() -> None:
    source = "> dua\n>\n> > tiga\n> >\n> > > empat\n>\n> dua lagi\n\nsatu"
    html = render(quote(source, path=PATH)).html

    assert html.count("<blockquote") == 2
    assert "dua lagi" in html
    assert "satu" in html
    assert "tiga" not in html
    assert "empat" not in html


def test_signs_of_quotes_in_code_are_kept() -> None:
    assert "> > > keluaran" in quote("```\n> > keluaran\n```", path=PATH)


@pytest.mark.parametrize("name", ["Rekan", "Siti Wulandari", "*Siti* `b`", "a\\]b", "@PK-000047"])
def test_the_author_is_a_place_whatever_stands_there(name: str) -> None:
    """So was it written before with a name, which is never shown again."""
    html = render(f"> [{name}]({PATH}) menulis:\n>\n> isi").html

    place = '<a href="/forum/pos/5/" data-penulis="5">Rekan</a> menulis:'
    assert html == render(quote("isi", path=PATH)).html
    assert place in html
    assert "Siti" not in html


def test_the_author_is_filled_for_those_who_see_the_post() -> None:
    html = render(quote(quote("isi", path="/forum/pos/9/"), path=PATH)).html
    shown = fill(html, topics={}, posts={5: "x"}, officers={}, authors={5: "Siti <b>", 9: "Budi"})

    assert ">Siti &lt;b&gt;</a> menulis:" in shown
    assert ">Budi</a> menulis:" in shown
    assert ">Rekan</a> menulis:" in fill(html, topics={}, posts={}, officers={}, authors={})


@pytest.mark.parametrize(
    "source",
    [
        "[Siti](/forum/pos/5/) menulis:",
        "> kata [Siti](/forum/pos/5/) menulis:",
        "> [Siti](/forum/pos/5/) berkata:",
        "> [Siti](/forum/topik/5/) menulis:",
        "> [Siti](https://example.com/forum/pos/5/) menulis:",
        "> [Siti](/forum/pos/5/)",
    ],
)
def test_no_other_link_names_an_author(source: str) -> None:
    html = render(source).html

    assert "data-penulis" not in html
    assert ">Siti</a>" in html


def test_path_cannot_end_its_brackets() -> None:
    html = render(quote("isi", path="/a) [x](/b")).html

    assert html.count("<a ") == 1


@pytest.mark.parametrize(
    "source",
    ["kata " * 4_000, "a" * LONGEST, "\n" * 5_000 + "a", "a\n" * 5_000, "```\n" + "x\n" * 5_000],
)
def test_long_text_is_cut(source: str) -> None:
    quoted = quote(source, path=PATH)

    assert 1_900 < len(quoted) <= 2_000
    assert quoted.endswith("…\n\n")


@pytest.mark.parametrize("source", ["a\r\nb", "a\rb", "a\nb"])
def test_every_line_is_quoted(source: str) -> None:
    assert quote(source, path=PATH).endswith("\n>\n> a\n> b\n\n")


@pytest.mark.parametrize(
    "source", ["\tkode\n\tlagi", "- a\n\n\t- b", "# A\n\n1. b\n\n   c\n\n~~~\nd\n~~~"]
)
def test_quoted_text_looks_as_before(source: str) -> None:
    def inside(html: str) -> str:
        return html.replace(' dir="auto"', "")

    within = render(quote(source, path=PATH)).html.partition("</p>\n")[2]

    assert inside(within) == inside(render(source).html) + "</blockquote>\n"


def test_what_follows_a_quote_is_no_part_of_it() -> None:
    html = render(quote("isi", path=PATH) + "jawaban").html

    assert html.endswith('</blockquote>\n<p dir="auto">jawaban</p>\n')
