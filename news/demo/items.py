"""What an article of the demo is made of. All people in it are fictitious, but for history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from news.demo.papers import Slide

AGUS: Final = "agus"
RATNA: Final = "Ratna Kusumawardani"
BAYU: Final = "Bayu Prasetyo"
"""Editors of earlier years, made up; they have no account."""
NOTE: Final = "*Tulisan rekaan untuk peragaan; orang, tanggal, dan tautannya tidak nyata.*"
HISTORY: Final = (
    "*Tulisan peragaan dengan kata-kata kami sendiri. Peristiwa, tempat, dan pejabat yang disebut "
    "adalah sejarah; penulis, penelaah, dan berkas di bawahnya rekaan.*"
)
PICTURE: Final = "@gambar"
"""Stands in a text where its picture goes."""


@dataclass(frozen=True)
class Drawing:
    """A picture drawn by us: its design, and what it shows for those who do not see it."""

    design: str
    alt: str


@dataclass(frozen=True)
class Paper:
    """A file to be downloaded: its name, its title, and its slides."""

    name: str
    title: str
    slides: tuple[Slide, ...]


@dataclass(frozen=True)
class Earlier:
    """The first version, and what became different: text, kind of change, note, so many days after."""

    text: str
    change: str
    note: str
    days: int


@dataclass(frozen=True)
class Item:
    """An article: published on a day of history, or so many days before the demo is filled."""

    slug: str
    kind: str
    title: str
    summary: str
    text: str
    categories: tuple[str, ...]
    days: int = 0
    """Below zero: it is still to appear."""
    on: dt.date | None = None
    writer: str = AGUS
    editor: str = RATNA
    internal: bool = False
    pinned: bool = False
    withdrawn: bool = False
    state: str = "terbit"
    cover: Drawing | None = None
    picture: Drawing | None = None
    papers: tuple[Paper, ...] = ()
    earlier: Earlier | None = None
    note: str = NOTE
