"""A stored file on its way to a browser; the view has asked permission before."""

import hashlib

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from epk.lib.files.checked import CONTENT_TYPES
from epk.lib.files.names import clean_name, name_with_extension

INLINE_TYPES = {"image/jpeg", "image/png", "image/webp"}
EXTENSIONS = {content_type: extension for extension, content_type in CONTENT_TYPES.items()}


def file_response(
    stored: "File[bytes]",
    *,
    content_type: str,
    download_name: str,
    inline: bool = False,
    private: bool = True,
) -> FileResponse:
    """The file with headers that keep it from acting in our origin.

    `inline` is for images that we drew ourselves; a PDF is always an attachment. `private` files
    are never kept by any cache. The others may be shown again for five minutes, so that a consent
    withdrawn takes effect, and are asked for by entity tag after that (stored bytes never change).
    """
    if content_type not in EXTENSIONS:
        raise ValueError(f"Not a type of file that we store: {content_type!r}")
    if inline and content_type not in INLINE_TYPES:
        raise ValueError(f"Only images that we drew are shown inline, not {content_type!r}")
    response = FileResponse(
        _opened(stored),
        as_attachment=not inline,
        filename=name_with_extension(clean_name(download_name), EXTENSIONS[content_type]),
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if private:
        response["Cache-Control"] = "private, no-store"
    else:
        response["Cache-Control"] = "public, max-age=300"
        tag = hashlib.sha256((stored.name or "").encode()).hexdigest()
        response["ETag"] = f'"{tag[:32]}"'
    return response


def _opened(stored: "File[bytes]") -> "File[bytes]":
    """A handle of its own, since the one of a model field is shared with whoever holds the row."""
    if not stored or not stored.name:
        raise Http404("Berkas tidak ada.")
    try:
        if isinstance(stored, FieldFile):
            return stored.storage.open(stored.name, "rb")
        return stored.open("rb")
    except FileNotFoundError as error:
        raise Http404("Berkas tidak ada.") from error
