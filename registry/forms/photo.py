"""A portrait as a form field: for the clerk in the admin and for the officer alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from epk.lib.files import CheckedFile, check_photo


class PhotoField(forms.FileField):
    """A portrait; its cleaned value is the redrawn image, or None where none was sent."""

    widget = forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"})

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        upload = super().clean(data, initial)
        return check_photo(upload) if isinstance(upload, UploadedFile) else None
