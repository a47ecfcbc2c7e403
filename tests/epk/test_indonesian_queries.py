"""What people type into a search, the passage that answers it, and the telling words of a title."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epk.lib.indonesian import key_words, passage, query
from epk.lib.indonesian.querying import MOST_DROPPED, MOST_WORDS

TYPED = st.text(max_size=200) | st.text(alphabet="ak pk -\"'&|!():*<>\\\0.,/1a", max_size=120)


def marked(text: str, typed: str, length: int = 240) -> list[str]:
    return [part for part, is_hit in passage(text, query(typed).words, length) if is_hit]


# --- Queries ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", " ", "yang dan di", "?!.,;", "- -", '""', "🙂", "\0", "&|!"])
def test_nothing_to_search_for_is_an_empty_query(typed: str) -> None:
    assert not query(typed)
    assert query(typed).text == ""


def test_an_empty_query_names_what_says_nothing() -> None:
    assert query("apakah yang dan").dropped == ("apakah", "yang", "dan")


def test_exclusion_alone_searches_for_nothing() -> None:
    asked = query('-kredit -"job fair"')
    assert not asked
    assert "-kredit" in asked.dropped


def test_everyday_words_alone_are_read_as_the_short_forms_they_may_be() -> None:
    assert query("akan").words == ("akan0",)
    assert query("pak").words == ("pak0",)
    assert query("pak budi").words == ("budi*",)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("AK", "angka kredit"),
        ("angka kredit", "AK"),
        ("lptks", "Lembaga Penempatan Tenaga Kerja Swasta"),
        ("lembaga penempatan tenaga kerja swasta", "LPTKS"),
        ("kartu AK/1", "kartu kuning"),
        ("siap kerja", "SIAPkerja"),
        ("dalam negeri", "DN"),
        ("1 tahun 2022", "1/2022"),
        ("3c", "III/c"),
    ],
)
def test_a_name_or_number_is_one_term_and_marked_however_written(typed: str, text: str) -> None:
    assert len(query(typed).terms) == 1
    assert marked(f"Soal {text} lagi", typed) == [text]


def test_all_words_are_asked_for_and_the_last_may_go_on() -> None:
    assert query("lowongan sawit kred").text == "('lowongan0') & ('sawit') & ('kred':*)"
    assert query("sawit kr").text == "('sawit') & ('kr')"


def test_a_finished_sign_after_the_last_word_does_not_hide_that_it_is_the_last() -> None:
    assert query("sawit?").text == "('sawit':*)"


def test_the_beginning_of_a_form_finds_its_family() -> None:
    assert "'penempatan0'" in query("menempa").text
    assert "penempatan0" not in query("tempat").text


def test_words_in_quotes_follow_each_other() -> None:
    assert query('"kelapa sawit"').text == "(('kelapa' <-> 'sawit'))"
    assert query("“kelapa sawit”").text == query('"kelapa sawit"').text


def test_an_open_quote_counts_as_none() -> None:
    assert query('kelapa "sawit').text == query("kelapa sawit").text


def test_minus_excludes_a_word_or_a_phrase_but_not_inside_a_word() -> None:
    assert query("sawit -kelapa").text == "('sawit') & !('kelapa')"
    assert query('sawit -"minyak kelapa"').text == "('sawit') & !(('minyak' <-> 'kelapa'))"
    assert "!" not in query("e-kinerja sawit - kelapa").text


def test_what_is_excluded_is_not_marked() -> None:
    assert query("sawit -kelapa teh").words == ("sawit", "teh*")


def test_only_twelve_words_are_used_and_the_others_are_named() -> None:
    typed = [f"kata{letter}" for letter in "abcdefghijklmnop"]
    asked = query(" ".join(typed))
    assert len(asked.terms) == MOST_WORDS
    assert asked.dropped == tuple(typed[MOST_WORDS:])


def test_a_phrase_is_cut_at_twelve_words_too() -> None:
    typed = " ".join(f"kata{letter}" for letter in "abcdefghijklmnop")
    assert query(f'"{typed}"').text.count("<->") == MOST_WORDS - 1


def test_ten_thousand_letters_are_read_and_told_of_in_short() -> None:
    asked = query(" ".join(f"kata{number}x" for number in range(1_200)))
    assert len(asked.terms) == MOST_WORDS
    assert len(asked.dropped) == MOST_DROPPED
    assert max(map(len, query("yang " + "x" * 10_000).terms[0].ways)) < 100


@given(TYPED)
@settings(max_examples=300, deadline=None)
def test_a_query_holds_nothing_but_words_and_our_own_signs(typed: str) -> None:
    asked = query(typed)
    left = asked.text
    for sign in ("<->", ":*", "'", "(", ")", "|", "&", "!", " "):
        left = left.replace(sign, "")
    assert left == "" or left.isalnum()
    assert all(word.rstrip("*").isalnum() for word in asked.words)


# --- Passages ---------------------------------------------------------------------------------

LONG = (
    "Selamat pagi. Kami di Disnaker baru saja menempatkan 12 orang pencari kerja.\n\n"
    + "Kalimat lain yang tidak ada hubungannya. " * 30
    + "Apakah angka\nkredit penempatan dihitung per orang? "
    + "Kalimat penutup. " * 30
)


def test_a_form_of_the_word_is_marked() -> None:
    assert marked("Penempatan, lalu ditempatkan.", "menempatkan") == ["Penempatan", "ditempatkan"]


def test_a_word_outside_the_families_is_marked_by_its_root() -> None:
    assert marked("Persaingan ketat", "bersaing") == ["Persaingan"]


def test_the_beginning_of_a_word_is_marked() -> None:
    assert marked("Perkebunan kelapa", "kela") == ["kelapa"]


def test_the_window_is_where_most_of_the_words_are() -> None:
    parts = passage(LONG, query("menghitung angka kredit penempatan").words, 100)
    text = "".join(part for part, _hit in parts)
    hits = [part for part, is_hit in parts if is_hit]
    assert hits == ["angka kredit", "penempatan", "dihitung"]
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "\n" not in text


def test_two_of_the_words_are_worth_more_than_one_of_them_often() -> None:
    filler = "Kalimat lain. " * 20
    text = (
        f"Kredit. {filler} Penempatan penempatan penempatan. {filler} Kredit penempatan. {filler}"
    )
    assert marked(text, "kredit penempatan", 60) == ["Kredit", "penempatan"]


def test_without_a_hit_the_text_begins_at_its_beginning() -> None:
    parts = passage(LONG, ["sawit*"], 60)
    assert parts[0][0].startswith("Selamat pagi. Kami di Disnaker")
    assert not any(is_hit for _part, is_hit in parts)


def test_markup_comes_out_as_it_went_in() -> None:
    assert passage("<b>kredit</b> &amp;", ["kredit"]) == [
        ("<b>", False),
        ("kredit", True),
        ("</b> &amp;", False),
    ]


@given(st.text(max_size=600), TYPED, st.integers(1, 300))
@settings(max_examples=300, deadline=None)
def test_a_passage_is_a_stretch_of_the_text_of_at_most_this_length(
    text: str, typed: str, length: int
) -> None:
    parts = passage(text, query(typed).words, length)
    shown = "".join(part for part, _hit in parts)
    inner = shown.removeprefix("… ").removesuffix(" …") if len(text) > length else shown
    assert len(inner) <= length
    assert " ".join(inner.split()) in " ".join(text.split())


def test_a_word_longer_than_the_passage_is_cut() -> None:
    assert passage("kata " + "x" * 1_000, ["y"], 50)[0] == ("kata " + "x" * 45, False)


# --- Telling words ----------------------------------------------------------------------------


def test_names_tell_more_than_families_and_these_more_than_other_words() -> None:
    title = "Apakah sertifikasi BNSP diakui utk angka kredit pengantar kerja?"
    assert key_words(title) == ["bnsp0", "ak0", "sertifikasi0", "diakui"]


def test_only_so_many_words_tell() -> None:
    assert len(key_words("satu dua tiga empat lima enam tujuh delapan sembilan", 5)) == 5
    assert key_words("yang dan di?") == []


# --- Time -------------------------------------------------------------------------------------


@pytest.mark.parametrize("piece", ["ak pmi, ", "a", "1/", "é'", '-"a ', '" ', "kata x ", "سلام "])
def test_a_heavy_query_and_its_passage_take_no_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    start = time.process_time()
    passage(text, query(text).words)
    assert time.process_time() - start < 3
