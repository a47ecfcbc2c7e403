"""What the inbox is asked: which rows, which group; and how somebody wants to be told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from epk.lib.notices import LONGEST_NAME, LONGEST_REF, Choice, Kind, headings, kinds
from notifications.models import MailHours
from notifications.timing import Hours

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_ID: Final = 2**63 - 1
UNREAD: Final = "belum"
CHOOSE: Final = "Pilih salah satu dari daftar."
CLOCK: Final = "Isi jam dan menit, misalnya 06:30."


class InboxForm(forms.Form):
    """The part of the inbox that an address asks for; what cannot be read is passed over."""

    status = forms.ChoiceField(choices=[(UNREAD, "Belum dibaca")], required=False)
    kelompok = forms.ChoiceField(choices=[], required=False)
    halaman = forms.IntegerField(min_value=1, max_value=10_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kelompok"]
        field.choices = [(slugify(heading), heading) for heading in headings()]
        self.is_valid()

    @property
    def only_unread(self) -> bool:
        return self.cleaned_data.get("status") == UNREAD

    @property
    def group(self) -> str:
        """The heading as it is written, or nothing."""
        chosen = self.cleaned_data.get("kelompok", "")
        return next((heading for heading in headings() if slugify(heading) == chosen), "")

    @property
    def number(self) -> int:
        return self.cleaned_data.get("halaman") or 1


class UpToForm(forms.Form):
    """How far the inbox was shown when somebody pressed the button."""

    sampai = forms.IntegerField(min_value=1, max_value=LARGEST_ID)


class GroupForm(UpToForm):
    """One group of the inbox."""

    jenis = forms.CharField(max_length=LONGEST_NAME)
    pokok = forms.CharField(max_length=LONGEST_REF)


class ChoicesForm(forms.Form):
    """One choice for each kind of event that people may choose about."""

    def __init__(self, *args: Any, chosen: Mapping[str, Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {_field_of(kind): kind for kind in kinds() if not kind.fixed}
        for name, kind in self.kinds.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.label,
                choices=Choice.choices,
                initial=chosen[kind.name].value,
                error_messages=dict.fromkeys(("required", "invalid_choice"), CHOOSE),
            )

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Headings with their fields."""
        found: dict[str, list[forms.BoundField]] = {}
        for name, kind in self.kinds.items():
            found.setdefault(kind.group, []).append(self[name])
        return list(found.items())

    @property
    def choices(self) -> dict[str, Choice]:
        """By the name of the kind."""
        return {kind.name: Choice(self.cleaned_data[name]) for name, kind in self.kinds.items()}


class HoursForm(forms.ModelForm[MailHours]):
    """Quiet hours, and when digests come."""

    class Meta:
        model = MailHours
        fields = ("zone", "quiet_from", "quiet_until", "digest_at", "digest_weekday")
        help_texts = {
            "quiet_from": "Selama jam tenang, surat segera menunggu.",
            "quiet_until": "Samakan keduanya bila Anda tidak ingin jam tenang.",
        }
        error_messages = {
            "zone": {"invalid_choice": CHOOSE},
            "digest_weekday": dict.fromkeys(("required", "invalid_choice"), CHOOSE),
            **{
                name: dict.fromkeys(("required", "invalid"), CLOCK)
                for name in ("quiet_from", "quiet_until", "digest_at")
            },
        }
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("quiet_from", "quiet_until", "digest_at")
        }

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].help_text = f"Tempat tugas Anda memakai {place}."

    def clean_quiet_from(self) -> dt.time:
        return self._whole_minutes("quiet_from")

    def clean_quiet_until(self) -> dt.time:
        return self._whole_minutes("quiet_until")

    def _whole_minutes(self, name: str) -> dt.time:
        at: dt.time = self.cleaned_data[name]
        return at.replace(second=0, microsecond=0)

    def clean_digest_at(self) -> dt.time:
        """A digest is a mail too; nobody wants it in the hours that should be quiet."""
        at = self._whole_minutes("digest_at")
        start, end = (self.cleaned_data.get(name) for name in ("quiet_from", "quiet_until"))
        if start and end and Hours(quiet_from=start, quiet_until=end).is_quiet(at):
            raise ValidationError(
                "Jam ringkasan jatuh dalam jam tenang. Pilih jam di luarnya, atau ubah jam tenang.",
                code="quiet",
            )
        return at


def _field_of(kind: Kind) -> str:
    return f"pilihan-{slugify(kind.name.replace('.', '-'))}"
