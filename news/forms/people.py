"""What is typed about who takes part in an event, and the addresses of the lists."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms

from epk.lib.plain_text import PlainTextField

if TYPE_CHECKING:
    from django.http import QueryDict


class ReasonForm(forms.Form):
    """Why something that others rely on is taken back."""

    reason = PlainTextField(
        label="Alasan",
        max_length=300,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasannya."},
    )


class DecisionForm(forms.Form):
    """Approve, or refuse or cancel with a reason."""

    verb = forms.ChoiceField(label="Keputusan", widget=forms.RadioSelect)
    reason = PlainTextField(
        label="Alasan",
        max_length=300,
        required=False,
        help_text="Wajib bila menolak atau membatalkan; petugas yang bersangkutan membacanya.",
    )

    def __init__(self, *args: Any, verbs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = verbs  # type: ignore[attr-defined]
        self.fields["verb"].error_messages["required"] = "Pilih keputusannya."

    def clean(self) -> dict[str, Any]:
        verb = self.cleaned_data.get("verb")
        if verb and verb != "setujui" and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Tulis alasannya.")
        return self.cleaned_data


class AddOfficerForm(forms.Form):
    """An officer to be registered, by register number."""

    number = forms.RegexField(
        label="Nomor register",
        regex=r"^(?i:PK)-?\d{1,6}$",
        help_text="Misalnya PK-000047.",
        error_messages={
            "required": "Tulis nomor registernya.",
            "invalid": "Nomor register ditulis seperti PK-000047.",
        },
    )

    def clean_number(self) -> str:
        digits = str(self.cleaned_data["number"]).upper().removeprefix("PK").lstrip("-")
        return f"PK-{int(digits):06}"


class PastForm(forms.Form):
    """Of which year, after which one; junk is left out, never a 500."""

    tahun = forms.IntegerField(min_value=1990, max_value=2200, required=False)
    setelah = forms.CharField(max_length=60, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def year(self) -> int | None:
        return self.cleaned_data.get("tahun")

    @property
    def after(self) -> tuple[dt.datetime, int] | None:
        value, _, number = (self.cleaned_data.get("setelah") or "").partition("~")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        try:
            moment = dt.datetime.fromisoformat(value)
            at = moment.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            return None
        return (at, int(number)) if moment.tzinfo is not None else None


class PeopleForm(forms.Form):
    """Which page of the registrations, in which state."""

    keadaan = forms.CharField(max_length=12, required=False)
    halaman = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def state(self) -> str:
        return self.cleaned_data.get("keadaan") or ""

    @property
    def page(self) -> int:
        return self.cleaned_data.get("halaman") or 1
