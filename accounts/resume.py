"""The page on which someone finds again what they sent when their session had ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import sessions
from accounts.sessions import SENT_AGAIN, KeptForm, kept_forms

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# What a browser sends beside what a person has typed.
MACHINERY = re.compile(r"^_|^initial-|-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|^version$")
LONGEST_LABEL = 80


@dataclass(frozen=True)
class ShownForm:
    """A kept form to read, and all its fields to send."""

    form: KeptForm
    rows: list[tuple[str, str]]

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [
            *((name, value) for name, values in self.form.fields for value in values),
            (SENT_AGAIN, self.form.key),
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """What is kept, with a button to send it and, by POST to this page, one to throw it away."""
    owner = str(request.user.pk)
    if request.method == "POST":
        if sessions.discard_form(request.session, owner, request.POST.get("kunci", "")):
            messages.success(request, "Tulisan yang tersimpan sudah dibuang.")
        return redirect("accounts:resume")
    forms = kept_forms(request.session, owner)
    if not forms:
        return redirect("home")
    context = {"forms": [ShownForm(form, _rows(form)) for form in reversed(forms)]}
    return render(request, "accounts/resume.html", context)


def _rows(form: KeptForm) -> list[tuple[str, str]]:
    return [
        (_label(name), "\n".join(filter(None, values)))
        for name, values in form.fields
        if any(values) and not MACHINERY.search(name)
    ]


def _label(name: str) -> str:
    """A field's name as words: `postings-0-sk_number` becomes `Postings 0 sk number`."""
    words = " ".join(re.split(r"[-_\s]+", name)).strip()
    return (words[:1].upper() + words[1:])[:LONGEST_LABEL] or "Isian"
