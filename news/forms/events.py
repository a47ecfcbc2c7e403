"""What editors type about an event, and the fields for its moments, pictures and files."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from epk.lib.files import CheckedFile, CheckedPicture, check_document, check_picture
from epk.lib.plain_text import PlainTextField
from news.models import LONGEST_SOURCE, WIDTHS, Event
from registry.models import Region

TYPED: Final = "%Y-%m-%dT%H:%M"
FORMATS: Final = (TYPED, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M")
UNKNOWN_MOMENT: Final = "Waktu ini tidak dikenal; tulis seperti 31-12-2026 09.00."
NO_ALT: Final = "Tulis apa yang tampak di gambar, untuk yang tidak melihatnya."
NO_PICTURE: Final = "Pilih gambarnya."
SAMPLE_YEARS: Final = (2000, 2100)
COVER, IN_TEXT = "sampul", "uraian"


class LocalMomentField(forms.Field):
    """Date and time as a clock shows them; which zone that clock is in, another field says."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED)

    def to_python(self, value: Any) -> dt.datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        for pattern in FORMATS:
            try:
                found = dt.datetime.strptime(text, pattern)  # noqa: DTZ007  (the form adds the zone)
            except ValueError:
                continue
            if SAMPLE_YEARS[0] <= found.year < SAMPLE_YEARS[1]:
                return found
        raise ValidationError(UNKNOWN_MOMENT, code="invalid")


def moment_field(label: str, **kwargs: Any) -> LocalMomentField:
    messages = {"required": "Isi tanggal dan jamnya."}
    return LocalMomentField(label=label, error_messages=messages, **kwargs)


class PictureField(forms.FileField):
    """The cleaned value is a checked picture, in the widths in which it will be shown."""

    widget = forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"})

    def clean(self, data: Any, initial: Any = None) -> CheckedPicture | None:
        upload = super().clean(data, initial)
        return check_picture(upload, WIDTHS) if isinstance(upload, UploadedFile) else None


