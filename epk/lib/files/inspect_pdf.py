"""Child program: reads a PDF on standard input and says how many pages it has or why it is refused.

Runs alone, under the limits of `child.py`, and imports nothing of ours: `python inspect_pdf.py`.
A parser may raise anything at bytes made to break it; what is not caught here ends the program
with a code that `child.py` takes for an unreadable file.
"""

import io
import json
import math
import re
import sys
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import IndirectObject, StreamObject

MAX_PAGES = 50
MAX_OBJECTS = 100_000
MAX_TREE_NODES = 1_000
# PDF's own largest page is 14,400 units; scanners write one unit a pixel, so large is common.
MIN_SIDE, MAX_SIDE = 36, 14_400

# Actions that run, fetch, send or open something. Links (/URI) and jumps (/GoTo) stay allowed.
ACTIVE_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
    "/RichMediaExecute",
    "/GoTo3DView",
}
ACTIVE_SUBTYPES = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/PS"}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
ATTACHING_KEYS = {"/EF", "/EmbeddedFiles", "/Collection"}
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_DELIMITED = rb"(?=[\s\x00/<>\[\]()%]|$)"
_RAW_ENCRYPTED = re.compile(rb"/Encrypt" + _DELIMITED)
_RAW_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|SubmitForm|ImportData|RichMedia)" + _DELIMITED)
_RAW_ATTACHING = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)" + _DELIMITED)


class RefusedError(Exception):
    """The reason as a code that `checks.py` turns into a sentence."""


def inspect(data: bytes) -> int:
    """The number of pages of an acceptable PDF; raises RefusedError for any other."""
    check_raw(data)
    try:
        with apply_configuration(
            zlib_maximum_output_length=30_000_000,
            lzw_maximum_output_length=30_000_000,
            stream_filters_maximum_length=4,
            jbig2dec_binary=None,
            disable_legacy_handling=True,
        ):
            reader = PdfReader(io.BytesIO(data), strict=False)
            if "/Encrypt" in reader.trailer:
                raise RefusedError("encrypted")
            pages = count_pages(reader)
            check_opening(reader)
            for item in every_object(reader):
                check_object(item)
    except (LimitReachedError, RecursionError, MemoryError) as error:
        raise RefusedError("too_complex") from error
    return pages


def check_raw(data: bytes) -> None:
    """Looks for the forbidden names in the bytes themselves.

    This also finds what no cross-reference leads to, which another reader might still pick up.
    Only names too long to occur by chance in compressed data are looked for here.
    """
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)
    if _RAW_ENCRYPTED.search(plain):
        raise RefusedError("encrypted")
    if _RAW_ACTIVE.search(plain):
        raise RefusedError("active")
    if _RAW_ATTACHING.search(plain):
        raise RefusedError("attachment")


def resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def count_pages(reader: PdfReader) -> int:
    """Walks the page tree itself, so that a cycle, a deep or a multiplying tree ends early."""
    waiting = [(reader.root_object.raw_get("/Pages"), None, None)]
    seen: set[int] = set()
    nodes = pages = 0
    while waiting:
        reference, media_box, crop_box = waiting.pop()
        number = getattr(reference, "idnum", None)
        node = resolved(reference)
        nodes += 1
        if not isinstance(node, dict) or number in seen:
            raise RefusedError("unreadable")
        if nodes > MAX_TREE_NODES:
            raise RefusedError("too_complex")
        if number is not None:
            seen.add(number)
        media_box = resolved(node.get("/MediaBox")) or media_box
        crop_box = resolved(node.get("/CropBox")) or crop_box
        if "/Kids" in node:
            kids = resolved(node["/Kids"])
            if len(kids) > MAX_TREE_NODES:
                raise RefusedError("too_many_pages")
            waiting.extend((kid, media_box, crop_box) for kid in list.__iter__(kids))
            continue
        pages += 1
        if pages > MAX_PAGES:
            raise RefusedError("too_many_pages")
        unit = float(resolved(node.get("/UserUnit")) or 1)
        for box in (media_box, crop_box or media_box):
            check_box(box, unit)
    if not pages:
        raise RefusedError("no_pages")
    return pages


def check_box(box: Any, unit: float) -> None:
    if not isinstance(box, list) or len(box) != 4:
        raise RefusedError("page_size")
    left, bottom, right, top = (float(resolved(corner)) for corner in list.__iter__(box))
    for side in (abs(right - left) * unit, abs(top - bottom) * unit):
        if not math.isfinite(side) or not MIN_SIDE <= side <= MAX_SIDE:
            raise RefusedError("page_size")


def check_opening(reader: PdfReader) -> None:
    """Opening may jump to a page and do nothing else."""
    action = resolved(reader.root_object.get("/OpenAction"))
    if isinstance(action, dict) and resolved(action.get("/S")) != "/GoTo":
        raise RefusedError("active")


def every_object(reader: PdfReader) -> Iterator[Any]:
    """Each object that any cross-reference of the file names, reachable from a page or not."""
    numbers = {
        (number, generation) for generation in reader.xref for number in reader.xref[generation]
    }
    numbers.update((number, 0) for number in reader.xref_objStm)
    if len(numbers) > MAX_OBJECTS:
        raise RefusedError("too_complex")
    yield reader.trailer
    for number, generation in sorted(numbers):
        item = reader.get_object(IndirectObject(number, generation, reader))
        if isinstance(item, StreamObject) and resolved(dict.get(item, "/Type")) == "/ObjStm":
            check_raw(item.get_data())
        yield item


def check_object(item: Any) -> None:
    """Looks at an object and everything written directly inside it; references are met later."""
    waiting = [item]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            check_dictionary(value)
            waiting.extend(dict.values(value))
        elif isinstance(value, list):
            waiting.extend(list.__iter__(value))


def check_dictionary(value: dict[str, Any]) -> None:
    keys = set(dict.keys(value))
    if keys & ACTIVE_KEYS or ("/AA" in keys and resolved(value["/AA"])):
        raise RefusedError("active")
    if keys & ATTACHING_KEYS or (isinstance(value, StreamObject) and "/F" in keys):
        raise RefusedError("attachment")
    subtype = resolved(dict.get(value, "/Subtype"))
    if resolved(dict.get(value, "/S")) in ACTIVE_ACTIONS or subtype in ACTIVE_SUBTYPES:
        raise RefusedError("active")
    if subtype == "/FileAttachment" or resolved(dict.get(value, "/Type")) == "/EmbeddedFile":
        raise RefusedError("attachment")


def main() -> None:
    try:
        verdict: dict[str, Any] = {"pages": inspect(sys.stdin.buffer.read())}
    except RefusedError as refused:
        verdict = {"refused": str(refused)}
    sys.stdout.write(json.dumps(verdict))


if __name__ == "__main__":
    main()
