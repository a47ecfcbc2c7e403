"""Taking values out of sentences, and finding the columns in which one still stands."""

from __future__ import annotations

import pytest

from epk.lib.scrub import REMOVED, remainders, scrubbed
from registry.models import Unit
from tests.factories import make_officer


@pytest.mark.parametrize(
    ("text", "values", "left"),
    [
        ("Telepon dari SITI WULANDARI.", {"Siti Wulandari"}, f"Telepon dari {REMOVED}."),
        ("Joko dan Jokowi", {"Joko"}, f"{REMOVED} dan Jokowi"),
        ("Siti Wulandari", {"Siti", "Siti Wulandari"}, REMOVED),
        ("hubungi +62 811 (0) 99, ya", {"+62 811 (0) 99"}, f"hubungi {REMOVED}, ya"),
        ("titik.dua", {"."}, "titik.dua"),
        ("tetap", {""}, "tetap"),
        ("tetap", set(), "tetap"),
    ],
)
def test_values_go_and_the_rest_stays(text: str, values: set[str], left: str) -> None:
    assert scrubbed(text, values) == left


@pytest.mark.django_db
def test_finds_the_columns_in_any_case(disnaker_indramayu: Unit) -> None:
    make_officer("Nurhayati Kusuma", bio="100%_pasti", nip=None)
    found = {(item.table, item.column): item.rows for item in remainders({"NURHAYATI KUSUMA"})}
    assert found[("registry_officer", "name")] == 1
    assert found[("registry_officerevent", "name")] == 1
    assert ("registry_unit", "name") not in found


@pytest.mark.django_db
def test_a_value_is_no_pattern() -> None:
    make_officer("Seseorang", bio="100 persen", nip=None)
    assert remainders({"100%persen", "100_persen"}) == []
    assert remainders(set()) == []
