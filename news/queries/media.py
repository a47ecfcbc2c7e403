"""Which pictures and files someone may have: those of what they may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

if TYPE_CHECKING:
    from news.queries.readers import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class PictureQuerySet(models.QuerySet[_Row_co]):
    def visible_to(self, user: Viewer) -> Self:
        """Those in a live version that this person may read."""
        links = _rows("ArticleVersion").model.pictures.through._default_manager
        live = links.filter(
            picture=OuterRef("pk"), articleversion__in=_articles(user).values("live")
        )
        return self.filter(Exists(live))


class FileQuerySet(models.QuerySet[_Row_co]):
    def visible_to(self, user: Viewer) -> Self:
        """Those below a live version that this person may read."""
        live = _rows("ArticleFile").filter(
            file=OuterRef("pk"), version__in=_articles(user).values("live")
        )
        return self.filter(Exists(live))


def _articles(user: Viewer) -> Any:
    return _rows("Article").visible_to(user)


def _rows(name: str) -> Any:
    return apps.get_model("news", name)._default_manager.order_by()
