"""An officer asks for the account that belongs to the register entry."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import throttle
from accounts.links import DAYS
from accounts.refusals import refuse, with_status
from registry import activation as asking
from registry.forms.activation import ActivationForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activation(request: HttpRequest) -> HttpResponse:
    """Ask with the NIP; the same answer, in the same time, whether it is in the register or not."""
    form = ActivationForm(request.POST or None)
    if form.is_bound and form.is_valid():
        nip = form.cleaned_data["nip"]
        verdict = throttle.hit_by(request, "activation", account=nip)
        if verdict.allowed:
            asking.ask(nip)
            return redirect("registry:activation_sent")
        refuse(form, verdict)
    return with_status(render(request, "registry/activation.html", {"form": form}), form)


@login_not_required
@never_cache
@require_safe
def activation_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/activation_sent.html", {"days": DAYS})
