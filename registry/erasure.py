"""The one deliberate path by which an officer's personal data leaves rows, history and files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from accounts.erasure import anonymise_account
from accounts.erasure import values_of as values_of_account
from accounts.models import User
from epk.lib.dates import format_date
from epk.lib.nip import format_nip
from epk.lib.scrub import Remainder, remainders, scrubbed
from notifications.actions import forget_inbox, forget_person
from registry.actions import change
from registry.models import (
    AccessRecord,
    Anonymisation,
    CompetencyTest,
    Document,
    Education,
    JenjangRecord,
    Officer,
    PangkatRecord,
    Posting,
    StatusRecord,
    Training,
)

GONE = "(dihapus)"
NO_FINGERPRINT = "0" * 64
_EVIDENCE: Mapping[str, Any] = {"sk_number": "", "sk_date": None, "document": None}
_OF_OFFICER: Mapping[str, Any] = {
    "front_title": "",
    "back_title": "",
    "nip": None,
    "birth_place": "",
    "photo": "",
    "photo_public": False,
    "office_email": "",
    "office_phone": "",
    "contact_public": False,
    "private_phone": "",
    "bio": "",
    "ikaperjasi_member": False,
    "user": None,
}
"""What is overwritten in the officer's own row; name and birth date follow from the row."""
RECORDS: Mapping[type[Any], Mapping[str, Any]] = {
    Posting: {"position_title": "", **_EVIDENCE},
    StatusRecord: _EVIDENCE,
    JenjangRecord: _EVIDENCE,
    PangkatRecord: _EVIDENCE,
    Education: {"institution": GONE, "major": "", **_EVIDENCE},
    Training: _EVIDENCE,
    CompetencyTest: _EVIDENCE,
}
"""What is overwritten in the rows that belong to an officer; the other columns carry statistics."""
_OF_DOCUMENT: Mapping[str, Any] = {"original_name": GONE, "file": "", "sha256": NO_FINGERPRINT}
_IDENTIFYING = ("nip", "office_email", "private_phone")


@dataclass(frozen=True)
class Erased:
    """What became of an officer's data; `remaining` is where identifying values still stand."""

    records: int
    files: int
    remaining: list[Remainder]


@dataclass(frozen=True)
class _Values:
    """What is known of a person: `identifying` values are nobody else's, the others may be."""

    names: frozenset[str]
    identifying: frozenset[str]
    others: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.names | self.identifying | self.others

    @property
    def sought(self) -> frozenset[str]:
        """What may stand nowhere: a single word such as `Joko` is too common to look for."""
        return self.identifying | {name for name in self.names if " " in name}


def anonymous_name(officer: Officer) -> str:
    return f"Petugas {officer.register_number}"


def is_anonymous(officer: Officer) -> bool:
    """Whether nothing is left to remove from the officer's own row."""
    told = {name: getattr(officer, name) for name in _OF_OFFICER if name not in {"photo", "user"}}
    wanted = {name: _OF_OFFICER[name] for name in told}
    bare = not officer.photo and officer.user_id is None
    return told == wanted and bare and officer.name == anonymous_name(officer)


