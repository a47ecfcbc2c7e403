"""The admin site: Django's own, under our name, closed to everyone but active staff."""

from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any, Final

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from registry.presenters import scope_sentence

# Accounts are kept by tables of ours; those of the login library would be a second way in, and
# roles come from grants: Django's groups are not used. The queue's own shows the arguments of
# jobs, which may name a person.
LEFT_OUT: Final = frozenset(
    {"account", "auth", "mfa", "procrastinate", "socialaccount", "usersessions"}
)

FIRST: Final = {name: place for place, name in enumerate(("Officer", "Unit", "Document"))}


class RegistryAdminSite(admin.AdminSite):
    """Opens to those whose role grants say so; a role without its second factor is no role."""

    site_header = "e-Pengantar Kerja"
    site_title = "Admin e-Pengantar Kerja"
    index_title = "Pemeliharaan register"
    site_url = None  # the page head has the way back

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        found = (
            model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        )
        kept = [model for model in found if model._meta.app_label not in LEFT_OUT]
        super().register(kept, *args, **options)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """With a sentence on what of the register this person maintains."""
        extra = {"scope_sentence": scope_sentence(request.user), **(extra_context or {})}
        return super().index(request, extra)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Within an app the tables one works in come first, then those one looks things up in."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda table: FIRST.get(table["object_name"], len(FIRST)))
        return apps

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Whoever is logged in and has no right here is told so at once."""
        checked = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            response: HttpResponse = checked(request, *args, **kwargs)
            return response

        return update_wrapper(inner, checked)

    def password_change(
        self,
        request: HttpRequest,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        """There is one page for that, with the rules and the mail that go with it."""
        return redirect("account_change_password")

    def password_change_done(
        self,
        request: HttpRequest,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        return redirect("mfa_index")

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
