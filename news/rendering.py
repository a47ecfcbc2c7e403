"""From the Markdown of an article to HTML, with its pictures in sizes that suit the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from epk.lib import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from news.models import Picture

SIZES: Final = "(min-width: 50rem) 46rem, 100vw"
"""How wide a picture is shown: as the text, or as the phone."""
LINE: Final = re.compile(r"!\[([^\]\n]{0,300})\]\(gambar:([1-9][0-9]{0,17})\)[ \t]*")
KEY: Final = "kunci"
"""The parameter with the key of a preview link."""
HEADING: Final = re.compile(r"<(/?)h([1-6])(?=[ >])")
PREVIEW_KEY: Final = re.compile(r"[A-Za-z0-9_-]{20,40}")
FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")


def pictures_in(source: str) -> list[int]:
    """The keys of the pictures that a text shows, each once, in order."""
    found = [part for part in _parts(source) if isinstance(part, tuple)]
    return list(dict.fromkeys(key for _alt, key in found))


def without_pictures(source: str) -> str:
    """The Markdown without the lines that show pictures."""
    return "\n\n".join(part for part in _parts(source) if isinstance(part, str))


def rendered(source: str, pictures: Mapping[int, Picture], *, preview: str = "") -> str:
    """HTML to be stored. A picture that is not among these leaves nothing.

    With the key of a preview link, pictures are asked for by that key; such HTML is not stored.

    Raises ValueError for more than `epk.lib.markdown.LONGEST` characters.
    """
    host = urlsplit(settings.SITE_URL).netloc
    if len(source) > markdown.LONGEST:
        raise ValueError(f"{len(source)} characters, at most {markdown.LONGEST} are read")
    html = []
    for part in _parts(source):
        if isinstance(part, str):
            html.append(markdown.render(part, own_host=host).html)
        elif picture := pictures.get(part[1]):
            html.append(figure(picture, part[0] or picture.alt, preview))
    return _below_title("".join(html))


def figure(picture: Picture, alt: str, preview: str = "") -> SafeString:
    """The picture with its source below it; read when it is nearly in sight."""
    credit = format_html("<figcaption>{}</figcaption>", picture.credit) if picture.credit else ""
    return format_html(
        '<figure class="picture"><img src="{}" srcset="{}" sizes="{}" width="{}" height="{}"'
        ' alt="{}" loading="lazy" decoding="async">{}</figure>',
        picture_path(picture, picture.widths[0], preview),
        srcset(picture, preview),
        SIZES,
        picture.width,
        picture.height,
        alt,
        credit,
    )


def srcset(picture: Picture, preview: str = "") -> str:
    paths = [(picture_path(picture, width, preview), width) for width in picture.widths]
    return ", ".join(f"{path} {width}w" for path, width in paths)


def picture_path(picture: Picture, width: int, preview: str = "") -> str:
    return with_key(reverse("news:picture", args=[picture.key, width]), preview)


def with_key(path: str, preview: str) -> str:
    """The address as the holder of a preview link has to ask for it."""
    return f"{path}?{urlencode({KEY: preview})}" if preview else path


def _below_title(html: str) -> str:
    """Headings from the second level on without a gap, whatever level the writer began with."""
    used = sorted({found[2] for found in HEADING.finditer(html)})
    level = {old: min(place, 6) for place, old in enumerate(used, start=2)}
    return HEADING.sub(lambda found: f"<{found[1]}h{level[found[2]]}", html)


def _parts(source: str) -> Iterable[str | tuple[str, int]]:
    """Stretches of Markdown, and pictures that stand on a line of their own outside of code."""
    lines: list[str] = []
    fence = ""
    for line in source.splitlines():
        if mark := FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        found = LINE.fullmatch(line) if not fence else None
        if found is None:
            lines.append(line)
            continue
        if any(lines):
            yield "\n".join(lines)
        lines = []
        yield (found[1].strip(), int(found[2]))
    if any(lines):
        yield "\n".join(lines)
