"""What editors type about a session of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms

from epk.lib.plain_text import PlainTextField
from news.forms.events import DocumentField, moment_field

if TYPE_CHECKING:
    from news.models import Event, Session


class SessionForm(forms.Form):
    """A part of the programme, with up to eight who speak, and one more file of material."""

    SPEAKERS = range(1, 9)

    title = PlainTextField(
        label="Judul sesi", max_length=200, error_messages={"required": "Tulis judulnya."}
    )
    summary = PlainTextField(
        label="Uraian singkat",
        max_length=500,
        required=False,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts_at = moment_field("Mulai")
    ends_at = moment_field("Selesai", required=False)
    room = PlainTextField(label="Ruang", max_length=100, required=False)
    takes_attendance = forms.BooleanField(
        label="Mencatat kehadiran di sesi ini", required=False, initial=True
    )
    material = DocumentField(
        label="Tambah materi",
        required=False,
        help_text="PDF, JPEG, atau PNG, paling besar 10 MB. Siapa saja dapat mengunduhnya.",
    )
    material_title = PlainTextField(label="Judul materi", max_length=150, required=False)
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    STORED = ("title", "summary", "starts_at", "ends_at", "room", "takes_attendance")

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.zone = ZoneInfo(event.time_zone)
        for number in self.SPEAKERS:
            self.fields[f"speaker_{number}"] = PlainTextField(
                label=f"Narasumber {number}", max_length=120, required=False
            )
            self.fields[f"about_{number}"] = PlainTextField(
                label=f"Jabatan atau lembaga {number}", max_length=150, required=False
            )

    @property
    def main(self) -> list[Any]:
        return [self[name] for name in self.STORED]

    @property
    def first_pairs(self) -> list[list[Any]]:
        return [self._pair(number) for number in self.SPEAKERS[:2]]

    @property
    def other_pairs(self) -> list[list[Any]]:
        return [self._pair(number) for number in self.SPEAKERS[2:]]

    @property
    def has_others(self) -> bool:
        return any(field.value() or field.errors for pair in self.other_pairs for field in pair)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.STORED}

    @property
    def speakers(self) -> list[tuple[str, str]]:
        cleaned = self.cleaned_data
        pairs = [(cleaned[f"speaker_{n}"], cleaned[f"about_{n}"]) for n in self.SPEAKERS]
        return [pair for pair in pairs if pair[0]]

    @property
    def seen_edits(self) -> int:
        return self.cleaned_data.get("seen") or 0

    def seen_now(self, edits: int) -> None:
        data: Any = self.data
        typed = data.copy()
        typed["seen"] = str(edits)
        self.data = typed

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for name in ("starts_at", "ends_at"):
            if cleaned.get(name) is not None:
                cleaned[name] = cleaned[name].replace(tzinfo=self.zone)
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", "Sesi harus selesai setelah mulai.")
        elif start and (start < self.event.starts_at or (end or start) > self.event.ends_at):
            self.add_error("starts_at", "Sesi harus di dalam waktu kegiatan.")
        for number in self.SPEAKERS:
            if cleaned.get(f"about_{number}") and not cleaned.get(f"speaker_{number}"):
                self.add_error(f"speaker_{number}", "Tulis namanya.")
        return cleaned

    def _pair(self, number: int) -> list[Any]:
        return [self[f"speaker_{number}"], self[f"about_{number}"]]


def typed_session(session: Session | None, event: Event) -> dict[str, Any]:
    """What the form of a session begins with."""
    zone = ZoneInfo(event.time_zone)
    if session is None:
        return {"starts_at": event.starts_at.astimezone(zone), "seen": event.edits}
    values = {name: getattr(session, name) for name in SessionForm.STORED}
    for name in ("starts_at", "ends_at"):
        values[name] = values[name].astimezone(zone) if values[name] else None
    for number, speaker in enumerate(session.speakers.all(), start=1):
        values |= {f"speaker_{number}": speaker.name, f"about_{number}": speaker.about}
    return values | {"seen": event.edits}