def anonymise_officer(officer: Officer, *, by: User, reason: str) -> Erased | None:
    """Remove what says who this officer is; None when that has been done already.

    Register number, sex, year of birth, statuses, jenjang, pangkat, postings with their units, and
    expertise stay: the statistics do not change. Records merged into this one go the same way. One
    transaction; the files are deleted once it is final. UU 27/2022 (PDP), articles 8 and 43.
    """
    if officer.merged_into_id is not None:
        raise ValidationError("Petugas ini digabung ke petugas lain; anonimkan yang itu.")
    with change(by=by, reason=f"Anonimisasi {officer.register_number}"):
        same = Q(pk=officer.pk) | Q(merged_into=officer.pk)
        records = list(Officer.objects.select_for_update().filter(same).order_by("pk"))
        if all(is_anonymous(record) for record in records):
            return None
        users = list(User.objects.filter(officer__in=records))
        if by in users:
            raise ValidationError("Anda tidak dapat menganonimkan catatan Anda sendiri.")
        values = _values(records, users)
        files = _files(records)
        for record in records:
            _anonymise_record(record)
        for record in records:
            user = next((user for user in users if user.pk == record.user_id), None)
            if user is not None:
                _anonymise_user(user, record, values)
                forget_inbox(user)
                _forget_elsewhere(user, values)
                Officer.objects.filter(pk=record.pk).update(user=None)
        forget_person(values.identifying, user_ids=[user.pk for user in users])
        _redact_history(records)
        _scrub_free_text(records, values)
        for record in records:
            Anonymisation.objects.create(
                register_number=record.register_number,
                by=by,
                reason=scrubbed(reason, values.all)[:300],
            )
        transaction.on_commit(lambda: _delete(files))
        return Erased(len(records), len(files), remainders(values.sought))


# --- What is known --------------------------------------------------------------------------------


def _values(records: Collection[Officer], users: Collection[User]) -> _Values:
    """Every name, number and address that rows and history hold of this person, old ones too."""
    names, identifying, others = set[str](), set[str](), set[str]()
    columns = ("name", "birth_date", "office_phone", *_IDENTIFYING)
    events: Any = _events(Officer).objects.filter(pgh_obj__in=[record.pk for record in records])
    rows = [{name: getattr(record, name) for name in columns} for record in records]
    for row in [*rows, *events.values(*columns)]:
        names.add(row["name"])
        identifying |= {row[name] for name in _IDENTIFYING if row[name]}
        others |= _spellings(row["birth_date"]) | {row["office_phone"]}
    for user in users:
        for value in values_of_account(user):
            (identifying if "@" in value or value.isdigit() else names).add(value)
    documents: Any = _events(Document).objects.filter(officer__in=records)
    others |= set(documents.values_list("original_name", flat=True))
    identifying |= {format_nip(value) for value in identifying if _is_nip(value)}
    return _Values(frozenset(names), frozenset(identifying), frozenset(others - {""}))


