"""What accounts and grants share in the admin: who may, why, and who did it."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import User
from accounts.rules import administers_nation
from epk.lib.admin_access import OneRule
from epk.lib.admin_lists import KnownParameters


def person(request: HttpRequest) -> User:
    """Whoever passed the check of permission is logged in."""
    return cast("User", request.user)


class ReasonForm(forms.ModelForm):
    """A form that asks why, and knows who is asked."""

    by: ClassVar[User]
    refusal: ClassVar[str] = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.refusal:
            raise ValidationError(self.refusal)
        return data


class AccountsAdmin(OneRule, KnownParameters, admin.ModelAdmin):
    """A table of accounts: what the database refuses comes back as a sentence in the form."""

    actions: Any = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def may(self, request: HttpRequest) -> bool:
        return administers_nation(request.user)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = person(request)
        form.refusal = getattr(request, "account_refusal", "")
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refused:
            request.account_refusal = " ".join(refused.messages)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Deleting asks why."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        if not self.has_delete_permission(request):
            raise PermissionDenied
        if not deletion_reason(request):
            messages.error(request, "Tulis alasan penghapusan; alasan tercatat dalam riwayat.")
            return HttpResponseRedirect(request.get_full_path())
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(request.get_full_path())


def deletion_reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\0", "").strip()[:300]
