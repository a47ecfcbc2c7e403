"""The key in the address of a feed, and the buttons of the page about it."""

from __future__ import annotations

from django import forms

MAKE, REVOKE = "buat", "cabut"


class KeyForm(forms.Form):
    """What no key can look like is not looked for."""

    kunci = forms.RegexField(r"\A[A-Za-z0-9_-]{43}\Z", max_length=43, strip=False)


class KeyActionForm(forms.Form):
    aksi = forms.ChoiceField(choices=[(MAKE, ""), (REVOKE, "")])
