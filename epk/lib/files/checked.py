"""What an upload is once it has passed: the bytes to keep and what may be said about them."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile

CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "webp": "image/webp",
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be stored. `pages` is 1 for an image, `original_name` is for display only."""

    content: "ContentFile[bytes]"
    content_type: str
    extension: str
    size: int
    pages: int
    sha256: str
    original_name: str

    @classmethod
    def of(cls, data: bytes, *, extension: str, pages: int, original_name: str) -> "CheckedFile":
        return cls(
            content=ContentFile(data),
            content_type=CONTENT_TYPES[extension],
            extension=extension,
            size=len(data),
            pages=pages,
            sha256=hashlib.sha256(data).hexdigest(),
            original_name=original_name,
        )


@dataclass(frozen=True)
class CheckedPicture:
    """A picture that may be stored: WebP in up to so many sizes as were asked for, smallest first.

    `width` and `height` are those of the largest.
    """

    sizes: tuple[bytes, ...]
    width: int
    height: int
    original_name: str
