"""The page that proves a certificate, its file, and issuing and revoking them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import throttle
from accounts.refusals import too_many
from epk.lib.files import file_response
from news import rules
from news.actions import certificates as acts
from news.forms.proof import RevokeForm
from news.models import Certificate, Event
from news.presenters import certificates as shown
from news.views.attendance import person_of
from news.views.entrance import editors_only


@login_not_required
@never_cache
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR code leads: to whom, for what, and whether it still holds."""
    if not (verdict := throttle.hit_by(request, "certificate")).allowed:
        return too_many(request, verdict)
    rows = Certificate.objects.select_related("registration__officer").with_code(code)
    page = shown.proof_of(get_object_or_404(rows), request.user)
    response = render(request, "news/certificate.html", {"proof": page})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def certificate_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The PDF, for whose it is and for editors."""
    rows = Certificate.objects.select_related("registration__officer").with_code(code)
    found = get_object_or_404(rows)
    if not rules.can_download_certificate(request.user, found):
        raise PermissionDenied
    if not found.file:
        messages.info(request, "Berkasnya sedang dibuat. Coba lagi sebentar lagi.")
        return redirect("news:certificate", code)
    name = f"Sertifikat {found.number.replace('/', '-')}.pdf"
    return file_response(found.file, content_type="application/pdf", download_name=name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def certificates(request: HttpRequest, event_id: int) -> HttpResponse:
    """Who gets a certificate, who does not and why; all at once with one button."""
    event = get_object_or_404(Event, pk=event_id)
    if request.method == "POST":
        try:
            count = acts.issue_certificates(event, by=person_of(request))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(
                request,
                f"{count} sertifikat diterbitkan."
                if count
                else "Tidak ada sertifikat yang belum terbit; mungkin baru saja diterbitkan.",
            )
        return redirect("news:certificates", event_id)
    return render(request, "news/certificates.html", {"issue": shown.issue_of(event)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def certificate_revoke(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """A certificate is void, and why."""
    rows = Certificate.objects.select_related("registration__officer")
    found = get_object_or_404(rows, pk=certificate_id)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.revoke_certificate(
                found, reason=form.cleaned_data["reason"], by=person_of(request)
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Sertifikat {found.number} dicabut.")
            return redirect("news:certificates", found.registration.event_id)
    context = {
        "form": form,
        "proof": shown.proof_of(found, request.user),
        "event_id": found.registration.event_id,
    }
    return render(request, "news/certificate_revoke.html", context)
