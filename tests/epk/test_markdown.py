"""What people write and what is shown of it: links, mentions, headings, pictures, tables, code."""

import pytest

from epk.lib.markdown import LONGEST, Rendered, render

HOST = "portal.go.id"
REL = 'rel="nofollow noopener noreferrer ugc"'


def paragraph(source: str, own_host: str = HOST) -> str:
    """What stands inside the one paragraph of the text."""
    html = render(source, own_host=own_host).html
    assert html.startswith('<p dir="auto">')
    assert html.endswith("</p>\n")
    return html.removeprefix('<p dir="auto">').removesuffix("</p>\n")


def test_too_long() -> None:
    assert render("a" * LONGEST).html
    with pytest.raises(ValueError, match="at most 20000"):
        render("a" * (LONGEST + 1))


@pytest.mark.parametrize("source", ["", " \n\t\n", "[a]: /b"])
def test_nothing_to_show(source: str) -> None:
    assert render(source) == Rendered("", (), (), (), ())


# --- Addresses that are refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "&#32;javascript:alert(1)",
        "javascript%3Aalert(1)",
        "javascript%253Aalert(1)",
        "%6aavascript:alert(1)",
        "data:text/html,x",
        "data:image/png;base64,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://contoh.example/",
        "blob:x",
        "//evil.example/",
        "///evil.example/",
        "https://siti:rahasia@contoh.example/",
        "https://portal.go.id@evil.example/",
        "https://portal.go.id%40evil.example/",
        "https://siti%40contoh.example/",
        "https:evil.example",
        "https:/evil.example",
        "http:///evil.example",
        "https://contoh.example:99999/",
        "https://[::1/",
        "/a&#10;b",
        "/a%0d%0ab",
        "/" + "a" * 2_000,
        "https://contoh.example/" + "é" * 500,
        "https://portal.go.id//evil.example/",
        "https://xn--xn.com/",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "[x][r]\n\n[r]: {}", "![x]({})", "<{}>", "{}"])
def test_refused_address(address: str, form: str) -> None:
    html = render(form.format(address), own_host=HOST).html

    assert "href" not in html
    assert "<a" not in html


def test_refused_address_stays_as_it_was_written() -> None:
    assert paragraph("[x](javascript:alert(1))") == "[x](javascript:alert(1))"


@pytest.mark.parametrize("path", [r"/\evil.example", r"\\evil.example", "/%09/evil.example"])
def test_no_path_becomes_a_host(path: str) -> None:
    html = render(f"[x](<{path}>)").html

    assert 'href="//' not in html
    assert "\\" not in html.partition("href=")[2]


# --- Links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[JDIH](https://jdih.go.id/)", f'<a href="https://jdih.go.id/" {REL}>JDIH</a>'),
        ("[JDIH](HTTPS://jdih.go.id/)", f'<a href="HTTPS://jdih.go.id/" {REL}>JDIH</a>'),
        ("[surat](mailto:a@b.go.id)", '<a href="mailto:a@b.go.id">surat</a>'),
        ("[bantuan](/bantuan/)", '<a href="/bantuan/">bantuan</a>'),
        ("[bawah](#pos-3)", '<a href="#pos-3">bawah</a>'),
        ("[beranda](https://portal.go.id)", '<a href="/">beranda</a>'),
        ("[cari](https://PORTAL.go.id:443/cari/?q=a)", '<a href="/cari/?q=a">cari</a>'),
        ('[x](/a "judul")', '<a href="/a">x</a>'),
    ],
)
def test_link(source: str, html: str) -> None:
    assert paragraph(source) == html


@pytest.mark.parametrize(
    "address",
    [
        "https://portal.go.id.evil.example/forum/topik/17/",
        "https://portal.go.id:8000/forum/topik/17/",
        "https://xportal.go.id/forum/topik/17/",
    ],
)
def test_host_that_resembles_ours_is_outside(address: str) -> None:
    rendered = render(address, own_host=HOST)

    assert REL in rendered.html
    assert rendered.topics == ()


def test_port_is_part_of_our_host() -> None:
    rendered = render("http://127.0.0.1:8000/forum/topik/17/", own_host="127.0.0.1:8000")

    assert rendered.topics == (17,)


def test_unknown_host_makes_every_address_outside() -> None:
    assert render("https://portal.go.id/forum/topik/17/").topics == ()


