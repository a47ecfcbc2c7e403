"""Mails from templates: subject, wrapped text, footer; nothing missing, nothing escaped."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from epk.lib import mail
from epk.lib.environment import mail_domain
from epk.lib.mail import sources

TEST = "notifications/mail/test.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Templates of this test, before those of the portal."""
    first: dict[str, Any] = settings.TEMPLATES[0]
    sources._engine.cache_clear()
    with override_settings(TEMPLATES=[first | {"DIRS": [tmp_path, *first["DIRS"]]}]):
        yield tmp_path
    sources._engine.cache_clear()


def written(folder: Path, source: str, **context: object) -> mail.Letter:
    (folder / "surat.txt").write_text(source)
    return mail.render("surat.txt", context)


def test_subject_text_and_footer(folder: Path) -> None:
    letter = written(folder, "Subject: Halo {{ name }}\n\nIsi.\n", name="Siti")
    assert letter.subject == "Halo Siti"
    body, footer = letter.text.split("\n-- \n")
    assert body == "Isi.\n"
    assert footer.splitlines() == [
        "e-Pengantar Kerja",
        settings.SITE_URL,
        "Surat ini dikirim otomatis; balasannya tidak dibaca.",
        "Ini peragaan: semua orang di dalamnya fiktif.",
    ]


def test_only_a_demo_says_that_it_is_one() -> None:
    with override_settings(DEMO=False):
        letter = mail.render(TEST, {"written_at": "x"})
    assert "peragaan" not in letter.text + letter.html


def test_a_missing_value_is_an_error_even_far_within(folder: Path) -> None:
    for source in (
        "Subject: {{ tidak_ada }}\n\nIsi.",
        "Subject: A\n\n{{ tidak_ada }}",
        "Subject: A\n\n{{ ada.tidak_ada }}",
        "Subject: A\n\n{% if ada %}{{ tidak_ada|upper }}{% endif %}",
    ):
        with pytest.raises(mail.MissingValueError, match="tidak_ada"):
            written(folder, source, ada="x")


def test_what_is_asked_for_may_be_missing(folder: Path) -> None:
    assert written(folder, "Subject: A\n\n{% if ada %}x{% else %}y{% endif %}").text[0] == "y"


@pytest.mark.parametrize("source", ["", "Isi.", "Subject: A\nIsi.", "Perihal: A\n\nIsi."])
def test_a_template_without_a_subject_is_refused(folder: Path, source: str) -> None:
    with pytest.raises(ValueError, match="does not begin with a subject"):
        written(folder, source)


def test_nothing_is_escaped_in_subject_and_text(folder: Path) -> None:
    name = 'R. A. "Siti" O\'Brien & <anak>'
    letter = written(folder, "Subject: {{ name }}\n\n{{ name }}", name=name)
    assert letter.subject == name
    assert letter.text.startswith(name)


def test_a_value_stays_on_its_line(folder: Path) -> None:
    """Or a title could bring in a link that looks like one of ours."""
    typed = "Halo:\nhttps://jahat.example/\r\n\u2028- x\n\n\n-- \ny"
    letter = written(
        folder,
        "Subject: A\n\n{{ typed }}\n\n{% if typed %}{{ typed|upper }}{% endif %}",
        typed=typed,
    )
    body = letter.text.split("\n-- \n")[0]
    assert body == (
        "Halo: https://jahat.example/ - x -- y\n\nHALO: HTTPS://JAHAT.EXAMPLE/ - X -- Y\n"
    )
    assert "jahat.example" in letter.html
    assert 'href="https://jahat' not in letter.html


def test_values_of_a_loop_stay_on_their_lines(folder: Path) -> None:
    source = "Subject: A\n\n{% for one in many %}- {{ one.title }}\n{% endfor %}"
    letter = written(folder, source, many=[{"title": "a\n- b"}, {"title": "c\n\nd"}])
    assert letter.text.startswith("- a - b\n- c d\n")
    assert letter.html.count("<li>") == 2


