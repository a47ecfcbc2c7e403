"""The page of one officer."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from epk.lib.qr import qr_svg
from registry import presenters
from registry.models import Officer, Posting
from registry.queries import records_of


@login_not_required
@require_safe
def profile(request: HttpRequest, register_number: str) -> HttpResponse:
    today = timezone.localdate()
    officers = Officer.objects.visible_to(request.user).as_of(today)
    officer = officers.for_page().numbered(register_number).first()
    if officer is None:
        return _merged_or_404(register_number)
    page = presenters.profile(
        officer,
        request.user,
        postings=Posting.objects.of_officer(officer),
        records=records_of(officer.pk),
        today=today,
    )
    check_path = reverse("registry:check_number", args=[register_number])
    context = {
        "profile": page,
        "today": today,
        "check_path": check_path,
        "check_qr": qr_svg(f"{settings.SITE_URL}{check_path}"),
    }
    return render(request, "registry/profile.html", context)


def _merged_or_404(register_number: str) -> HttpResponse:
    """A number that was merged into another leads there for good; others do not exist."""
    target = Officer.objects.merge_target_of(register_number)
    if target is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("registry:profile", args=[target]))
