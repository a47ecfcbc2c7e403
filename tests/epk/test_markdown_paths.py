"""Paths of topics, posts and officers without their host become links, and no other path does."""

import pytest

from epk.lib.markdown import render
from tests.epk.test_markdown import HOST, paragraph


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "Lihat /forum/topik/17/.",
            'Lihat <a href="/forum/topik/17/" data-topik="17">/forum/topik/17/</a>.',
        ),
        (
            "(/forum/pos/9)",
            '(<a href="/forum/pos/9" data-pos="9">/forum/pos/9/</a>)',
        ),
        (
            "/direktori/PK-000047/, ya?",
            '<a href="/direktori/PK-000047/" data-petugas="PK-000047">/direktori/PK-000047/</a>, ya?',
        ),
        (
            "/forum/topik/17/?halaman=2#tulisan-31",
            '<a href="/forum/topik/17/?halaman=2#tulisan-31" data-topik="17">/forum/topik/17/</a>',
        ),
    ],
)
def test_bare_path_of_a_place(source: str, html: str) -> None:
    assert paragraph(source) == html


@pytest.mark.parametrize(
    "source",
    [
        "dan/atau",
        "24/11/2026",
        "/notifikasi/",
        "/forum/",
        "/forum/topik/baru/",
        "/forum/topik/17/balas/",
        "/forum/topik/017/",
        "/forum/topik/17abc",
        "lihat/forum/topik/17/",
        "//forum/topik/17/",
        "../forum/topik/17/",
        "/direktori/PK-47/",
        "/forum/topik/9999999999999999999/",
        "`/forum/topik/17/`",
        r"\\/forum/topik/17/",
    ],
)
def test_no_bare_path(source: str) -> None:
    assert "<a" not in render(source, own_host=HOST).html


def test_bare_path_in_a_link_is_its_text() -> None:
    assert paragraph("[lihat /forum/topik/17/](/b)") == '<a href="/b">lihat /forum/topik/17/</a>'


def test_bare_path_on_another_host_stays_part_of_that_address() -> None:
    rendered = render("https://evil.example/forum/topik/17/", own_host=HOST)

    assert rendered.topics == ()
    assert rendered.html.count("<a") == 1
