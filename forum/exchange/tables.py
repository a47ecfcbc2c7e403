"""Which tables the file holds, in which order, and what of them it leaves out, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import CASCADE, Model
from django.db.models.fields.related import ForeignKey

from accounts.models import User
from forum import models
from registry.models import Expertise

FORMAT: Final = "epk-forum"
VERSION: Final = 1
"""Of the format: whatever an older import would not understand raises it."""
KIND: Final = "table"
"""The name under which a line says what it is."""
CONTENT: Final = "content"
"""The bytes of an attachment, in Base64, on the line of its row."""
PERSON: Final = "person"

NATURAL: Final[dict[type[Model], str]] = {User: "email", Expertise: "code"}
"""Rows of other apps are named by what they are called in another database, too."""
DERIVED: Final = {
    "forum.Post": {
        "html": "made from the source by the import: HTML of a file is not shown to anybody",
        "category": "that of the topic",
        "renderer": "the version of the renderer that the import has",
        "indexer": "the version of the normaliser that the import has",
        "search": "made from title and source by the import",
    }
}
LEFT_OUT: Final = {
    "forum.FeedKey": "opens the feeds of this portal and of no other; people make a new one",
}
"""Tables of the forum that the file does not hold."""


@dataclass(frozen=True)
class Table:
    """A table under its name in the file; without `needs` (any of these) a row says nothing."""

    name: str
    model: type[Model]
    needs: tuple[str, ...] = ()

    @property
    def rows(self) -> Any:
        return self.model._base_manager.all()

    @property
    def key(self) -> Any:
        return self.model._meta.pk

    @cached_property
    def fields(self) -> list[Any]:
        """What a line holds, in its order."""
        derived = DERIVED.get(self.model._meta.label, {})
        return [field for field in self.model._meta.concrete_fields if field.name not in derived]

    @cached_property
    def outside(self) -> list[Any]:
        """References to rows of other apps."""
        return [field for field in self.fields if natural_key(field)]

    @cached_property
    def inside(self) -> list[Any]:
        """References to rows of the forum."""
        return [field for field in self.fields if field.is_relation and not natural_key(field)]

    @property
    def has_content(self) -> bool:
        return self.model is models.Attachment


def natural_key(field: Any) -> str:
    """By which column the row is named that a reference leads to; "" for rows of the forum."""
    return NATURAL.get(field.related_model, "") if field.is_relation else ""


def goes_along(field: ForeignKey[Any]) -> bool:
    """Whether a row is nothing without the one that this reference leads to."""
    return not field.null or field.remote_field.on_delete is CASCADE


# A row that others may have to go without stands before them.
TABLES: Final = (
    Table("category", models.Category),
    Table("regulation", models.Regulation),
    Table("topic", models.Topic),
    Table("post", models.Post),
    Table("post_revision", models.PostRevision),
    Table("verification", models.Verification),
    Table("citation", models.Citation),
    Table("draft", models.Draft),
    Table("attachment", models.Attachment),
    Table("thanks", models.Thanks),
    Table("me_too", models.MeToo),
    Table("read_mark", models.ReadMark),
    Table("category_read", models.CategoryRead),
    Table("topic_follow", models.TopicFollow),
    Table("category_follow", models.CategoryFollow),
    Table("consultation", models.Consultation),
    Table("member", models.Member),
    Table("assignment", models.Assignment),
    Table("availability", models.Availability),
    Table("publication", models.Publication),
    Table("decision", models.Decision, needs=("topic", "post", "person")),
    Table("report", models.Report),
    Table("suspension", models.Suspension),
    Table("appeal", models.Appeal),
)
BY_NAME: Final = {table.name: table for table in TABLES}
NAMES: Final = (PERSON, *BY_NAME)
"""What a line may be, in the order of the file."""
BY_MODEL: Final = {table.model: table for table in TABLES}
