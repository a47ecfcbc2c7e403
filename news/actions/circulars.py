"""What editors do with circulars: begun, written, sent, let out to an audience, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from news import rules
from news.actions import versions
from news.audience import freeze, reach_of
from news.models import Circular, CircularFile, CircularVersion, File
from news.rendering import rendered

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from accounts.models import User
    from epk.lib.files import CheckedFile

NOBODY: Final = "Sasaran ini tidak berisi seorang pun yang punya akun; longgarkan sasarannya dulu."
WITHDRAWN: Final = "Edaran ini sudah ditarik; buatlah edaran baru."
NO_CHANGE: Final = "Pilih dulu: perbaikan kecil atau perubahan besar."
OTHER_AUDIENCE: Final = (
    "Sasarannya berbeda dari versi yang terbit, jadi ini perubahan besar: yang baru pun harus diminta"
    " membaca."
)
BEING_WORKED_ON: Final = "Edaran ini sudah punya versi yang sedang dikerjakan."
NOT_LIVE: Final = "Edaran ini belum terbit."
COPIED: Final = (
    "title", "summary", "source", "html", "renderer", "letter", "deadline", *CircularVersion.AUDIENCE
)  # fmt: skip
Change = CircularVersion.Change


@dataclass(frozen=True)
class Files:
    """What becomes of the files below a version: one that is added, those that go."""

    added: CheckedFile | None = None
    title: str = ""
    removed: Collection[int] = ()


@transaction.atomic
def begin_circular(*, values: Mapping[str, Any], files: Files, by: User) -> CircularVersion:
    """A circular with its first version, in draft. `values` hold `publish_from`, too."""
    _require_editor(by)
    circular = Circular.objects.create(
        title=values["title"], publish_from=values.get("publish_from"), created_by=by
    )
    version = CircularVersion.objects.create(
        circular=circular,
        number=1,
        writer=by,
        writer_name=by.name,
        saved_by=by,
        **_of_version(values) | {"change": Change.FIRST},
    )
    _keep_files(version, files, by)
    return version


@transaction.atomic
def begin_version(circular: Circular, *, by: User) -> CircularVersion:
    """A new version of a live circular, beginning with what stands there now."""
    _require_editor(by)
    current = locked(circular)
    if current.live is None:
        raise ValidationError(NOT_LIVE, code="state")
    if current.withdrawn_at is not None:
        raise ValidationError(WITHDRAWN, code="state")
    live = current.live
    values = {name: getattr(live, name) for name in COPIED}
    try:
        with transaction.atomic():
            version = CircularVersion.objects.create(
                circular=current,
                number=versions.next_number(live),
                writer=by,
                writer_name=by.name,
                saved_by=by,
                **values,
            )
    except IntegrityError as error:
        raise ValidationError(BEING_WORKED_ON, code="state") from error
    CircularFile.objects.bulk_create(
        CircularFile(version=version, file=row.file, title=row.title, position=row.position)
        for row in live.files.select_related("file")
    )
    return version


@transaction.atomic
def save_circular(
    version: CircularVersion, *, values: Mapping[str, Any], files: Files, seen: int, by: User
) -> CircularVersion:
    """Write what an editor has typed. Raises ValidationError (code `stale`) when it is outdated."""
    circular = locked(version.circular)
    wanted = _of_version(values)
    if circular.live is None:
        wanted["change"] = Change.FIRST
    saved = versions.save_version(version, values=wanted, seen=seen, by=by)
    _keep_files(saved, files, by)
    if circular.live is None:
        circular.title = saved.title
        circular.publish_from = values.get("publish_from")
        circular.save(update_fields=["title", "publish_from"])
    return saved


@transaction.atomic
def send_circular(version: CircularVersion, *, seen: int, by: User) -> CircularVersion:
    """To a second editor, once it has an audience and it is said which kind of change it is."""
    circular = locked(version.circular)
    current = versions.locked(version, by=by)
    _check_change(circular, current, current.change)
    if current.change != Change.MINOR:
        _require_audience(current)
    return versions.send_for_review(current, seen=seen, by=by)


@transaction.atomic
def let_out_circular(version: CircularVersion, *, change: str, seen: int, by: User) -> int:
    """Let a version out and, unless it is a small correction, freeze whom it asks.

    The second editor confirms the kind of change with it; says how many are asked anew.
    """
    circular = locked(version.circular)
    if circular.withdrawn_at is not None:
        raise ValidationError(WITHDRAWN, code="state")
    change = Change.FIRST.value if circular.live is None else change
    current = versions.locked(version, by=by)
    _check_change(circular, current, change)
    live = versions.let_out(current, seen=seen, by=by)
    live.change = change
    live.save(update_fields=["change"])
    now = timezone.now()
    circular.title, circular.live = live.title, live
    if circular.publish_from is None or (change == Change.FIRST and circular.publish_from < now):
        circular.publish_from = now
    asked = 0
    if change != Change.MINOR:
        circular.asking = live
        asked = freeze(live.pk, live, timezone.localdate(), now)
        if not asked:
            raise ValidationError(NOBODY, code="nobody")
    circular.save(update_fields=["title", "live", "asking", "publish_from"])
    return asked


@transaction.atomic
def withdraw_circular(circular: Circular, *, by: User) -> Circular:
    """Nobody reads it any more and nobody is reminded; who has read it stays to be seen."""
    _require_editor(by)
    current = locked(circular)
    if current.live is None:
        raise ValidationError(NOT_LIVE, code="state")
    if current.withdrawn_at is None:
        current.withdrawn_at = timezone.now()
        current.save(update_fields=["withdrawn_at"])
    return current


def locked(circular: Circular) -> Circular:
    """The row as it is now, held until the end of the transaction; before any of its versions."""
    return Circular.objects.select_for_update(of=("self",)).get(pk=circular.pk)


def _require_editor(user: User) -> None:
    if not rules.can_edit(user):
        raise PermissionDenied


def _require_audience(version: CircularVersion) -> None:
    if not reach_of(version, timezone.localdate()).total:
        raise ValidationError(NOBODY, code="nobody")


def _check_change(circular: Circular, version: CircularVersion, change: str) -> None:
    """Of a live circular a version is a small correction or a major change, and says so."""
    if circular.live is None or circular.asking is None:
        return
    if change not in {Change.MINOR, Change.MAJOR}:
        raise ValidationError(NO_CHANGE, code="change")
    if change == Change.MINOR and version.audience != circular.asking.audience:
        raise ValidationError(OTHER_AUDIENCE, code="change")


def _of_version(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a version, with the text made ready to be shown."""
    found = {name: value for name, value in values.items() if name != "publish_from"}
    return found | {"html": rendered(found.get("source", ""), {})}


def _keep_files(version: CircularVersion, files: Files, by: User) -> None:
    """Take links to files away and add one; a file that another version shows stays stored."""
    version.files.filter(pk__in=list(files.removed)).delete()
    added = files.added
    if added is None:
        return
    file = File(
        original_name=added.original_name,
        content_type=added.content_type,
        size=added.size,
        pages=added.pages,
        sha256=added.sha256,
        uploaded_by=by,
    )
    file.file.save(added.original_name, added.content, save=False)
    file.save()
    CircularFile.objects.create(
        version=version,
        file=file,
        title=files.title or added.original_name,
        position=version.files.count(),
    )