class DocumentField(forms.FileField):
    """The cleaned value is a checked PDF or scan."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        upload = super().clean(data, initial)
        return check_document(upload) if isinstance(upload, UploadedFile) else None


class EventForm(forms.Form):
    """All that an event is but its programme; times are on the clock of its place."""

    title = PlainTextField(
        label="Judul", max_length=150, error_messages={"required": "Tulis judulnya."}
    )
    theme = PlainTextField(label="Tema", max_length=200, required=False)
    summary = PlainTextField(
        label="Ringkasan",
        max_length=300,
        required=False,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Satu atau dua kalimat untuk daftar dan pratinjau tautan. Wajib sebelum terbit.",
    )
    source = PlainTextField(
        label="Uraian",
        max_length=LONGEST_SOURCE,
        required=False,
        lines=True,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text="Boleh memakai Markdown: **tebal**, daftar, tabel, tautan.",
    )
    organiser = PlainTextField(
        label="Penyelenggara", max_length=150, required=False, help_text="Wajib sebelum terbit."
    )
    time_zone = forms.ChoiceField(
        label="Zona waktu",
        choices=Region.Zone.choices,
        initial=Region.Zone.WIB,
        help_text="Semua waktu di formulir ini menurut zona tempat kegiatan.",
    )
    starts_at = moment_field("Mulai")
    ends_at = moment_field("Selesai")
    place_kind = forms.ChoiceField(label="Cara", choices=Event.Place.choices)
    place = PlainTextField(
        label="Tempat",
        max_length=200,
        required=False,
        help_text="Gedung dan kota. Wajib sebelum terbit bila luring.",
    )
    link = forms.URLField(
        label="Tautan daring",
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text="Hanya tampak bagi yang terdaftar. Wajib sebelum terbit bila daring.",
        error_messages={"invalid": "Tautan ini tidak lengkap; awali dengan https://."},
    )
    takes_registrations = forms.BooleanField(
        label="Menerima pendaftaran lewat portal", required=False, initial=True
    )
    needs_approval = forms.BooleanField(
        label="Setiap pendaftaran disetujui redaksi dulu", required=False
    )
    quota = forms.IntegerField(
        label="Kuota",
        min_value=1,
        max_value=100_000,
        required=False,
        help_text="Jumlah kursi; kosongkan bila tanpa batas.",
    )
    registration_from = moment_field("Pendaftaran mulai", required=False)
    registration_until = moment_field("Pendaftaran sampai", required=False)
    lesson_hours = forms.IntegerField(
        label="Jam pelajaran (JP)", min_value=1, max_value=999, required=False
    )
    gives_certificate = forms.BooleanField(label="Memberi sertifikat", required=False)
    attended_by = forms.IntegerField(
        label="Jumlah peserta",
        min_value=1,
        max_value=1_000_000,
        required=False,
        help_text="Untuk kegiatan lama, yang daftar hadirnya tidak ada di portal.",
    )
    picture = PictureField(
        label="Tambah gambar",
        required=False,
        help_text="JPEG, PNG, atau WebP, paling besar 10 MB.",
    )
    picture_alt = PlainTextField(
        label="Teks pengganti gambar",
        max_length=250,
        required=False,
        help_text="Apa yang tampak, untuk yang tidak melihatnya. Wajib bila ada gambar.",
    )
    picture_credit = PlainTextField(label="Sumber gambar", max_length=120, required=False)
    picture_use = forms.ChoiceField(
        label="Pakai gambar sebagai",
        choices=[(COVER, "Sampul"), (IN_TEXT, "Gambar di akhir uraian")],
        required=False,
        initial=COVER,
    )
    remove_cover = forms.BooleanField(label="Hapus gambar sampul", required=False)
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    NOT_STORED = ("picture", "picture_alt", "picture_credit", "picture_use", "remove_cover", "seen")
    MOMENTS = ("starts_at", "ends_at", "registration_from", "registration_until")
    PARTS = (
        ("Isi", ("title", "theme", "summary", "source", "organiser")),
        ("Waktu dan tempat", ("time_zone", "starts_at", "ends_at", "place_kind", "place", "link")),
        (
            "Pendaftaran",
            (
                "takes_registrations",
                "needs_approval",
                "quota",
                "registration_from",
                "registration_until",
            ),
        ),
        (
            "Gambar",
            ("picture", "picture_alt", "picture_credit", "picture_use", "remove_cover"),
        ),
        ("Lainnya", ("lesson_hours", "gives_certificate", "attended_by")),
    )

    @property
    def parts(self) -> list[tuple[str, list[Any]]]:
        return [(name, [self[field] for field in fields]) for name, fields in self.PARTS]

    @property
    def values(self) -> dict[str, Any]:
        """What is stored as it is."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in self.NOT_STORED
        }

    @property
    def seen_edits(self) -> int:
        return self.cleaned_data.get("seen") or 0

    def seen_now(self, edits: int) -> None:
        """Let the next sending be against what is stored now: both were shown."""
        data: Any = self.data
        typed = data.copy()
        typed["seen"] = str(edits)
        self.data = typed

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        zone = ZoneInfo(cleaned.get("time_zone") or Region.Zone.WIB)
        for name in self.MOMENTS:
            if cleaned.get(name) is not None:
                cleaned[name] = cleaned[name].replace(tzinfo=zone)
        self._follows("starts_at", "ends_at", "Waktu selesai harus setelah waktu mulai.")
        self._follows(
            "registration_from", "registration_until", "Akhir pendaftaran harus setelah awalnya."
        )
        if cleaned.get("picture") and not cleaned.get("picture_alt"):
            self.add_error("picture_alt", NO_ALT)
        if (
            cleaned.get("picture_alt")
            and not cleaned.get("picture")
            and "picture" not in self.errors
        ):
            self.add_error("picture", NO_PICTURE)
        return cleaned

    def _follows(self, first: str, last: str, sentence: str) -> None:
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if start and end and end <= start:
            self.add_error(last, sentence)


def typed_event(event: Event) -> dict[str, Any]:
    """What the form of an event begins with."""
    zone = ZoneInfo(event.time_zone)
    fields = [name for name in EventForm.base_fields if name not in EventForm.NOT_STORED]
    values = {name: getattr(event, name) for name in fields}
    for name in EventForm.MOMENTS:
        values[name] = values[name].astimezone(zone) if values[name] else None
    return values | {"seen": event.edits, "picture_use": COVER}
