"""What somebody is writing, kept on the server until it is sent."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from forum.actions.turns import one_at_a_time
from forum.models import Attachment, Draft

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from epk.lib.files import CheckedFile

MOST_FILES: Final = 5
MOST_DRAFTS: Final = 50
TOO_MANY_FILES = "Paling banyak {most} lampiran untuk satu tulisan."
TOO_MANY_DRAFTS = "Anda mempunyai {most} draf; kirim atau hapus sebagian dulu."


def save_draft(
    user: User,
    place: str,
    *,
    key: uuid.UUID,
    values: dict[str, Any],
    files: Iterable[CheckedFile] = (),
) -> Draft:
    """Keep what was typed at a place; the newest text wins, the files are added to those there.

    `values` are of the columns kind, category, expertise, title and source. The key of the form that saves
    becomes the draft's, so that sending that form takes the draft with it.
    """
    with transaction.atomic():
        one_at_a_time(user)
        draft = Draft.objects.of(user).filter(place=place).first()
        if draft is None:
            if Draft.objects.of(user).count() >= MOST_DRAFTS:
                raise ValidationError(TOO_MANY_DRAFTS.format(most=MOST_DRAFTS), code="drafts")
            draft = Draft(user=user, place=place)
        if not Draft.objects.filter(key=key).exclude(pk=draft.pk).exists():
            draft.key = key
        for name, value in values.items():
            setattr(draft, name, value)
        draft.saved_at = timezone.now()
        draft.save()
        for checked in files:
            _attach(draft, checked, by=user)
    return draft


def drop_draft(draft: Draft, *, by: User) -> None:
    """Forget a draft of one's own and its files."""
    with transaction.atomic():
        for attachment in draft.attachments.all():
            detach(attachment, by=by)
        Draft.objects.of(by).filter(pk=draft.pk).delete()


def detach(attachment: Attachment, *, by: User) -> None:
    """Take a file off one's draft."""
    if attachment.draft is None or attachment.draft.user_id != by.pk:
        return
    storage, name = attachment.file.storage, str(attachment.file.name)
    with transaction.atomic():
        attachment.delete()
        transaction.on_commit(lambda: storage.delete(name))


def _attach(draft: Draft, checked: CheckedFile, *, by: User) -> None:
    there = draft.attachments.all()
    if there.filter(sha256=checked.sha256).exists():
        return  # the same file sent again
    if there.count() >= MOST_FILES:
        raise ValidationError(TOO_MANY_FILES.format(most=MOST_FILES), code="files")
    attachment = Attachment(
        draft=draft,
        original_name=checked.original_name,
        content_type=checked.content_type,
        size=checked.size,
        pages=checked.pages,
        sha256=checked.sha256,
        uploaded_by=by,
    )
    attachment.file.save(f"berkas.{checked.extension}", checked.content, save=False)
    try:
        attachment.save(force_insert=True)
    except BaseException:
        attachment.file.storage.delete(str(attachment.file.name))
        raise