@pytest.mark.parametrize(
    ("source", "address", "rest"),
    [
        ("Lihat https://a.go.id/b.", "https://a.go.id/b", "."),
        ("(https://a.go.id/b)", "https://a.go.id/b", ")"),
        ("https://a.go.id/b_(c)_d*e*", "https://a.go.id/b_(c)_d*e", "*"),
        ("**https://a.go.id**", "https://a.go.id", "</strong>"),
        ("https://a.go.id/?a=1&b=2, lalu", "https://a.go.id/?a=1&amp;b=2", ", lalu"),
        ("'https://a.go.id'", "https://a.go.id", "'"),
        ("<b>https://a.go.id</b>", "https://a.go.id", "&lt;/b&gt;"),
        ("Http://a.go.id", "Http://a.go.id", ""),
    ],
)
def test_bare_address(source: str, address: str, rest: str) -> None:
    html = paragraph(source)

    assert f'<a href="{address}" {REL}>{address}</a>{rest}' in html


@pytest.mark.parametrize("source", ["xhttp://a.go.id", "`https://a.go.id`", "https://", "://a"])
def test_no_bare_address(source: str) -> None:
    assert "href" not in paragraph(source)


def test_bare_address_in_a_link_is_its_text() -> None:
    assert paragraph("[https://a.go.id](/b)") == '<a href="/b">https://a.go.id</a>'


# --- Places of our own ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "https://portal.go.id/forum/topik/17/",
            '<a href="/forum/topik/17/" data-topik="17">/forum/topik/17/</a>',
        ),
        (
            "<https://portal.go.id/forum/topik/17/?halaman=2#pos-30>",
            '<a href="/forum/topik/17/?halaman=2#pos-30" data-topik="17">/forum/topik/17/</a>',
        ),
        (
            "[/forum/topik/17/](/forum/topik/17/)",
            '<a href="/forum/topik/17/" data-topik="17">/forum/topik/17/</a>',
        ),
        (
            "https://portal.go.id/forum/pos/9/",
            '<a href="/forum/pos/9/" data-pos="9">/forum/pos/9/</a>',
        ),
        (
            "https://portal.go.id/direktori/PK-000047/",
            '<a href="/direktori/PK-000047/" data-petugas="PK-000047">/direktori/PK-000047/</a>',
        ),
        ("[ini](/forum/topik/17/)", '<a href="/forum/topik/17/">ini</a>'),
        ("[/forum/topik/18/](/forum/topik/17/)", '<a href="/forum/topik/17/">/forum/topik/18/</a>'),
        ("[**/forum/pos/9/**](/forum/pos/9/)", None),
    ],
)
def test_places_wait_for_their_title(source: str, html: str | None) -> None:
    assert (" data-" in paragraph(source)) == (html is not None and " data-" in html)
    assert html is None or paragraph(source) == html


def test_what_a_text_speaks_of() -> None:
    rendered = render(
        "https://portal.go.id/forum/topik/17/ [a](/forum/topik/3) [b](/forum/topik/17/?x#y)\n"
        "https://portal.go.id/forum/pos/9/ [c](/forum/pos/10/) [d](/direktori/PK-000002/)\n"
        "@PK-000047 @pk-000001 @PK-000047",
        own_host=HOST,
    )

    assert rendered.topics == (17, 3)
    assert rendered.posts == (9, 10)
    assert rendered.mentions == ("PK-000047", "PK-000001")
    assert rendered.officers == ("PK-000002", "PK-000047", "PK-000001")


@pytest.mark.parametrize(
    "path",
    [
        "/forum/topik/0/",
        "/forum/topik/017/",
        "/forum/topik/17a/",
        "/forum/topik/１７/",
        "/forum/topik/9999999999999999999/",
        "/forum/topik/17/kunci/",
        "/x/forum/topik/17/",
        "forum/topik/17/",
        "/forum/topik/-1/",
    ],
)
def test_not_a_topic(path: str) -> None:
    assert render(f"[x]({path})").topics == ()


def test_no_address_of_code_is_told() -> None:
    assert render("`/forum/topik/17/` `https://portal.go.id/forum/pos/9/`", own_host=HOST) == (
        render("`/forum/topik/17/` `https://portal.go.id/forum/pos/9/`")
    )


# --- Mentions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source", ["@PK-000047", "@pk-000047", "*@PK-000047*", "(@PK-000047)", "_@PK-000047_"]
)
def test_mention(source: str) -> None:
    rendered = render(source)

    assert rendered.mentions == ("PK-000047",)
    assert (
        '<a class="mention" href="/direktori/PK-000047/" data-petugas="PK-000047">@PK-000047</a>'
        in rendered.html
    )


