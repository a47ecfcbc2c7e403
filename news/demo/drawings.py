"""Covers of the demo, drawn here: a sun over the sea, woven of kawung petals. No photograph."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from news.models import WIDTHS

WIDTH: Final = 1600
HEIGHT: Final = 900
FINER: Final = 4
"""So many times larger is a tile drawn before it is made smaller, so that its edges are smooth."""
QUALITY: Final = 80


@dataclass(frozen=True)
class Design:
    """The colours of a cover, and where its sun stands (in parts of width and height)."""

    ground: str
    weave: str
    sun: str
    waves: tuple[str, str, str]
    at: tuple[float, float] = (0.68, 0.46)
    size: float = 0.36
    """The radius of the sun, in parts of the height."""
    tile: int = 100


DESIGNS: Final = {
    "malam": Design("#083c47", "#0f4b57", "#f2b134", ("#0b5563", "#2f7782", "#9fcdd1")),
    "pagi": Design(
        "#fdf3dc", "#f6e4bb", "#f2b134", ("#9fcdd1", "#2f7782", "#0b5563"), at=(0.32, 0.5), tile=80
    ),
    "kertas": Design(
        "#e3f0f1", "#d3e6e8", "#0b5563", ("#f2b134", "#2f7782", "#083c47"), at=(0.5, 0.5), size=0.3
    ),
    "hutan": Design(
        "#155a38", "#1b6842", "#fdf3dc", ("#1f7a4d", "#7fb894", "#e2f3ea"), at=(0.24, 0.4), tile=70
    ),
}


def cover(name: str) -> Image.Image:
    """The cover of that name; the same one every time."""
    design = DESIGNS[name]
    picture = Image.new("RGB", (WIDTH, HEIGHT), design.ground)
    weave = _woven(design.tile)
    picture.paste(design.weave, mask=weave)
    sun = Image.new("L", (WIDTH, HEIGHT), 0)
    sun.paste(_disc(round(design.size * HEIGHT)), _corner(design))
    picture.paste(design.sun, mask=sun)
    petals = Image.new("L", (WIDTH, HEIGHT), 0)
    petals.paste(weave, mask=sun)
    picture.paste(design.ground, mask=petals)
    for place, colour in enumerate(design.waves):
        picture.paste(colour, mask=_wave(place))
    return picture


def in_sizes(picture: Image.Image) -> tuple[bytes, ...]:
    """WebP in the widths that the news board keeps, the smallest first."""
    found = []
    for width in WIDTHS:
        out = io.BytesIO()
        height = round(picture.height * width / picture.width)
        smaller = picture if width == picture.width else picture.resize((width, height))
        smaller.save(out, "WEBP", quality=QUALITY, method=2)
        found.append(out.getvalue())
    return tuple(found)


def _woven(tile: int) -> Image.Image:
    """The whole sheet covered with kawung: four petals a tile that meet those of the next one."""
    large = tile * FINER
    drawn = Image.new("L", (large, large), 0)
    draw = ImageDraw.Draw(drawn)
    middle, gap = large / 2, large * 0.03
    for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        inner = (middle + across * gap, middle + down * gap)
        outer = (middle + across * (middle - gap), middle + down * (middle - gap))
        draw.polygon(_petal(inner, outer), fill=255)
    one = drawn.resize((tile, tile), Image.Resampling.LANCZOS)
    sheet = Image.new("L", (WIDTH, HEIGHT), 0)
    for left in range(0, WIDTH, tile):
        for top in range(0, HEIGHT, tile):
            sheet.paste(one, (left, top))
    return sheet


def _petal(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """A lens between two points."""
    run, rise = end[0] - start[0], end[1] - start[1]
    steps = [step / 24 for step in range(25)]

    def side(sign: int) -> list[tuple[float, float]]:
        bulge = [sign * 0.28 * math.sin(math.pi * part) for part in steps]
        return [
            (start[0] + run * part - rise * out, start[1] + rise * part + run * out)
            for part, out in zip(steps, bulge, strict=True)
        ]

    return side(1) + side(-1)[::-1]


def _disc(radius: int) -> Image.Image:
    size = 2 * radius
    drawn = Image.new("L", (size * 2, size * 2), 0)
    ImageDraw.Draw(drawn).ellipse((0, 0, size * 2 - 1, size * 2 - 1), fill=255)
    return drawn.resize((size, size), Image.Resampling.LANCZOS)


def _corner(design: Design) -> tuple[int, int]:
    radius = round(design.size * HEIGHT)
    return round(design.at[0] * WIDTH) - radius, round(design.at[1] * HEIGHT) - radius


def _wave(place: int) -> Image.Image:
    """One of three waves along the lower edge, each lower than the one before."""
    top = HEIGHT // 2
    drawn = Image.new("L", (WIDTH * 2, HEIGHT), 0)  # the lower half, at twice the size
    base, height = HEIGHT * 2 * (0.22 + 0.1 * place), 44 - 8 * place
    edge = [
        (x, base + height * math.sin(x / (260 + 40 * place) + 1.7 * place))
        for x in range(0, WIDTH * 2 + 1, 8)
    ]
    ImageDraw.Draw(drawn).polygon([*edge, (WIDTH * 2, HEIGHT), (0, HEIGHT)], fill=255)
    sheet = Image.new("L", (WIDTH, HEIGHT), 0)
    sheet.paste(drawn.resize((WIDTH, HEIGHT - top), Image.Resampling.BILINEAR), (0, top))
    return sheet
