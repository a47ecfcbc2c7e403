"""The NIP: what is read, what is refused and with which sentence, how it is shown and masked."""

import datetime as dt

import pytest

from epk.lib.nip import NipError, format_nip, mask_nip, parse_nip

TODAY = dt.date(2026, 11, 24)


def test_reads_every_part() -> None:
    nip = parse_nip("19860926 201505 2 001", today=TODAY)
    assert nip.digits == "198609262015052001"
    assert nip.birth_date == dt.date(1986, 9, 26)
    assert (nip.appointed_year, nip.appointed_month, nip.sex) == (2015, 5, "P")


@pytest.mark.parametrize(
    "typed", ["198609262015051001", "19860926.201505.1.001", " 19860926 201505 1 001 "]
)
def test_spaces_and_dots_are_welcome(typed: str) -> None:
    assert parse_nip(typed, today=TODAY).digits == "198609262015051001"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("19860926201505100A", "hanya boleh berisi angka"),
        ("１９８６０９２６２０１５０５１００１", "hanya boleh berisi angka"),
        ("19860926201505100", "harus 18 angka; yang diisi 17"),
        ("198602312015051001", "31-2-1986 tidak ada"),
        ("198609262015131001", "“13” bukan bulan"),
        ("198609262015053001", "1 atau 2; yang diisi “3”"),
        ("198609262015051000", "001 sampai 999"),
        ("198609261990051001", "pengangkatan tahun 1990, padahal lahir tahun 1986"),
        ("198609262030051001", "belum tiba"),
        ("192909261950051001", "terlalu lama"),
        ("", "harus 18 angka; yang diisi 0"),
    ],
)
def test_refuses_with_one_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(NipError) as error:
        parse_nip(typed, today=TODAY)
    assert sentence in str(error.value)


def test_pppk_numbers_hold_no_month() -> None:
    typed = "198609262023211005"
    assert parse_nip(typed, pppk=True, today=TODAY).digits == typed
    with pytest.raises(NipError):
        parse_nip(typed, today=TODAY)


def test_shown_in_four_groups() -> None:
    assert format_nip("198609262015051001") == "19860926 201505 1 001"
    assert format_nip("") == ""


def test_mask_gives_away_neither_birth_nor_appointment_nor_sex() -> None:
    assert mask_nip("198609262015051047") == "•••••••• •••••• • 047"
    assert mask_nip("198609262015051047") == mask_nip("197001011999122047")
