"""The page on which someone finds again what they sent when their session had ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import sessions
from accounts.form_labels import rows_of, title_of
from accounts.sessions import SENT_AGAIN, KeptForm, kept_forms

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class ShownForm:
    """A kept form to read, and all its fields to send."""

    form: KeptForm
    title: str
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
    shown = [ShownForm(form, title_of(form), rows_of(form, request)) for form in reversed(forms)]
    context = {"forms": shown}
    return render(request, "accounts/resume.html", context)
