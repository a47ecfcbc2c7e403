"""What moving, merging or splitting changes for readers, so that a moderator says yes to it first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import RoleGrant

if TYPE_CHECKING:
    from forum.models import Category, Topic

NEW_READERS: Final = "Dapat dibaca juga oleh {roles}, yang sekarang tidak membacanya."
LOST_READERS: Final = "Tidak lagi dapat dibaca oleh {roles}."
SHOWN: Final = "Tulisan dari topik yang disembunyikan menjadi terlihat oleh semua pembaca."
GONE: Final = "Topik tujuan disembunyikan; tulisannya tidak lagi terlihat oleh pembaca."
ARCHIVED: Final = "Kategori tujuan diarsipkan; tidak ada lagi yang membalas di sana."
TICK: Final = "Tindakan ini mengubah siapa yang membaca. Centang akibatnya bila memang dikehendaki."


def of_category(topic: Topic, category: Category) -> list[tuple[str, str]]:
    """What changes when posts of a topic come into a category: a key that names it, a sentence."""
    now = topic.category
    if now is None or now.pk == category.pk:
        return []
    gained, lost = (
        set(category.readers) - set(now.readers),
        set(now.readers) - set(category.readers),
    )
    told = []
    if gained:
        told.append((f"pembaca-{category.pk}", NEW_READERS.format(roles=_named(gained))))
    if lost:
        told.append((f"bukan-pembaca-{category.pk}", LOST_READERS.format(roles=_named(lost))))
    if category.archived_at and not now.archived_at:
        told.append((f"arsip-{category.pk}", ARCHIVED))
    return told


def of_split(topic: Topic, category: Category) -> list[tuple[str, str]]:
    """Besides: a new topic is never hidden."""
    return of_category(topic, category) + ([("tampil", SHOWN)] if topic.is_hidden else [])


def of_merge(topic: Topic, target: Topic) -> list[tuple[str, str]]:
    told = of_category(topic, target.category) if target.category else []
    if topic.is_hidden and not target.is_hidden:
        told.append((f"tampil-{target.pk}", SHOWN))
    if target.is_hidden and not topic.is_hidden:
        told.append((f"sembunyi-{target.pk}", GONE))
    return told


def ask(form: forms.Form, consequences: list[tuple[str, str]]) -> None:
    """Put them into the form to be ticked, each one; an error as long as one is not."""
    if not consequences:
        return
    data: Any = form.data
    ticked = set(data.getlist("akibat") if hasattr(data, "getlist") else data.get("akibat", []))
    form.fields["akibat"] = forms.MultipleChoiceField(
        label="Akibat bagi pembaca",
        choices=consequences,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    if not {key for key, _ in consequences} <= ticked:
        form.add_error("akibat", ValidationError(TICK, code="consequences"))


def _named(roles: set[str]) -> str:
    """In the order in which the portal lists roles."""
    return ", ".join(role.label for role in RoleGrant.Role if role.value in roles)
