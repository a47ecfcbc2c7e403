"""Which pictures and files someone may have: those of what they may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from news.queries.readers import reads_internal

if TYPE_CHECKING:
    from news.queries.readers import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class PictureQuerySet(models.QuerySet[_Row_co]):
    def visible_to(self, user: Viewer) -> Self:
        """Those in a live version or in an event that this person may read."""
        links = _rows("ArticleVersion").model.pictures.through._default_manager
        live = links.filter(
            picture=OuterRef("pk"), articleversion__in=_articles(user).values("live")
        )
        shown = _rows("Event").visible_to(user)
        told = _rows("Event").model.pictures.through._default_manager
        in_text = told.filter(picture=OuterRef("pk"), event__in=shown.values("pk"))
        covers = shown.filter(cover=OuterRef("pk"))
        return self.filter(Q(Exists(live)) | Q(Exists(in_text)) | Q(Exists(covers)))

    def of_preview(self, key: str) -> Self:
        """Those in what a preview link shows, while it is valid."""
        links = _rows("ArticleVersion").model.pictures.through._default_manager
        shown = links.filter(picture=OuterRef("pk"), articleversion__in=_previewed(key))
        return self.filter(Exists(shown))


class FileQuerySet(models.QuerySet[_Row_co]):
    def visible_to(self, user: Viewer) -> Self:
        """Those below a live version, and the material of events, that this person may read."""
        live = _rows("ArticleFile").filter(
            file=OuterRef("pk"), version__in=_articles(user).values("live")
        )
        material = _rows("SessionFile").filter(
            file=OuterRef("pk"), session__event__in=_rows("Event").visible_to(user).values("pk")
        )
        there = Q(Exists(live)) | Q(Exists(material))
        if not reads_internal(user):
            return self.filter(there)
        circulars = _rows("Circular").visible_to(user)
        sent = _rows("CircularFile").filter(
            file=OuterRef("pk"), version__in=circulars.values("live")
        )
        return self.filter(there | Q(Exists(sent)))

    def of_preview(self, key: str) -> Self:
        """Those below what a preview link shows, while it is valid."""
        shown = _rows("ArticleFile").filter(file=OuterRef("pk"), version__in=_previewed(key))
        return self.filter(Exists(shown))


def _previewed(key: str) -> Any:
    """The versions that a link lets see: the one being worked on, and the one let out."""
    valid = _rows("PreviewLink").valid().filter(key=key)
    return (
        _rows("ArticleVersion")
        .filter(article__in=valid.values("article"), state__in=["draf", "telaah", "terbit"])
        .values("pk")
    )


def _articles(user: Viewer) -> Any:
    return _rows("Article").visible_to(user)


def _rows(name: str) -> Any:
    return apps.get_model("news", name)._default_manager.order_by()
