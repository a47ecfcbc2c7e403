"""Who is there, why not after all, what somebody thought of an event, why a certificate is void."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django import forms

from epk.lib.plain_text import PlainTextField
from news.models import Evaluation
from news.presenters.evaluation import QUESTIONS, TEXT_LABELS

if TYPE_CHECKING:
    from news.models import Session

MOST_TICKED: Final = 5_000
LARGEST: Final = 2**63 - 1
UNKNOWN_SESSION = "Pilih salah satu sesi di halaman ini."
SCALE: Final = [
    ("5", "5, sangat baik"),
    ("4", "4, baik"),
    ("3", "3, cukup"),
    ("2", "2, kurang"),
    ("1", "1, sangat kurang"),
]


def _reason(help_text: str) -> PlainTextField:
    return PlainTextField(
        label="Alasan",
        max_length=300,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": "Tulis alasannya."},
    )


class SessionForm(forms.Form):
    """One of the sessions that a page offers."""

    session = forms.TypedChoiceField(
        coerce=int, error_messages={"required": UNKNOWN_SESSION, "invalid_choice": UNKNOWN_SESSION}
    )

    def __init__(self, *args: Any, sessions: Iterable[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {session.pk: session for session in sessions}
        field: Any = self.fields["session"]
        field.choices = [(key, str(session)) for key, session in self.sessions.items()]

    @property
    def chosen(self) -> Session:
        return self.sessions[self.cleaned_data["session"]]


class UndoForm(SessionForm):
    """Which attendance does not count, and why."""

    reason = _reason("Dibaca petugas yang bersangkutan di Data saya.")

    def __init__(self, *args: Any, sessions: Iterable[Session], **kwargs: Any) -> None:
        super().__init__(*args, sessions=sessions, **kwargs)
        self.fields["session"].label = "Sesi"


class ListForm(SessionForm):
    """The registrations that were ticked, by their numbers; what is none is left out."""

    def ticked(self) -> set[int]:
        values = self.data.getlist("hadir")[:MOST_TICKED] if hasattr(self.data, "getlist") else []
        return {
            number
            for value in values
            if value.isascii() and value.isdigit() and len(value) < 20
            and 0 < (number := int(value)) <= LARGEST
        }  # fmt: skip


class EvaluationForm(forms.Form):
    """Four ratings and two texts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Evaluation.RATINGS:
            self.fields[name] = forms.TypedChoiceField(
                label=QUESTIONS[name],
                choices=SCALE,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Pilih salah satu nilai.",
                    "invalid_choice": "Pilih salah satu nilai.",
                },
            )
        for name in Evaluation.TEXTS:
            self.fields[name] = PlainTextField(
                lines=True,
                label=TEXT_LABELS[name],
                max_length=1_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
                help_text="Boleh dikosongkan. Jangan menulis nama orang.",
            )


class RevokeForm(forms.Form):
    """Why a certificate is void."""

    reason = _reason("Tercatat dalam riwayat register dan dibaca petugas di Data saya.")
