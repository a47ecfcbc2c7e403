"""Initials, short names, figures, greetings and page numbers."""

from decimal import Decimal

import pytest

from epk.lib.text import (
    avatar_colour,
    format_number,
    greeting,
    initials,
    page_numbers,
    short_name,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Siti Wulandari", "SW"),
        ("Dr. Ni Luh Ayu Kartika, S.E., M.M.", "NK"),
        ("Siti Wulandari S.Psi.", "SW"),
        ("Drs. H. Amir", "AM"),
        ("Suharto", "SU"),
        ("M. Hanif Dhakiri", "MD"),
        ("'Aisyah binti Ümit", "AÜ"),
        ("Q", "Q"),
        ("Dr.", "DR"),
        ("123", "?"),
        ("", "?"),
    ],
)
def test_initials_leave_titles_out(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Siti Wulandari, S.Psi.", "Siti W."),
        ("H. M. Rahman", "M. Rahman"),
        ("M. Hanif Dhakiri", "M. Hanif D."),
        ("Joko", "Joko"),
        ("", ""),
    ],
)
def test_a_short_name_keeps_the_first_and_abbreviates_the_last(name: str, expected: str) -> None:
    assert short_name(name) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1_234_567, None, "1.234.567"),
        (0, None, "0"),
        (1234.56, None, "1.234,56"),
        (Decimal("1234.50"), None, "1.234,50"),
        (Decimal("2.08333"), 2, "2,08"),
        (-1234.5, 1, "-1.234,5"),
        (Decimal("1E+3"), None, "1.000"),
    ],
)
def test_figures_are_grouped_with_dots(
    value: int | float | Decimal, decimals: int | None, expected: str
) -> None:
    assert format_number(value, decimals) == expected


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (0, "malam"),
        (3, "malam"),
        (4, "pagi"),
        (10, "pagi"),
        (11, "siang"),
        (14, "siang"),
        (15, "sore"),
        (17, "sore"),
        (18, "malam"),
        (23, "malam"),
    ],
)
def test_the_greeting_follows_the_clock(hour: int, expected: str) -> None:
    assert greeting(hour) == f"Selamat {expected}"


@pytest.mark.parametrize(
    ("current", "last", "expected"),
    [
        (1, 1, [1]),
        (1, 43, [1, 2, None, 43]),
        (3, 43, [1, 2, 3, 4, None, 43]),
        (22, 43, [1, None, 21, 22, 23, None, 43]),
        (43, 43, [1, None, 42, 43]),
        (3, 5, [1, 2, 3, 4, 5]),
    ],
)
def test_page_numbers_show_the_ends_and_the_neighbours(
    current: int, last: int, expected: list[int | None]
) -> None:
    assert page_numbers(current, last) == expected


def test_an_avatar_keeps_its_colour() -> None:
    assert avatar_colour(47) == avatar_colour(47) == avatar_colour(47 + 6)
