"""What every table of the register shares in the admin: who may, one transaction, why, conflicts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects, quote, unquote
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, router
from django.db.models.fields.related import ForeignKey
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst

from epk.lib.admin_lists import NUL, KnownParameters
from registry import actions
from registry.admin import history
from registry.admin.errors import error_items
from registry.admin.scope import Maintainers, is_whole, person
from registry.forms.admin import RegisterForm
from registry.forms.admin.base import NEW_RECORD
from registry.forms.admin.fields import DayField
from registry.queries.history import events_of


class ChoiceLabels(AutocompleteJsonView):
    """Autocompletion with labels that tell apart what has the same name."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        table: Any = self.model_admin
        label = table.choice_label(obj)
        return {**super().serialize_result(obj, to_field_name), "text": label}


class RegisterAdmin(Maintainers, KnownParameters, admin.ModelAdmin):
    """A table of the register, of which everyone sees the part they maintain.

    Every row reached from here, in lists, choices, autocompletion and posted foreign keys, comes
    from `get_queryset` of its table, which narrows it to the scope; `may_row` says the same of one
    row. A save that would put a row out of scope is undone (docs/decisions/0008).
    """

    form = RegisterForm
    actions: Any = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    history_with_rows = False
    leaves_scope = "Data di luar wilayah Anda dicatat oleh Ditjen."
    delete_advice = "Bila data ini pernah berlaku, isi tanggal akhirnya alih-alih menghapus."
    change_form_template = "admin/registry/change_form.html"
    object_history_template = "admin/registry/object_history.html"
    delete_confirmation_template = "admin/registry/delete_confirmation.html"
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.DateField: {"form_class": DayField, "widget": admin.widgets.AdminDateWidget}
    }

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_choose"
        view = ChoiceLabels.as_view(admin_site=self.admin_site)
        return [path("pilih/", self.admin_site.admin_view(view), name=name), *super().get_urls()]

    def choice_label(self, obj: Any) -> str:
        """How a row reads among the choices of another form."""
        return str(obj)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs.setdefault("queryset", choices_of(self.admin_site, db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any | None:
        """The row; on POST locked, and with its `conflict` when it was changed meanwhile."""
        if NUL in object_id:
            return None
        obj = super().get_object(request, object_id, from_field)
        changing = request.resolver_match and str(request.resolver_match.url_name)
        saves = bool(changing and changing.endswith(("_change", "_delete")))
        if obj is None or request.method != "POST" or not saves:
            return obj
        locked = self.model._default_manager.select_for_update().filter(pk=obj.pk).first()
        if locked is None or not self.is_in_scope(request, locked):
            return None
        if changing and changing.endswith("_change"):
            history.note_conflict(locked, request.POST.get("seen_version"))
        return locked

    def is_in_scope(self, request: HttpRequest, row: Any) -> bool:
        """`may_row` of a row just locked or just saved, whatever was known of it before."""
        return self.may_row(request, row)

    def _get_obj_does_not_exist_redirect(self, *_asked: Any) -> HttpResponse:
        """A row of somebody else and a row that is nowhere get one answer."""
        raise Http404

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "register_refusal", "")
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One transaction a save; what the database refuses comes back as a sentence."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_saveasnew" in request.POST:
            raise Http404  # Django would take it for a new record, whatever the address says
        reason = _reason(request) or (NEW_RECORD if object_id is None else "")
        try:
            with actions.change(by=person(request), reason=reason):
                return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refused:
            request.register_refusal = " ".join(refused.messages)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not self.is_in_scope(request, form.instance):
            raise ValidationError(self.leaves_scope, code="out_of_scope")

    # The history tables say more than Django's own log, whose rows would keep names for ever.

    def log_addition(self, *_entry: Any) -> Any:
        """Nothing: see above."""

    def log_change(self, *_entry: Any) -> Any:
        """Nothing: see above."""

    def log_deletions(self, *_entries: Any) -> list[Any]:
        """Nothing: see above."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        conflict = getattr(context.get("original"), "conflict", None)
        if conflict is not None:
            context["conflict"] = conflict
            context["conflict_entries"] = history.entries_since(
                conflict, person(request), with_rows=self.history_with_rows
            )
        if request.method == "POST":
            context["error_items"] = error_items(
                context["adminform"].form,
                self.get_fieldsets(request, context["original"]),
                context["inline_admin_formsets"],
            )
        context["files_again"] = bool(request.FILES)
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Deleting asks why, and says what to do where it is not possible."""
        extra = {"delete_advice": self.delete_advice, **(extra_context or {})}
        if request.method != "POST":
            return super().delete_view(request, object_id, extra)
        if not self.has_delete_permission(request):
            raise PermissionDenied
        if NUL in object_id or super().get_object(request, unquote(object_id)) is None:
            raise Http404
        if not (reason := _reason(request)):
            messages.error(request, "Tulis alasan penghapusan; alasan tercatat dalam riwayat.")
            return HttpResponseRedirect(request.get_full_path())
        try:
            with actions.change(by=person(request), reason=reason):
                return super().delete_view(request, object_id, extra)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(request.get_full_path())

    def get_deleted_objects(
        self,
        objs: Any,
        request: HttpRequest,
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What a deletion takes along or is kept by: no names, and out of scope no counts."""
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        taken: Any = collector.model_objs
        along = {str(table._meta.verbose_name): len(rows) for table, rows in taken.items()}
        keepers: dict[str, int] = {}
        protected_rows: Any = collector.protected
        for row in protected_rows:
            name = str(row._meta.verbose_name)
            keepers[name] = keepers.get(name, 0) + 1
        whole = is_whole(request)
        protected = [
            f"{count} {name}" if whole else name for name, count in sorted(keepers.items())
        ]
        return [f"{count} {name}" for name, count in along.items()], along, set(), protected

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history tables in words, in place of the log of admin pages."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        events = events_of(obj, with_rows=self.history_with_rows)
        shown = history.in_scope_of(person(request), obj, events)
        page = Paginator(shown, 50).get_page(request.GET.get("halaman"))
        entries = history.entries(page.object_list, person(request))
        if request.method != "HEAD":
            self.note_history(request, obj, entries)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Riwayat perubahan: {obj}",
            "entries": entries,
            "page": page,
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "object": obj,
            "object_key": quote(obj.pk),
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)

    def note_history(self, request: HttpRequest, obj: Any, entries: list[history.Entry]) -> None:
        """Write down which private data the page shows; most tables hold none."""


def choices_of(site: admin.AdminSite, field: ForeignKey, request: HttpRequest) -> Any:
    """The rows a foreign key may point to: what the admin of that table lets this person see."""
    model = field.remote_field.model
    if site.is_registered(model):
        return site.get_model_admin(model).get_queryset(request)
    return model._default_manager.all()


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace(NUL, "").strip()[:300]
