"""File names: ours for storage, the uploader's made harmless for display and download."""

import re
import unicodedata
import uuid

from epk.lib.files.checked import CONTENT_TYPES

MAX_NAME_LENGTH = 120
NAMELESS = "berkas"


def new_name(kind: str, extension: str) -> str:
    """A storage name such as `foto/ab/ab12...ef.webp`, with nothing of the uploader's in it."""
    if not re.fullmatch(r"[a-z][a-z_]{0,29}", kind):
        raise ValueError(f"Not a kind of file: {kind!r}")
    if extension not in CONTENT_TYPES:
        raise ValueError(f"Not an extension that we store: {extension!r}")
    name = uuid.uuid4().hex
    return f"{kind}/{name[:2]}/{name}.{extension}"


def clean_name(raw: str | None) -> str:
    """The uploader's file name without folders, control or direction characters, at most 120 long.

    Every character of the Unicode categories C (control, format, surrogate, private use,
    unassigned) goes, because a right-to-left override shows `gpj.exe` as `exe.jpg`.
    """
    name = re.split(r"[/\\]", raw or "")[-1]
    name = unicodedata.normalize("NFC", name)
    name = "".join(
        " " if unicodedata.category(letter).startswith("Z") else letter
        for letter in re.sub(r"[\t\r\n]", " ", name)
        if not unicodedata.category(letter).startswith("C")
    )
    name = re.sub(r" +", " ", name).strip(" .")
    if len(name) > MAX_NAME_LENGTH:
        stem, ending = split_extension(name)
        ending = f".{ending}" if ending and len(ending) <= 10 else ""
        name = stem[: MAX_NAME_LENGTH - len(ending)].rstrip(" .") + ending
    return name or NAMELESS


def split_extension(name: str) -> tuple[str, str]:
    """`SK 2024.PDF` as (`SK 2024`, `pdf`); the second part is empty where there is none."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem:
        return name, ""
    return stem, ending.strip().lower()


def name_with_extension(name: str, extension: str) -> str:
    """The display name with the extension of what is really stored (a PNG scan is kept as JPEG)."""
    stem, ending = split_extension(name)
    if ending == extension or (extension == "jpg" and ending == "jpeg"):
        return name
    known = ending in {*CONTENT_TYPES, "jpeg"}
    return f"{stem if known else name}.{extension}"
