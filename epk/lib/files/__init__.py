"""Uploaded files: judged by their content, kept under our own names, served after permission."""

from epk.lib.files.checked import CheckedFile, CheckedPicture
from epk.lib.files.checks import check_document, check_photo, check_picture
from epk.lib.files.names import clean_name, new_name
from epk.lib.files.responses import file_response

__all__ = [
    "CheckedFile",
    "CheckedPicture",
    "check_document",
    "check_photo",
    "check_picture",
    "clean_name",
    "file_response",
    "new_name",
]