@pytest.mark.parametrize(
    ("words", "shown"),
    [(30, "Cara " * 29 + "Cara"), (31, "Cara " * 29 + "…"), (900, "Cara " * 29 + "…")],
)
def test_a_long_subject_is_cut_after_a_word(folder: Path, words: int, shown: str) -> None:
    title = "Cara " * words
    assert written(folder, "Subject: {{ title }}\n\nIsi.", title=title).subject == shown


def test_a_long_subject_without_words_is_cut_too(folder: Path) -> None:
    subject = written(folder, "Subject: {{ title }}\n\nIsi.", title="a" * 300).subject
    assert subject == "a" * 148 + " …"


def test_paragraphs_are_wrapped_and_links_are_not(folder: Path) -> None:
    link = "https://contoh.example/akun/aktivasi/" + "a" * 80 + "-b/"
    item = "- " + "kata " * 20
    source = "Subject: A\n\n" + "panjang " * 30 + "\n\n{{ link }}\n\n" + item + "\n\n\n\n\nAkhir."
    lines = written(folder, source, link=link).text.splitlines()
    assert max(len(line) for line in lines if line != link) <= 72
    assert link in lines
    assert lines[lines.index("- " + ("kata " * 14).strip()) + 1].startswith("  kata")
    assert "" in lines
    assert not re.search(r"\n\n\n", "\n".join(lines))


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("siti@contoh.go.id", "s***@contoh.go.id"),
        ("s@contoh.go.id", "s***@contoh.go.id"),
        ('"a@b"@contoh.go.id', '"***@contoh.go.id'),
    ],
)
def test_masked_addresses(address: str, masked: str) -> None:
    assert mail.mask_address(address) == masked


def test_masked_within_a_text() -> None:
    said = "550 5.1.1 <siti@contoh.go.id>: unknown; see budi@contoh.go.id."
    assert mail.mask_addresses(said) == (
        "550 5.1.1 <s***@contoh.go.id>: unknown; see b***@contoh.go.id."
    )


@pytest.mark.parametrize(
    ("site", "domain"),
    [
        ("https://epk.kemnaker.go.id", "epk.kemnaker.go.id"),
        ("http://127.0.0.1:8000", "epk.example"),
        ("http://localhost", "epk.example"),
        ("http://[::1]:8000", "epk.example"),
    ],
)
def test_the_domain_that_mails_come_from(site: str, domain: str) -> None:
    assert mail_domain(site) == domain


TEMPLATES = pytest.mark.parametrize(
    "path",
    sorted((settings.BASE_DIR / "templates").rglob("mail/*.txt")),
    ids=lambda path: f"{path.parent.parent.name}/{path.name}",
)
A_LINK = re.compile(r"\w*(url|link|unsubscribe)\w*\s*}}|https?://")


@TEMPLATES
def test_links_stand_alone_on_their_line(path: Path) -> None:
    """A link with words around it is cut in two by some mail programs."""
    for line in path.read_text().splitlines():
        if A_LINK.search(line):
            assert re.fullmatch(r"\s*({{[^}]*}}|https?://\S+)\s*", line), line


@TEMPLATES
def test_links_have_a_label_or_belong_to_an_item(path: Path) -> None:
    """Without one the HTML shows the bare address; only the portal's own is short enough."""
    lines = path.read_text().splitlines()
    for above, line in itertools.pairwise(lines):
        if A_LINK.search(line) and "site_url" not in line:
            assert line.startswith("  ") or above.endswith(":"), line


@TEMPLATES
def test_templates_hold_no_tags_but_these(path: Path) -> None:
    """What others write, such as `include` or `firstof`, is not kept on its line."""
    known = {"if", "elif", "else", "endif", "for", "empty", "endfor", "with", "endwith", "load"}
    assert set(re.findall(r"{%\s*(\w+)", path.read_text())) <= known
