"""The portal's site map, and beside it each error page at an address where it can be looked at."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.refusals import Again, too_many
from accounts.throttle import Verdict
from epk import views
from epk.urls import handler400, handler403, handler404, handler500
from epk.urls import urlpatterns as portal_patterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The error page of that status, made as Django or a middleware would have it made."""
    nothing = Exception()
    pages = {
        400: lambda: views.bad_request(request, nothing),
        403: lambda: views.permission_denied(request, nothing),
        404: lambda: views.page_not_found(request, nothing),
        500: lambda: views.server_error(request),
        503: lambda: views.service_unavailable(request),
    }
    return pages[status]()


@login_not_required
def stale_form(request: HttpRequest) -> HttpResponse:
    return views.csrf_failure(request)


@login_not_required
def too_often(request: HttpRequest) -> HttpResponse:
    again = Again("get", "/direktori/", "q", "Nama atau unit kerja", "wulan", "Cari")
    return too_many(request, Verdict(allowed=False, retry_after=290), again)


urlpatterns = [
    *portal_patterns,
    path("uji/galat/<int:status>/", error_page, name="error_page"),
    path("uji/terlalu-sering/", too_often, name="too_often"),
    path("uji/kedaluwarsa/", stale_form, name="stale_form"),
]
