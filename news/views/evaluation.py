"""Evaluating an event, and what editors read of the evaluations."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from news.actions import evaluation as acts
from news.forms.proof import EvaluationForm
from news.models import Evaluation, Event, Registration
from news.presenters import evaluation as shown
from news.presenters.attendance import event_path
from news.views.attendance import own_registration, person_of
from news.views.entrance import editors_only


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of somebody who was there; filled with what was sent before."""
    registration = own_registration(request, slug)
    if request.method == "POST":
        form = EvaluationForm(request.POST)
        if form.is_valid():
            try:
                acts.evaluate(registration, form.cleaned_data, by=person_of(request))
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Terima kasih, evaluasi Anda tersimpan.")
                return redirect("news:ticket", slug)
    else:
        form = EvaluationForm(initial=_sent(registration))
    context = {
        "form": form,
        "event": registration.event,
        "path": event_path(registration.event),
        "state": shown.evaluation_state(registration.event, registration.pk),
    }
    return render(request, "news/evaluation.html", context)


@never_cache
@require_safe
@editors_only
def evaluation_summary(request: HttpRequest, event_id: int) -> HttpResponse:
    """Averages, how often each value was chosen, and the texts without names."""
    page = shown.summary_of(get_object_or_404(Event, pk=event_id))
    return render(request, "news/evaluation_summary.html", {"summary": page})


def _sent(registration: Registration) -> dict[str, object]:
    """What this person has sent before; nothing where they have not."""
    found = Evaluation.objects.filter(registration=registration).first()
    if found is None:
        return {}
    return {name: getattr(found, name) for name in (*Evaluation.RATINGS, *Evaluation.TEXTS)}
