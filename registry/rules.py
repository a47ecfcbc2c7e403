"""Who may see which field of an officer, and who may change the register."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from accounts import rules as account_rules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from registry.models import Document, Officer, Unit

    Viewer = User | AnonymousUser


class Access(enum.Enum):
    """The columns of the table in product.md: as what a viewer stands before one officer."""

    PUBLIC = "publik"
    COLLEAGUE = "sesama petugas"
    OWN = "pemilik"
    ADMIN = "admin"


class Field(enum.Enum):
    """The rows of that table, and the records that follow from them."""

    PHOTO = "foto"
    OFFICE_CONTACT = "kontak dinas"
    NIP = "NIP utuh"
    BIRTH = "tempat dan tanggal lahir"
    PRIVATE_PHONE = "telepon pribadi"
    PANGKAT = "pangkat/golongan"
    DOCUMENTS = "nomor SK dan berkas"
    RECORDS = "pendidikan, diklat, dan uji kompetensi"


PRIVATE = frozenset({Field.NIP, Field.BIRTH, Field.PRIVATE_PHONE, Field.PANGKAT, Field.DOCUMENTS})
"""The fields whose view by somebody else is written down."""

_COLLEAGUE = frozenset({Field.OFFICE_CONTACT, Field.RECORDS, Field.PHOTO})
_WHOLE = frozenset(Field)


class Seen(Protocol):
    """What the rules need to know of an officer: a record in one of its shapes, or a row of a list."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def photo_public(self) -> bool: ...
    @property
    def contact_public(self) -> bool: ...
    @property
    def answering_province(self) -> str: ...


def access(viewer: Viewer, officer: Seen) -> Access:
    """As what the viewer stands before this officer; the officer must come in a shape of its query set."""
    if viewer.is_authenticated and officer.user_id == viewer.pk:
        return Access.OWN
    if account_rules.administers_province(viewer, officer.answering_province):
        return Access.ADMIN
    if account_rules.is_officer(viewer):
        return Access.COLLEAGUE
    return Access.PUBLIC


def visible_fields(viewer: Viewer, officer: Seen) -> frozenset[Field]:
    """The one answer to "who sees which field"; page, list, search and export all ask it.

    Register number, name, jenjang, status, unit, region and expertise are open to everyone and
    not listed. Source: UU 27/2022 (PDP) by way of the table in docs/decisions/0003.
    """
    return fields_for(access(viewer, officer), officer)


def fields_for(level: Access, officer: Seen) -> frozenset[Field]:
    """One column of that table, with what this officer allows the public to see."""
    if level in {Access.OWN, Access.ADMIN}:
        return _WHOLE
    if level is Access.COLLEAGUE:
        return _COLLEAGUE if officer.photo_public else _COLLEAGUE - {Field.PHOTO}
    fields = set()
    if officer.photo_public:
        fields.add(Field.PHOTO)
    if officer.contact_public:
        fields.add(Field.OFFICE_CONTACT)
    return frozenset(fields)


def fields_in_words(names: Iterable[str]) -> str:
    """What an access record names (`["birth", "nip"]`), as one reads it."""
    known = {field.name.lower(): field.value for field in Field}
    return ", ".join(known.get(name, name) for name in names)


def can_see_document(viewer: Viewer, document: Document, officer: Officer) -> bool:
    """Scans are for their officer and the admins in whose scope the officer serves."""
    same = document.officer_id == officer.pk
    return same and Field.DOCUMENTS in visible_fields(viewer, officer)


# --- Maintaining the register (docs/decisions/0008) ----------------------------------------------


def can_maintain_register(user: Viewer) -> bool:
    """Whether someone enters the register's admin at all, and may add officers and units there."""
    return can_maintain_whole_register(user) or bool(account_rules.provinces_administered(user))


def can_maintain_whole_register(user: Viewer) -> bool:
    """Every officer and unit, and the tables that belong to no province."""
    return account_rules.administers_nation(user)


def can_maintain_officer(user: Viewer, officer: Seen) -> bool:
    """The province that answers for an officer maintains the record; the Ditjen all of them."""
    return account_rules.administers_province(user, officer.answering_province)


def can_maintain_unit(user: Viewer, unit: Unit) -> bool:
    """The Dinas of one's provinces; only there does one post officers."""
    return account_rules.administers_province(user, unit.answering_province)
