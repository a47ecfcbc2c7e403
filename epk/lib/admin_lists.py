"""Lists of the admin that answer junk in their address with a sentence instead of a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base
else:
    Base = object

NUL = "\0"
OWN_PARAMETERS = frozenset(
    ("q", "p", "o", "all", "e", "_popup", "_to_field", "_changelist_filters")
)  # fmt: skip


class KnownParameters(Base):
    """Before ModelAdmin: Django would hand any `?field__lookup=` to the database as it is."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        known = OWN_PARAMETERS | self._filter_parameters(request)
        sent = [(key, value) for key in request.GET for value in request.GET.getlist(key)]
        good = [(key, value) for key, value in sent if key in known and NUL not in value]
        if len(good) == len(sent):
            return super().changelist_view(request, extra_context)
        names = dict.fromkeys(
            key[:40].replace(NUL, "") for key, value in sent if (key, value) not in good
        )
        ignored = ", ".join(list(names)[:5])
        messages.warning(request, f"Bagian alamat yang tidak dikenal diabaikan ({ignored}).")
        return HttpResponseRedirect(f"{request.path}?{urlencode(good)}")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, search_term.replace(NUL, ""))

    def _filter_parameters(self, request: HttpRequest) -> set[str]:
        """`provinsi` of a filter of ours, `role__exact` and `role__isnull` of a field."""
        names: set[str] = set()
        for item in self.get_list_filter(request):
            if isinstance(item, str):
                names |= {f"{item}__exact", f"{item}__isnull"}
            else:
                names.add(str(getattr(item, "parameter_name", "")))
        return names
