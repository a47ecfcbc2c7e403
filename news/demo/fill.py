"""Writes the articles of the demo, with their versions, pictures and files."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from epk.lib.files import check_document
from news.actions.indexing import index_article
from news.demo import drawings
from news.demo.history import HISTORICAL
from news.demo.items import AGUS, PICTURE, Drawing, Item, Paper
from news.demo.papers import paper
from news.demo.recent import RECENT
from news.models import WIDTHS, Article, ArticleFile, ArticleVersion, Category, File, Picture
from news.rendering import pictures_in, rendered

DOMAIN: Final = "@demo.example"
HOUR: Final = dt.time(9, 41)
FOOT: Final = "Berkas rekaan untuk peragaan e-Pengantar Kerja"
Version = ArticleVersion.State


def fill_articles(*, on: dt.date) -> int:
    """Write the demo's articles as they would stand on that day; returns how many.

    Does nothing where something was written already.
    """
    if Article.objects.exists():
        return 0
    agus = User.objects.get(email=f"{AGUS}{DOMAIN}")
    categories = {category.slug: category for category in Category.objects.all()}
    items = (*reversed(HISTORICAL), *RECENT)  # of one moment the last one written comes first
    with transaction.atomic():
        for item in items:
            article = _write(item, on=on, agus=agus)
            article.categories.set(categories[slug] for slug in item.categories)
            index_article(article)
    return len(items)


def _write(item: Item, *, on: dt.date, agus: User) -> Article:
    moment = _moment(item.on or on - dt.timedelta(days=item.days))
    is_out = item.state == Version.LIVE
    made = min(moment, _moment(on))
    article = Article.objects.create(
        kind=item.kind,
        slug=item.slug,
        title=item.title,
        audience=Article.Audience.OFFICERS if item.internal else Article.Audience.PUBLIC,
        publish_from=moment if is_out else None,
        withdrawn_at=moment + dt.timedelta(days=2) if item.withdrawn else None,
        pinned_at=moment if item.pinned else None,
        created_by=agus if item.writer == AGUS else None,
        created_at=made,
    )
    number = 1
    values: dict[str, Any] = {}
    if item.earlier:
        _version(article, item, number, made, agus, text=item.earlier.text, state=Version.OLD)
        number, made = 2, made + dt.timedelta(days=item.earlier.days)
        values = {"change": item.earlier.change, "note": item.earlier.note}
    version = _version(article, item, number, made, agus, text=item.text, **values)
    _attach(version, item, agus, made)
    if is_out:
        article.live = version
        article.announced = number
        article.updated_at = made if number > 1 else None
        article.save(update_fields=["live", "announced", "updated_at"])
    return article


def _version(
    article: Article,
    item: Item,
    number: int,
    made: dt.datetime,
    agus: User,
    *,
    text: str,
    state: str = "",
    **values: Any,
) -> ArticleVersion:
    """By Agus and looked over by an editor without an account, or the other way round."""
    writer, editor = _person(item.writer, agus), _person(item.editor, agus)
    written = made - dt.timedelta(hours=20)
    source = f"{text}\n\n{item.note}"
    state = state or item.state
    is_decided = state in {Version.LIVE, Version.OLD}
    return ArticleVersion.objects.create(
        article=article,
        number=number,
        state=state,
        title=item.title,
        summary=item.summary,
        source=source,
        html=rendered(source, {}),
        change=values.pop("change", "pertama"),
        writer=writer,
        writer_name=writer.name if writer else item.writer,
        created_at=written,
        saved_by=writer,
        saved_at=written,
        sent_at=None if state == Version.DRAFT else written,
        reviewer=editor if is_decided else None,
        reviewer_name=(editor.name if editor else item.editor) if is_decided else "",
        decided_at=made - dt.timedelta(hours=1) if is_decided else None,
        **values,
    )


def _attach(version: ArticleVersion, item: Item, agus: User, made: dt.datetime) -> None:
    """The pictures and files of a version; its text is rendered, now that they have numbers."""
    by = _person(item.writer, agus)
    cover = _picture(item.cover, by, made) if item.cover else None
    if item.picture:
        shown = _picture(item.picture, by, made)
        version.source = version.source.replace(PICTURE, f"![](gambar:{shown.pk})")
    pictures = Picture.objects.in_bulk(pictures_in(version.source))
    version.cover = cover
    version.html = rendered(version.source, pictures)
    version.save(update_fields=["cover", "source", "html"])
    version.pictures.set([*pictures.values(), *([cover] if cover else [])])
    for place, one in enumerate(item.papers):
        file = _file(one, by, made)
        ArticleFile.objects.create(version=version, file=file, title=one.title, position=place)


def _picture(drawing: Drawing, by: User | None, made: dt.datetime) -> Picture:
    drawn = drawings.cover(drawing.design)
    picture = Picture(
        alt=drawing.alt,
        credit="Gambar buatan untuk peragaan",
        width=drawn.width,
        height=drawn.height,
        original_name=f"{drawing.design}.webp",
        uploaded_by=by,
        uploaded_at=made,
    )
    stored = (picture.small, picture.medium, picture.large)
    sizes = drawings.in_sizes(drawn)
    for field, data in zip(stored[: len(WIDTHS)], sizes, strict=True):
        field.save("", ContentFile(data), save=False)
    picture.save()
    return picture


def _file(one: Paper, by: User | None, made: dt.datetime) -> File:
    """Through the same check as what people upload."""
    written = paper(one.title, one.slides, foot=FOOT)
    checked = check_document(SimpleUploadedFile(one.name, written))
    file = File(
        original_name=checked.original_name,
        content_type=checked.content_type,
        size=checked.size,
        pages=checked.pages,
        sha256=checked.sha256,
        uploaded_by=by,
        uploaded_at=made,
    )
    file.file.save(one.name, checked.content, save=False)
    file.save()
    return file


def _person(name: str, agus: User) -> User | None:
    return agus if name == AGUS else None


def _moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, HOUR))