@pytest.mark.parametrize(
    "source",
    [
        "siti@PK-000047",
        "@@PK-000047",
        r"\@PK-000047",
        "@PK-00004",
        "@PK-0000471234",
        "@PK-000047x",
        "@P\u212a-000047",
        "@PK-０００047",
        "`@PK-000047`",
        "```\n@PK-000047\n```",
        "    @PK-000047",
        "[@PK-000047](/a)",
        "![@PK-000047](/a)",
        "https://a.go.id/@PK-000047",
        "[r]: /@PK-000047",
    ],
)
def test_no_mention(source: str) -> None:
    rendered = render(source)

    assert rendered.mentions == ()
    assert "data-petugas" not in rendered.html


def test_mention_in_a_quote_is_shown_and_told_to_nobody() -> None:
    rendered = render("> @PK-000047\n\n> - > @PK-000048\n\n@PK-000049")

    assert rendered.mentions == ("PK-000049",)
    assert rendered.officers == ("PK-000047", "PK-000048", "PK-000049")
    assert rendered.html.count("data-petugas") == 3


# --- Everything else -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "tag"), [("#", "h3"), ("##", "h4"), ("####", "h6"), ("######", "h6")]
)
def test_headings_stand_below_those_of_the_page(marks: str, tag: str) -> None:
    assert render(f"{marks} Judul").html == f'<{tag} dir="auto">Judul</{tag}>\n'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("![Denah](https://a.go.id/d.png)", f'<a href="https://a.go.id/d.png" {REL}>Denah</a>'),
        ("![a *b* `c`](/d.png)", '<a href="/d.png">a b c</a>'),
        ("![](/d.png)", '<a href="/d.png">gambar</a>'),
        ("[![Denah](/kecil.png)](/besar.png)", '<a href="/besar.png">Denah</a>'),
    ],
)
def test_picture_becomes_a_link(source: str, html: str) -> None:
    assert paragraph(source) == html


def test_table_scrolls_in_a_place_of_its_own() -> None:
    html = render("|a|b|c|\n|-:|:-:|:-|\n|1|*2*|3|").html

    assert html.startswith(
        '<div class="table-scroll" tabindex="0" role="group" aria-label="Tabel">\n'
        '<table dir="auto">\n<thead>'
    )
    assert html.endswith("</tbody>\n</table>\n</div>\n")
    assert '<th class="text-end">a</th>\n<th class="text-center">b</th>\n<th>c</th>' in html
    assert "<em>2</em>" in html


@pytest.mark.parametrize(
    "source", ["    a < b", "```python\na < b\n```", '~~~ x" onclick="y\na < b']
)
def test_code_scrolls_and_names_no_language(source: str) -> None:
    html = render(source).html

    assert html.strip().removesuffix("</code></pre>").strip() == (
        '<pre dir="auto" tabindex="0" role="group" aria-label="Kode"><code>a &lt; b'
    )


def test_html_stays_text() -> None:
    assert paragraph("<b onclick=x>a</b> &lt;script> <!-- c -->") == (
        "&lt;b onclick=x&gt;a&lt;/b&gt; &lt;script&gt; &lt;!-- c --&gt;"
    )


def test_line_ends_stay() -> None:
    assert paragraph("Yth. rekan,\nmohon info") == "Yth. rekan,<br>\nmohon info"


def test_strikethrough() -> None:
    assert paragraph("~~lama~~ baru") == "<s>lama</s> baru"


def test_every_block_finds_its_own_direction() -> None:
    html = render("# a\n\nb\n\n- c\n\n1. d\n\n> e\n\n    f\n\n|g|\n|-|\n\n---").html

    assert html.count('dir="auto"') == 7
    assert "<hr>" in html


def test_signs_that_turn_the_direction_are_left_out() -> None:
    assert paragraph("a&#8238;b\u202ec `d\u2066e` [f](/g&#8238;h)") == (
        'abc <code>de</code> <a href="/g%E2%80%AEh">f</a>'
    )


def test_half_a_character_does_no_harm() -> None:
    assert paragraph("a\ud800b") == "a\ufffdb"


def test_numbering_goes_on_where_it_was_left() -> None:
    assert render("3. a").html == '<ol start="3" dir="auto">\n<li>a</li>\n</ol>\n'
