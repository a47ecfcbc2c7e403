"""A change of what is written into the index raises its version, so that `index_forum` writes it anew."""

from __future__ import annotations

import hashlib

from epk.lib import indonesian
from epk.lib.indonesian import families, names, normalise, reading, stop_words

TEXTS = (
    "Saya tidak lulus uji kompetensi; apakah AK dari PAK 2024 masih berlaku?",
    "PermenPANRB Nomor 1 Tahun 2022, Pasal 12 ayat (3): golongan III/c, 31.12.2026, Rp1.500.000",
    "Kartu AK/1 di disnaker, TKI ke luar negeri, syarat2nya & undang-undang; terima kasih",
)
"""What no list shows: how words, numbers and pairs are read."""
WRITTEN = {1: "ac37d753cb2a25c8"}
"""By version, the digest of the lists and of how these texts are read. Add one, never change one."""


def digest() -> str:
    lists = (
        sorted(families.FORMS.items()),
        sorted(names.WRITTEN_OUT.items()),
        names.NAMES,
        sorted(names.REGULATIONS),
        sorted(stop_words.STOP_WORDS),
        sorted(stop_words.SPELT_OUT.items()),
        sorted(stop_words.SPELLINGS.items()),
        reading._ENDINGS,
        [normalise(text) for text in TEXTS],
    )
    return hashlib.sha256(repr(lists).encode()).hexdigest()[:16]


def test_the_version_tells_what_is_written() -> None:
    assert WRITTEN[indonesian.VERSION] == digest()
    assert list(WRITTEN) == list(range(1, indonesian.VERSION + 1))
