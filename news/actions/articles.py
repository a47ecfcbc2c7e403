"""Articles on their way: begun, written, sent, let out; each step holds the article, then its version."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from epk.lib.notices import notify
from news import rules
from news.actions import versions
from news.actions.indexing import index_article
from news.models import Article, ArticleFile, ArticleVersion
from news.notices.editing import SENT, SENT_BACK, step_of, subject_of
from news.rendering import pictures_in, rendered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User
    from news.models import File

RESERVED: Final = frozenset({"arsip", "baru", "berkas", "gambar", "kategori", "pratinjau", "umpan"})
"""What stands, or may come to stand, below `/berita/` itself."""
LONGEST_SLUG: Final = 80
RENDERER: Final = 1
WORKED_ON: Final = "Artikel ini sudah punya versi yang sedang dikerjakan."
NO_NOTE: Final = "Tulis apa yang berubah, lalu ajukan lagi."
ENDS_FIRST: Final = "Akhir terbit sudah lewat; ubah waktunya dulu."
TWO_FILES: Final = "Berkas ini sudah ada di versi ini."
SETTINGS: Final = (
    "kind",
    "audience",
    "publish_from",
    "publish_until",
    "comments_open",
    "comments_until",
)


@transaction.atomic
def begin_article(*, title: str, key: uuid.UUID, by: User) -> tuple[ArticleVersion, bool]:
    """A new article with its first version, a draft; a second click gets that same one, and False."""
    if not rules.can_edit(by):
        raise PermissionDenied
    article = _new_row(title, key, by)
    found = article.versions.order_by("number").first()
    if found is not None:
        return found, False
    made = ArticleVersion.objects.create(
        article=article,
        number=1,
        title=title,
        change=ArticleVersion.Change.FIRST,
        writer=by,
        writer_name=by.name,
        saved_by=by,
    )
    return made, True


@transaction.atomic
def begin_version(article: Article, *, by: User, like: int | None = None) -> ArticleVersion:
    """A draft that begins as the live version or, with `like`, as the older one of that number."""
    held = held_article(article, by=by)
    if held.versions.working().exists():
        raise ValidationError(WORKED_ON, code="state")
    rows = held.versions.order_by("-number")
    base = rows.filter(number=like).first() if like else held.live or rows.first()
    newest = rows.first()
    if base is None or newest is None:
        raise ValidationError("Versi itu tidak ada.", code="state")
    made = ArticleVersion.objects.create(
        article=held,
        number=newest.number + 1,
        title=base.title,
        summary=base.summary,
        source=base.source,
        html=base.html,
        renderer=base.renderer,
        cover=base.cover,
        change=_change("", held),
        note=f"Mengembalikan versi {base.number}." if like else "",
        writer=by,
        writer_name=by.name,
        saved_by=by,
    )
    made.pictures.set(base.pictures.all())
    ArticleFile.objects.bulk_create(
        ArticleFile(version=made, file=row.file, title=row.title, position=row.position)
        for row in base.files.select_related("file")
    )
    return made


@transaction.atomic
def save_article(
    version: ArticleVersion,
    *,
    values: Mapping[str, Any],
    seen: int,
    by: User,
    files: Sequence[tuple[File, str]] = (),
) -> ArticleVersion:
    """Write what was typed; `files` are pairs of file and title that come to those that stay.

    Pictures, the cover among them, are those of the article's gallery; others are left out.

    Before an article is live for the first time its settings are written along.
    """
    article = held_article(version.article, by=by)
    pictures = {picture.pk: picture for picture in article.gallery.all()}
    source = values["source"]
    words = {
        "title": values["title"],
        "summary": values["summary"],
        "source": source,
        "html": rendered(source, pictures),
        "renderer": RENDERER,
        "cover": pictures.get(values.get("cover") or 0),
        "change": _change(values.get("change", ""), article),
        "note": values.get("note", ""),
    }
    saved = versions.save_version(version, values=words, seen=seen, by=by)
    shown = {key for key in pictures_in(source) if key in pictures}
    saved.pictures.set(shown | ({saved.cover.pk} if saved.cover else set()))
    _keep_files(saved, values.get("kept_files"), files)
    if article.live is None:
        article.title = saved.title
        for name in SETTINGS:
            if name in values:
                setattr(article, name, values[name])
        article.save(update_fields=["title", *SETTINGS])
        if "categories" in values:
            article.categories.set(values["categories"])
    return saved


@transaction.atomic
def send_article(version: ArticleVersion, *, seen: int, by: User) -> ArticleVersion:
    """To another editor, who is told that it waits."""
    article = held_article(version.article, by=by)
    if article.live is not None and not version.note.strip():
        raise ValidationError(NO_NOTE, code="note")
    sent = versions.send_for_review(version, seen=seen, by=by)
    notify(SENT, subject=subject_of(article), item=step_of(sent, sent.sent_at), by=by)
    return sent


@transaction.atomic
def send_article_back(
    version: ArticleVersion, *, remark: str, seen: int, by: User
) -> ArticleVersion:
    """To its writer, who is told what to repair."""
    article = held_article(version.article, by=by)
    back = versions.send_back(version, remark=remark, seen=seen, by=by)
    notify(SENT_BACK, subject=subject_of(article), item=step_of(back, timezone.now()), by=by)
    return back


@transaction.atomic
def approve_article(version: ArticleVersion, *, seen: int, by: User) -> ArticleVersion:
    """It stands at its address from the moment that was set, or from now on where none was."""
    article = held_article(version.article, by=by)
    now = timezone.now()
    if article.publish_until is not None and article.publish_until <= now:
        raise ValidationError(ENDS_FIRST, code="ends")
    was_live = article.live is not None
    let_out = versions.let_out(version, seen=seen, by=by)
    article.live = let_out
    article.title = let_out.title
    article.publish_from = article.publish_from or now
    article.withdrawn_at, article.withdraw_reason = None, ""
    if was_live and article.publish_from <= now:
        article.updated_at = now
    article.save(
        update_fields=[
            *("live", "title", "publish_from", "updated_at"),
            *("withdrawn_at", "withdraw_reason"),
        ]
    )
    index_article(article)
    return let_out


def held_article(article: Article, *, by: User) -> Article:
    """The row as it is now, held until the end of the transaction. Editors only."""
    if not rules.can_edit(by):
        raise PermissionDenied
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def new_slug(title: str, taken: set[str]) -> str:
    """An address from a title; `-2`, `-3` where it is taken."""
    words = slugify(title)[:LONGEST_SLUG].strip("-") or "artikel"
    slug, number = words, 1
    while slug in taken or slug in RESERVED:
        number += 1
        end = f"-{number}"
        slug = f"{words[: LONGEST_SLUG - len(end)].rstrip('-')}{end}"
    return slug


def _new_row(title: str, key: uuid.UUID, by: User) -> Article:
    """The row under an address that nobody took meanwhile, or the one begun with that key before."""
    for _ in range(20):
        before = Article.objects.filter(sent_key=key).first()
        if before is not None:
            return before
        start = slugify(title)[:40].strip("-") or "artikel"
        taken = set(Article.objects.filter(slug__startswith=start).values_list("slug", flat=True))
        try:
            with transaction.atomic():
                return Article.objects.create(
                    title=title, slug=new_slug(title, taken), sent_key=key, created_by=by
                )
        except IntegrityError:  # another was faster, with this address or with this very form
            continue
    raise ValidationError("Coba simpan sekali lagi.", code="busy")


def _change(asked: str, article: Article) -> str:
    change = ArticleVersion.Change
    if article.live is None:
        return change.FIRST
    return asked if asked in {change.MINOR, change.MAJOR} else change.MINOR


def _keep_files(
    version: ArticleVersion, kept: Sequence[int] | None, files: Sequence[tuple[File, str]]
) -> None:
    """Take off those that are not among `kept` (None keeps all), and add the new ones below."""
    if kept is not None:
        version.files.exclude(pk__in=kept).delete()
    there = {row.file.sha256 for row in version.files.select_related("file")}
    last = version.files.order_by("-position").values_list("position", flat=True).first() or 0
    for place, (file, title) in enumerate(files, start=last + 1):
        if file.sha256 in there:
            raise ValidationError({"file": TWO_FILES})
        there.add(file.sha256)
        ArticleFile.objects.create(version=version, file=file, title=title, position=place)
