"""Taking the two sides of a consultation out of a text, and looking whether they still stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from epk.lib.nip import format_nip
from epk.lib.redaction import EMAIL, NIP
from epk.lib.scrub import REMOVED, scrubbed
from registry.models import Officer

if TYPE_CHECKING:
    from accounts.models import User

LINKS = re.compile(r"(?:https?://[^\s/]+)?/(?:forum/(?:topik|pos)|direktori)/[\w-]+/?(?:#[\w-]+)?")
"""Addresses of the portal: they lead to the consultation itself, or to a person."""
PLACES = re.compile(r"/forum/(topik|pos)/0*([0-9]{1,18})(?![0-9])")
KIND_OF_PLACE = re.compile(r"^(?:Kabupaten|Kota|Provinsi) ")
SHORTEST_NAME = 3
"""Words of a name shorter than this are left to the eye of the two."""


def names_of(people: Collection[User]) -> set[str]:
    """What names one of these people outright: none of it may stand in a published text."""
    found = {person.name for person in people} | {person.email for person in people}
    for officer in _officers(people):
        found |= {officer.full_name, officer.name, officer.register_number, officer.office_email}
        if officer.nip:
            found |= {officer.nip, format_nip(officer.nip)}
    return {value for value in found if value}


def traces_of(people: Collection[User]) -> set[str]:
    """Besides: single words of their names, and where they serve."""
    found = names_of(people)
    for person in people:
        found |= {word for word in re.findall(r"\w+", person.name) if len(word) >= SHORTEST_NAME}
    for officer in _officers(people):
        found |= {officer.office_phone, officer.private_phone}
        if officer.current_posting:
            unit = officer.current_posting.unit
            found |= {unit.name, unit.short_name}
            if unit.region:
                place = unit.region.name
                found |= {place, unit.region.short_name, KIND_OF_PLACE.sub("", place)}
    return {value for value in found if value}


def anonymised(text: str, values: Collection[str]) -> str:
    """The text without these values, any NIP, e-mail address or address of the portal."""
    for pattern in (LINKS, NIP, EMAIL):
        text = pattern.sub(REMOVED, text)
    return scrubbed(text, values)


def found_in(text: str, values: Collection[str]) -> list[str]:
    """Which of these values stand in a text; of one within another only the longer."""
    found: list[str] = []
    for value in sorted(values, key=lambda value: (-len(value), value)):
        without = scrubbed(text, [value])
        if without != text:
            found.append(value)
            text = without
    return found


def places_in(text: str) -> tuple[set[int], set[int]]:
    """The numbers of the topics and of the posts whose addresses stand in a text."""
    found = PLACES.findall(text)
    return (
        {int(number) for kind, number in found if kind == "topik"},
        {int(number) for kind, number in found if kind == "pos"},
    )


def names_somebody(text: str, values: Collection[str]) -> bool:
    return bool(NIP.search(text)) or scrubbed(text, values) != text


def _officers(people: Collection[User]) -> Any:
    officers: Any = Officer.objects.joined_on(timezone.localdate()).for_list()
    return officers.filter(user__in=[person.pk for person in people])
