"""The small forms of reading: a button or two, and what the page knew when it was shown."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.dateparse import parse_datetime

from forum.forms.lists import MOST_PAGES
from forum.models import Category, Stance


class StanceForm(forms.Form):
    """Follow, mute or neither, and the page of the topic on which it was said."""

    sikap = forms.ChoiceField(choices=[("", ""), *Stance.choices], required=False)
    halaman = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False)


class SwitchForm(forms.Form):
    """On or off, told apart so that a second click changes nothing."""

    nilai = forms.ChoiceField(choices=[("1", ""), ("0", "")])
    halaman = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False)

    @property
    def is_on(self) -> bool:
        return bool(self.cleaned_data["nilai"] == "1")


class ReadForm(forms.Form):
    """Which category is read (none for all of them), as it was shown at which moment."""

    kategori = forms.ModelChoiceField(
        queryset=Category.objects.none(), to_field_name="slug", required=False
    )
    sampai = forms.CharField(max_length=40, required=False)

    def clean_sampai(self) -> dt.datetime | None:
        """What is no moment is left out: then it is the moment of the click."""
        try:
            moment = parse_datetime(self.cleaned_data["sampai"])
            return moment.astimezone(dt.UTC) if moment and moment.tzinfo else None
        except (ValueError, OverflowError):
            return None