def _spellings(day: dt.date | None) -> set[str]:
    if day is None:
        return set()
    return {
        format_date(day),
        *(day.strftime(form) for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")),
    }


def _is_nip(value: str) -> bool:
    return len(value) == 18 and value.isdigit()


def _files(records: Collection[Officer]) -> set[tuple[Storage, str]]:
    """Portraits and scans, those of rows deleted long ago included."""
    photos: Any = Officer._meta.get_field("photo")
    scans: Any = Document._meta.get_field("file")
    keys = [record.pk for record in records]
    found = set()
    for storage, names in (
        (photos.storage, _events(Officer).objects.filter(pgh_obj__in=keys).values_list("photo")),
        (photos.storage, Officer.objects.filter(pk__in=keys).values_list("photo")),
        (scans.storage, _events(Document).objects.filter(officer__in=keys).values_list("file")),
        (scans.storage, Document.objects.filter(officer__in=keys).values_list("file")),
    ):
        found |= {(storage, name) for (name,) in names if name}
    return found


def _delete(files: Collection[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)


# --- Rows -----------------------------------------------------------------------------------------


def _anonymise_record(officer: Officer) -> None:
    for model, columns in RECORDS.items():
        model._base_manager.filter(officer=officer).update(**columns)
    Document.objects.filter(officer=officer).delete()
    own = {name: value for name, value in _OF_OFFICER.items() if name != "user"}
    Officer.objects.filter(pk=officer.pk).update(**own, **_identity(officer))


def _identity(officer: Officer) -> dict[str, Any]:
    return {"name": anonymous_name(officer), "birth_date": _year_alone(officer.birth_date)}


def _year_alone(day: dt.date | None) -> dt.date | None:
    """The middle of the year of birth, which ages are counted by; never the day itself."""
    if day is None:
        return None
    middle = dt.date(day.year, 7, 1)
    return middle if day != middle else dt.date(day.year, 7, 2)


def _forget_elsewhere(user: User, values: _Values) -> None:
    """The apps to the right of the register, which it does not know, forget the person, too."""
    for name in settings.ERASURES:
        forget: Callable[[User, Collection[str]], None] = import_string(name)
        forget(user, values.all)


def _anonymise_user(user: User, officer: Officer, values: _Values) -> None:
    anonymise_account(
        user,
        name=anonymous_name(officer),
        email=f"{officer.register_number.lower()}@anonim.invalid",
        values=values.all,
    )
    with pgtrigger.ignore(f"{AccessRecord._meta.label}:append_only"):
        AccessRecord.objects.filter(viewer=user).update(address=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pghistory_context SET metadata = metadata - 'address' "
            "WHERE metadata ->> 'user' = %s",
            [str(user.pk)],
        )


# --- History --------------------------------------------------------------------------------------


def _events(model: Any) -> Any:
    return model.pgh_event_model


def _redact_history(records: Collection[Officer]) -> None:
    """Overwrite the same columns in the events of the same rows, which nothing else may do."""
    tables = [_events(model) for model in (Officer, Document, *RECORDS)]
    with pgtrigger.ignore(*(f"{table._meta.label}:append_only" for table in tables)):
        for record in records:
            events = _events(Officer).objects.filter(pgh_obj=record.pk)
            events.update(**_OF_OFFICER, **_identity(record))
        for model, columns in RECORDS.items():
            _events(model).objects.filter(officer__in=records).update(**columns)
        _events(Document).objects.filter(officer__in=records).update(**_OF_DOCUMENT)


def _scrub_free_text(records: Collection[Officer], values: _Values) -> None:
    """Reasons are sentences: the values are taken out of them, the rest stays.

    A name is looked for only in what was written about this officer, since others may bear it.
    """
    seen = AccessRecord.objects.filter(officer__in=records).exclude(reason="")
    with pgtrigger.ignore(f"{AccessRecord._meta.label}:append_only"):
        for record in seen:
            if (reason := scrubbed(record.reason, values.all)) != record.reason:
                AccessRecord.objects.filter(pk=record.pk).update(reason=reason)
    contexts: Any = apps.get_model("pghistory", "Context")._default_manager
    about = _contexts_of(records)
    anywhere = Q()
    for value in values.identifying:
        anywhere |= Q(metadata__reason__icontains=value)
    for context in contexts.filter(Q(pk__in=about) | anywhere if anywhere else Q(pk__in=about)):
        told = values.all if context.pk in about else values.identifying
        reason = str(context.metadata.get("reason", ""))
        if (clean := scrubbed(reason, told)) != reason:
            contexts.filter(pk=context.pk).update(metadata={**context.metadata, "reason": clean})
    log: Any = apps.get_model("admin", "LogEntry")._default_manager
    tables: tuple[Any, ...] = (Officer, Document, *RECORDS)
    for model in tables:
        keys = [str(key) for key in _row_keys(model, records)]
        rows = log.filter(content_type__app_label="registry", object_id__in=keys)
        rows = rows.filter(content_type__model=model._meta.model_name)
        rows.update(object_repr=GONE, change_message="")


def _contexts_of(records: Collection[Officer]) -> set[Any]:
    found = set(
        _events(Officer).objects.filter(pgh_obj__in=records).values_list("pgh_context", flat=True)
    )
    for model in (Document, *RECORDS):
        events = _events(model).objects.filter(officer__in=records)
        found |= set(events.values_list("pgh_context", flat=True))
    return found - {None}


def _row_keys(model: Any, records: Collection[Officer]) -> Collection[Any]:
    """The rows of a table that are or were about these officers."""
    if model is Officer:
        return [record.pk for record in records]
    return set(
        _events(model).objects.filter(officer__in=records).values_list("pgh_obj_id", flat=True)
    )
