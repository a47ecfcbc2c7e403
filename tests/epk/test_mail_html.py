"""The HTML of a mail: made from its text, saying the same, escaped, without styles and pictures."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from epk.lib import mail
from epk.lib.mail.markup import to_html
from epk.lib.mail.sources import filled_html

LINK = "https://contoh.example/a?b=1&c=2"
SHOWN = "https://<wbr>contoh.<wbr>example/<wbr>a?<wbr>b=<wbr>1&amp;<wbr>c=<wbr>2"
HREF = '<a href="https://contoh.example/a?b=1&amp;c=2">'
ANY = {"written_at": "hari ini"}
TEST = "notifications/mail/test.txt"
# What a mail may hold: no style, picture, script, form or frame, and no class that needs a sheet.
TAGS = re.compile(r"html|head|meta|title|body|table|tr|td|font|b|a|p|br|hr|ul|li|wbr")
ATTRIBUTES = re.compile(
    r"lang|charset|name|content|role|width|border|cellpadding|cellspacing|bgcolor|face|color|href"
    r"|size|noshade"
)


class Markup(HTMLParser):
    """Which elements and attributes a text of HTML has, and what stays open in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"meta", "br", "hr", "wbr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_paragraph_keeps_its_lines() -> None:
    assert to_html("Satu.\nDua.\n\n\n \nTiga.") == "<p>Satu.<br>\nDua.</p>\n<p>Tiga.</p>"


def test_nothing_makes_nothing() -> None:
    assert to_html(" \n\n") == ""


def test_a_link_alone_on_its_line() -> None:
    assert to_html(LINK) == f"<p>{HREF}{SHOWN}</a></p>"
    assert to_html(f"Lihat.\n{LINK}") == f"<p>Lihat.<br>\n{HREF}{SHOWN}</a></p>"


@pytest.mark.parametrize(
    "text",
    [
        f"Lihat {LINK}",
        f"{LINK} ini",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://contoh.example/",
        "//contoh.example/",
        'x" href="https://contoh.example',
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert "<a" not in to_html(text)
    assert "<a" not in to_html(f"Lihat:\n{text}")


def test_a_label_above_a_link_makes_a_button() -> None:
    html = to_html(f"Halo.\nBuat kata sandi:\n{LINK}\nTautan berlaku 3 hari.")
    halo, button, rest = html.split("\n")
    assert halo == "<p>Halo.</p>"
    assert button.count(HREF) == 1
    assert "<b>Buat kata sandi</b>" in button
    assert 'bgcolor="' in button
    assert rest == "<p>Tautan berlaku 3 hari.</p>"


def test_a_label_further_away_is_none() -> None:
    html = to_html(f"Buka tautan ini:\n\n{LINK}")
    assert html == f"<p>Buka tautan ini:</p>\n<p>{HREF}{SHOWN}</a></p>"


def test_two_labels_make_two_buttons() -> None:
    html = to_html(f"Setujui:\n{LINK}\nTolak:\n{LINK}")
    assert html.count(HREF) == html.count("<table") == 2


def test_a_footer_has_links_in_the_place_of_buttons() -> None:
    html = to_html(f"Portal\nAtur surat:\n{LINK}", buttons=False)
    assert html == f"<p>Portal<br>\n{HREF}Atur surat</a></p>"


def test_items_lead_to_their_links() -> None:
    html = to_html(
        f"Forum:\n- Satu & dua\n  {LINK}\n  oleh Siti\n- Tiga\n\n- Empat:\n  {LINK}\nAkhir."
    )
    assert html == (
        f"<p>Forum:</p>\n<ul>\n<li><p>{HREF}Satu &amp; dua</a><br>\noleh Siti</p></li>\n"
        f"<li>Tiga</li>\n<li><p>{HREF}Empat</a></p></li>\n</ul>\n<p>Akhir.</p>"
    )


def test_an_item_that_is_a_link_itself() -> None:
    assert to_html(f"- {LINK}") == f"<ul>\n<li><p>{HREF}{SHOWN}</a></p></li>\n</ul>"


@pytest.mark.parametrize("text", ["- {}\n  {}", "{}:\n{}"])
@pytest.mark.parametrize("buttons", [True, False])
def test_a_title_that_is_a_link_leads_where_ours_does(text: str, buttons: bool) -> None:
    html = to_html(text.format("https://jahat.example/", LINK), buttons=buttons)
    assert html.count("<a ") == html.count(HREF) == 1
    assert "https://jahat.example/" in html


@pytest.mark.parametrize("text", ["{}", "{}:\nhttps://contoh.example", "- {}\n  https://a.example"])
def test_whatever_is_typed_is_escaped(text: str) -> None:
    html = to_html(text.format("<script>alert(1)</script> \"A\" & 'B' </ul>"))
    assert "<script" not in html
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt; &quot;A&quot; &amp; &#x27;B&#x27; &lt;/ul&gt;"
        in html
    )
    assert '<a href="https://contoh.example"><script' not in html


def test_a_link_cannot_leave_its_attribute() -> None:
    html = to_html("https://contoh.example/\"><img/src='x'>")
    assert "<img" not in html
    assert 'href="https://contoh.example/&quot;&gt;&lt;img/src=&#x27;x&#x27;&gt;"' in html


def test_a_long_link_can_be_broken_anywhere_near() -> None:
    html = to_html("https://contoh.example/" + "a" * 200)
    shown = re.search(r">(http.*)</a>", html)
    assert max(len(part) for part in shown[1].split("<wbr>")) <= 20


def test_the_frame_of_a_mail() -> None:
    letter = mail.render(TEST, ANY)
    markup = Markup()
    markup.feed(letter.html)
    assert markup.open == []
    assert [tag for tag in markup.tags if not TAGS.fullmatch(tag)] == []
    assert [name for name in markup.attributes if not ATTRIBUTES.fullmatch(name)] == []
    assert letter.html.startswith('<!doctype html>\n<html lang="id">')
    assert f"<title>{letter.subject}</title>" in letter.html


def test_a_missing_value_of_the_frame_is_an_error_too() -> None:
    with pytest.raises(mail.MissingValueError, match="label"):
        filled_html("mail/button.html", {"link": LINK})
