"""HTML from a word processor as the text that was meant; nothing that somebody wrote is lost."""

from __future__ import annotations

import pytest

from epk.lib.pasted_text import without_pasted_html


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ('<p class="MsoNormal">Satu</p><p>Dua &amp; tiga</p>', "Satu\n\nDua & tiga"),
        ("<h1>Judul</h1><p>Isi</p>", "## Judul\n\nIsi"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n1. b"),
        ('<p><a href="https://a.id/">teks</a></p>', "[teks](https://a.id/)"),
        ("<p>satu<br>dua</p>", "satu\ndua"),
        ("<style>p {color: red}</style><p>isi</p>", "isi"),
        ("<p>5 < 6 dan <nama@contoh.example></p>", "5 < 6 dan <nama@contoh.example>"),
        ("<p>`<p>kode</p>` tetap</p>", "`<p>kode</p>` tetap"),
        ("<table><tr><td>a|b</td><td><p>c</p></td></tr></table>", "| a\\|b | c |\n| --- | --- |"),
        ("<p>tak <b>ditutup</p>", "tak **ditutup"),
        ('<p><img src="file:///x.png" alt="Foto"></p>', "Foto"),
        ("<p class=x>akhir yang terpotong <b", "akhir yang terpotong <b"),
    ],
)
def test_becomes_markdown(pasted: str, text: str) -> None:
    assert without_pasted_html(pasted) == (text, True)


@pytest.mark.parametrize(
    "text",
    [
        "Biasa **saja**, 5 < 6 > 4",
        "Tag `<p>x</p>` di dalam kode",
        "```\n<div>x</div>\n```",
        "<p class=x>Isi</p><style>p {} dan sisanya yang ditulis orang",
        "Surat ke <nama@contoh.example>",
        "",
    ],
)
def test_leaves_other_text_alone(text: str) -> None:
    assert without_pasted_html(text) == (text, False)
