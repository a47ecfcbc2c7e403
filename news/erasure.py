"""Taking a person out of the news board: what they wrote for it stays, under no name."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from epk.lib.scrub import scrubbed
from news.models import (
    ArticleVersion,
    Attendance,
    Certificate,
    CircularVersion,
    Comment,
    Evaluation,
    PreviewLink,
    Reader,
)

if TYPE_CHECKING:
    from accounts.models import User


def forget_reader(user: User, values: Collection[str]) -> None:
    """Articles and circulars speak for the ministry and stay; the names of writer and editor go.

    That somebody was asked to read a circular stays as a number; under no name and unit.

    Comments keep their text below the article, under no name.

    In the caller's transaction. UU 27/2022 (PDP), articles 8 and 43.
    """
    ArticleVersion.objects.filter(writer=user).update(writer_name="")
    ArticleVersion.objects.filter(reviewer=user).update(reviewer_name="")
    CircularVersion.objects.filter(writer=user).update(writer_name="")
    CircularVersion.objects.filter(reviewer=user).update(reviewer_name="")
    Reader.objects.filter(user=user).update(name="", unit="")
    PreviewLink.objects.filter(created_by=user).delete()
    Comment.objects.filter(author=user).update(
        author_name="", author_number=None, author_jenjang="", author_unit="", author_role=""
    )
    _forget_participant(user, values)


def _forget_participant(user: User, values: Collection[str]) -> None:
    """A certificate stays valid under its number without the name; its file goes."""
    for certificate in Certificate.objects.of_account(user).select_for_update(of=("self",)):
        if certificate.file.name:
            gone = partial(certificate.file.storage.delete, certificate.file.name)
            transaction.on_commit(gone)
        certificate.officer_name = certificate.position = certificate.sha256 = ""
        certificate.file = ""
        certificate.revoke_reason = scrubbed(certificate.revoke_reason, values)[:300]
        certificate.save(
            update_fields=["officer_name", "position", "sha256", "file", "revoke_reason"]
        )
    for evaluation in Evaluation.objects.filter(registration__officer__user=user):
        for text in Evaluation.TEXTS:
            setattr(evaluation, text, scrubbed(getattr(evaluation, text), values))
        evaluation.save(update_fields=Evaluation.TEXTS)
    rows = Attendance.objects.filter(registration__officer__user=user).exclude(undo_reason="")
    for noted in rows:
        noted.undo_reason = scrubbed(noted.undo_reason, values)[:300]
        noted.save(update_fields=["undo_reason"])
