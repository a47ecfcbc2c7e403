"""Pictures and files that editors upload, stored as they came out of the check."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction

from news import rules
from news.actions.articles import begin_article, held_article, save_article, send_article
from news.models import Article, ArticleVersion, File, Picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from epk.lib.files import CheckedFile, CheckedPicture


@dataclass(frozen=True)
class Upload:
    """A picture that came with a form, and what was written beside it."""

    picture: CheckedPicture
    alt: str
    credit: str
    is_cover: bool = False


@transaction.atomic
def begin_with_uploads(
    *,
    values: Mapping[str, Any],
    key: uuid.UUID,
    by: User,
    **uploads: Any,
) -> ArticleVersion:
    """A new article with all that was typed; a second click gets it as it is by then."""
    version, is_new = begin_article(title=values["title"], key=key, by=by)
    if not is_new:
        return version
    return save_with_uploads(version, values=values, seen=version.edits, by=by, **uploads)


@transaction.atomic
def save_with_uploads(
    version: ArticleVersion,
    *,
    values: Mapping[str, Any],
    seen: int,
    by: User,
    picture: Upload | None = None,
    file: tuple[CheckedFile, str] | None = None,
    sends: bool = False,
) -> ArticleVersion:
    """Save what was typed with what came along, all of it or nothing; send it where asked to.

    `file` comes with its title.
    """
    held_article(version.article, by=by)  # first: a row of its gallery would hold it half
    values = dict(values)
    if picture is not None:
        made = add_picture(
            version.article, picture.picture, alt=picture.alt, credit=picture.credit, by=by
        )
        if picture.is_cover:
            values["cover"] = made.pk
    files = [(store_file(file[0], by=by), file[1] or file[0].original_name)] if file else []
    saved = save_article(version, values=values, seen=seen, by=by, files=files)
    return send_article(saved, seen=saved.edits, by=by) if sends else saved


@transaction.atomic
def add_picture(
    article: Article, upload: CheckedPicture, *, alt: str, credit: str, by: User
) -> Picture:
    """Into the gallery of an article: seen by editors alone until a version shows it."""
    made = store_picture(upload, alt=alt, credit=credit, by=by)
    article.gallery.add(made)
    return made


@transaction.atomic
def store_picture(upload: CheckedPicture, *, alt: str, credit: str, by: User) -> Picture:
    if not rules.can_edit(by):
        raise PermissionDenied
    picture = Picture(
        alt=alt,
        credit=credit,
        width=upload.width,
        height=upload.height,
        original_name=upload.original_name,
        uploaded_by=by,
    )
    stored = (picture.small, picture.medium, picture.large)
    for field, data in zip(stored, upload.sizes, strict=False):
        field.save("gambar.webp", ContentFile(data), save=False)
    picture.save()
    return picture


@transaction.atomic
def store_file(upload: CheckedFile, *, by: User) -> File:
    if not rules.can_edit(by):
        raise PermissionDenied
    file = File(
        original_name=upload.original_name,
        content_type=upload.content_type,
        size=upload.size,
        pages=upload.pages,
        sha256=upload.sha256,
        uploaded_by=by,
    )
    file.file.save(upload.original_name, upload.content, save=False)
    file.save()
    return file
