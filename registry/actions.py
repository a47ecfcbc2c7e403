"""What can be done to the register: each in one transaction, with who and why in the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pghistory
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile
from psycopg.errors import DeadlockDetected, ForeignKeyViolation

from epk.lib.notices import notify
from registry.models import AccessRecord, Document, Officer, Training
from registry.notices import RECORD_CHANGED, subject_of
from registry.rules import PRIVATE, Field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from epk.lib.files import CheckedFile
    from registry.models import Expertise

OVERLAP = "Masa tugas ini bertumpuk dengan penempatan lain petugas yang sama."
NIP_TAKEN = "NIP ini sudah dipakai oleh petugas lain dalam register."
ACCOUNT_TAKEN = "Akun ini sudah dipakai oleh petugas lain dalam register."
MOVED_MEANWHILE = "Profil ini berubah sejak Anda membukanya. Belum ada yang disimpan."
AT_ONCE = (
    "Data ini sedang diubah orang lain pada saat yang sama. Belum ada yang disimpan; coba lagi."
)
REFERENCE_GONE = "Data yang dirujuk baru saja dihapus atau masih dipakai; muat ulang, lalu periksa."

_new_files: ContextVar[list[FieldFile] | None] = ContextVar("new_files", default=None)


@contextmanager
def change(*, by: User | None, reason: str) -> Iterator[None]:
    """One transaction whose history rows name the person and the reason.

    Inside another change it is a part of that one: the outer reason stands, and all is saved or
    nothing. What the database alone can refuse (a race for one NIP or one span of days) comes out
    as a ValidationError with a sentence; files stored meanwhile are removed again.
    """
    outer = _new_files.get()
    files = [] if outer is None else outer
    known = len(files)
    context = {} if outer is not None else _named(by, reason)
    token = _new_files.set(files)
    try:
        with pghistory.context(**context), transaction.atomic():
            yield
    except BaseException as error:
        while len(files) > known:
            stored = files.pop()
            stored.storage.delete(str(stored.name))
        if isinstance(error, IntegrityError):
            raise _explained(error) from error
        if isinstance(error, OperationalError) and isinstance(error.__cause__, DeadlockDetected):
            raise ValidationError(AT_ONCE, code="at_once") from error
        raise
    finally:
        _new_files.reset(token)


def _named(by: User | None, reason: str) -> dict[str, object]:
    return {"reason": reason} if by is None else {"reason": reason, "user": by.pk}


def store_document(
    officer: Officer, checked: CheckedFile, *, kind: str, by: User | None
) -> Document:
    """Keep a checked file about an officer, under a name of ours."""
    document = Document(
        officer=officer,
        kind=kind,
        original_name=checked.original_name,
        content_type=checked.content_type,
        size=checked.size,
        pages=checked.pages,
        sha256=checked.sha256,
        uploaded_by=by,
    )
    with change(by=by, reason=f"Unggah berkas {checked.original_name}"):
        document.file.save(f"berkas.{checked.extension}", checked.content, save=False)
        _remember(document.file)
        document.save(force_insert=True)
    return document


def set_photo(officer: Officer, checked: CheckedFile | None, *, by: User | None) -> None:
    """Replace or remove the portrait; the old file goes once the change is final."""
    old = officer.photo.name
    storage = officer.photo.storage
    with change(by=by, reason="Ganti foto" if checked else "Hapus foto"):
        if checked:
            officer.photo.save(f"foto.{checked.extension}", checked.content, save=False)
            _remember(officer.photo)
        else:
            officer.photo = ""
        officer.save(update_fields=["photo"])
        if old:
            transaction.on_commit(lambda: storage.delete(old))


OWN_FIELDS = (
    "office_email", "office_phone", "private_phone", "bio", "photo_public", "contact_public",
)  # fmt: skip
"""What officers change themselves, at once; official data goes by way of an admin."""


@dataclass(frozen=True)
class OwnProfile:
    """What an officer wants to stand in their record: `values` by the names in OWN_FIELDS."""

    values: Mapping[str, Any]
    expertise: Collection[Expertise]
    new_photo: CheckedFile | None = None
    remove_photo: bool = False


def update_own_profile(
    officer: Officer, wanted: OwnProfile, *, by: User, seen_version: int | None
) -> None:
    """Save what an officer changed of their own record; nothing but OWN_FIELDS is looked at.

    What is stored already is no change, so sending a form twice is harmless. A change of a record
    that has moved since the form was opened is refused, with the code "conflict".
    """
    with change(by=by, reason="Profil diubah sendiri oleh petugas"):
        stored = Officer.objects.select_for_update().get(pk=officer.pk)
        version = stored.version
        changed = [name for name in OWN_FIELDS if getattr(stored, name) != wanted.values[name]]
        expertise_changed = set(stored.expertise.all()) != set(wanted.expertise)
        photo = None if _is_stored(stored.photo, wanted.new_photo) else wanted.new_photo
        photo_changed = photo is not None or (wanted.remove_photo and bool(stored.photo))
        if not (changed or expertise_changed or photo_changed):
            return
        if version != seen_version:
            raise ValidationError(MOVED_MEANWHILE, code="conflict")
        for name in changed:
            setattr(stored, name, wanted.values[name])
        stored.save(update_fields=changed)
        if expertise_changed:
            stored.expertise.set(wanted.expertise)
            count_change(stored, since=version)
        if photo_changed:
            set_photo(stored, photo, by=by)


def _is_stored(stored: FieldFile, checked: CheckedFile | None) -> bool:
    """Whether just this picture is kept already: the same form sent twice."""
    if checked is None or not stored or not stored.storage.exists(str(stored.name)):
        return False
    with stored.storage.open(str(stored.name)) as file:
        return bool(file.read() == checked.content.open().read())


@dataclass(frozen=True)
class Attended:
    """A training as its certificate tells of it."""

    name: str
    organiser: str
    start: dt.date
    end: dt.date
    hours: int | None
    certificate_number: str
    issued_on: dt.date


def add_training(officer: Officer, attended: Attended, *, by: User, reason: str) -> Training:
    """Enter a training that the portal itself certified, once for each number of a certificate.

    Whoever calls has asked whether `by` may certify; the register asks what it asks of every row.
    Of a record that was merged into another, that one gets the entry.
    """
    with change(by=by, reason=reason):
        stored = Officer.objects.select_for_update(no_key=True).get(
            pk=officer.merged_into_id or officer.pk
        )
        same = Training.objects.filter(officer=stored, sk_number=attended.certificate_number)
        if (known := same.first()) is not None:
            return known
        training = Training(
            officer=stored,
            name=attended.name,
            organiser=attended.organiser,
            start=attended.start,
            end=attended.end,
            hours=attended.hours,
            sk_number=attended.certificate_number,
            sk_date=attended.issued_on,
        )
        training.full_clean()
        training.save()
        count_change(stored, since=stored.version)
    return training


def remove_training(training: Training, *, by: User, reason: str) -> None:
    """Take an entry out whose certificate was revoked; the history keeps it, with the reason."""
    with change(by=by, reason=reason):
        stored = Officer.objects.select_for_update(no_key=True).get(pk=training.officer_id)
        removed, _ = Training.objects.filter(pk=training.pk).delete()
        if removed:
            count_change(stored, since=stored.version)


def note_view(
    officer: Officer,
    fields: Iterable[Field],
    *,
    by: User,
    channel: str,
    reason: str = "",
    address: str | None = None,
) -> None:
    """Write down that somebody else was shown private data of an officer (UU 27/2022, PDP).

    `fields` may hold any field; only the private ones count, and of oneself nothing is written.
    """
    shown = sorted(field.name.lower() for field in set(fields) & PRIVATE)
    if not shown or officer.user_id == by.pk:
        return
    AccessRecord.objects.create(
        officer=officer,
        register_number=officer.register_number,
        viewer=by,
        fields=shown,
        channel=channel,
        reason=reason[:300],
        address=address or None,
    )


def count_change(officer: Officer, *, since: int) -> None:
    """Count a change of an officer's rows as a change of the officer, unless already counted.

    `since` is the version before the change; the database counts changes of the officer's own row.
    """
    unchanged = Officer.objects.filter(pk=officer.pk, version=since)
    unchanged.update(version=F("version") + 1)


def tell_owner(officer: Officer, fields: Iterable[str], *, by: User) -> None:
    """Tell the owner of a record which of its fields another person has changed, not to what.

    Once for each version of the record; an owner who did it hears nothing.
    """
    changed = ", ".join(fields)
    if changed:
        version = Officer.objects.values_list("version", flat=True).get(pk=officer.pk)
        notify(
            RECORD_CHANGED,
            subject=subject_of(officer),
            item=f"versi-{version}",
            by=by,
            facts={"fields": changed},
        )


def _remember(stored: FieldFile) -> None:
    files = _new_files.get()
    if files is not None:
        files.append(stored)


def _explained(error: IntegrityError) -> ValidationError | IntegrityError:
    """The sentence for a refusal of the database; what no sentence fits stays what it was."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", "") or ""
    if name == "posting_no_overlap":
        return ValidationError(OVERLAP, code="overlap")
    if "_nip_" in name:
        return ValidationError(NIP_TAKEN, code="nip_taken")
    if "_user_id_" in name:
        return ValidationError(ACCOUNT_TAKEN, code="account_taken")
    if isinstance(error.__cause__, ForeignKeyViolation):
        return ValidationError(REFERENCE_GONE, code="reference_gone")
    for model in apps.get_app_config("registry").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return ValidationError(constraint.get_violation_error_message(), code=name)
    return error
