"""The admin site: Django's own, under our name, closed to everyone but active staff."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache


class RegistryAdminSite(admin.AdminSite):
    """The place for the second factor (accounts) when it is required."""

    site_header = "e-Pengantar Kerja"
    site_title = "Admin e-Pengantar Kerja"
    index_title = "Pemeliharaan register"
    site_url = None  # the page head has the way back

    @method_decorator(never_cache)
    @login_not_required
    def login(
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """There is one login page, the portal's; whoever is in and no staff has no business here."""
        index = reverse("admin:index", current_app=self.name)
        asked = request.GET.get("next", "")
        usable = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
        target = asked if usable else index
        if self.has_permission(request):
            return HttpResponseRedirect(target)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(target)
