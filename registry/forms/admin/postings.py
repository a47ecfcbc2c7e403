"""Postings as the clerk types them: first and last day, no two over the same days."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import Any, ClassVar

from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from epk.lib.dates import format_date
from registry.forms.admin.fields import DayField
from registry.forms.admin.records import RecordForm, RecordFormSet
from registry.models import Posting, Unit

NEEDS_ONE = (
    "Isi paling sedikit satu penempatan: unit kerja menentukan siapa yang memelihara data ini."
)
DAY = dt.timedelta(days=1)


class PostingForm(RecordForm):
    """Two inclusive days on the page, one half-open `period` in the database."""

    days = ("start",)

    start = DayField(
        label="Mulai",
        widget=AdminDateWidget,
        error_messages={"required": "Isi hari pertama penempatan."},
    )
    end = DayField(
        label="Sampai (hari terakhir)",
        required=False,
        widget=AdminDateWidget,
        help_text="Kosong: masih berlangsung.",
    )

    class Meta:
        model = Posting
        fields = (
            "unit", "jenjang", "position_title", "sk_number", "sk_date", "document",
        )  # fmt: skip
        error_messages = {"unit": {"required": "Pilih unit kerja."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.period:
            self.initial["start"] = self.instance.first_day
            self.initial["end"] = self.instance.last_day

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if "start" in self.errors or "end" in self.errors or start is None:
            return self.cleaned_data
        if end is not None and end < start:
            self.add_error("end", f"Hari terakhir mendahului hari pertama ({format_date(start)}).")
        else:
            self.instance.period = DateRange(start, end + DAY if end else None)
        return self.cleaned_data


class PostingFormSet(RecordFormSet):
    """Refuses two postings over the same days, naming both and how to mend it.

    The admin says into which units this person posts; rows in other units are on no row of it.
    """

    needs_one: ClassVar[bool] = False
    """Whether a new officer has to have a posting at once, as where it decides the scope."""

    @staticmethod
    def can_post_to(unit: Unit) -> bool:  # noqa: ARG004
        return True

    def clean(self) -> None:
        super().clean()
        if self.needs_one and self.instance._state.adding and not self.rows():
            raise ValidationError(NEEDS_ONE, code="needs_one")
        forms_by_start = sorted(
            (form for form, _ in self.rows() if not form.errors and form.instance.period),
            key=lambda form: form.instance.first_day,
        )
        for earlier, later in combinations(forms_by_start, 2):
            if _overlap(earlier.instance, later.instance):
                _blame(earlier, later)
        self._compare_with_unseen(forms_by_start)

    def _compare_with_unseen(self, forms: list[Any]) -> None:
        """Postings added after this form was opened, or in units of others, are on no row of it."""
        if self.instance._state.adding:
            return
        posted = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        for other in Posting.objects.of_officer(self.instance).exclude(pk__in=posted):
            for form in forms:
                if _overlap(form.instance, other):
                    own = self.can_post_to(other.unit)
                    form.add_error("start", _sentence(form.instance, other) if own else _far(other))

    def save(self, commit: bool = True) -> list[Any]:
        """Without commit the rows come in an order in which no two of them ever overlap."""
        return in_safe_order(super().save(commit), self._stored_periods())

    def _stored_periods(self) -> dict[int, DateRange]:
        if self.instance._state.adding:
            return {}
        return dict(Posting.objects.filter(officer=self.instance).values_list("pk", "period"))


def in_safe_order(postings: list[Posting], stored: dict[int, DateRange]) -> list[Posting]:
    """Shrink the one before extending its neighbour: the database checks after each row."""
    waiting, ordered, periods = list(postings), [], dict(stored)
    while waiting:
        free = next(
            (
                posting
                for posting in waiting
                if not any(
                    pk != posting.pk and _share_a_day(posting.period, period)
                    for pk, period in periods.items()
                )
            ),
            waiting[0],
        )
        waiting.remove(free)
        ordered.append(free)
        if free.pk is not None:
            periods[free.pk] = free.period
    return ordered


def _share_a_day(one: DateRange, other: DateRange) -> bool:
    return (other.upper is None or one.lower < other.upper) and (
        one.upper is None or other.lower < one.upper
    )


def _overlap(one: Posting, other: Posting) -> bool:
    return _share_a_day(one.period, other.period)


def _blame(earlier: Any, later: Any) -> None:
    """Put the sentence where something was typed; where both were, at the later posting."""
    form, other = (later, earlier) if later.has_changed() else (earlier, later)
    form.add_error("start", _sentence(form.instance, other.instance))


def _span(posting: Posting) -> str:
    until = format_date(posting.last_day) if posting.last_day else "sekarang"
    return f"{format_date(posting.first_day)} – {until}"


def _far(other: Posting) -> ValidationError:
    """Of a posting that another province, or the Ditjen, has recorded."""
    return ValidationError(
        f"Bertumpuk dengan penempatan di luar wilayah Anda ({_span(other)}). Ubah tanggal di sini, "
        "atau minta Ditjen mengakhiri penempatan itu.",
        code="overlap",
    )


def _sentence(posting: Posting, other: Posting) -> ValidationError:
    named = f"{other.unit.short_name} ({_span(other)})"
    if posting.first_day > other.first_day:
        last = format_date(posting.first_day - DAY)
        mend = f"Isi “Sampai” penempatan itu paling lambat {last}, atau ubah tanggal di sini."
    elif posting.first_day < other.first_day:
        last = format_date(other.first_day - DAY)
        mend = f"Isi “Sampai” di sini paling lambat {last}, atau ubah penempatan itu."
    else:
        mend = "Keduanya mulai pada hari yang sama; ubah atau hapus salah satunya."
    return ValidationError(f"Bertumpuk dengan penempatan di {named}. {mend}", code="overlap")
