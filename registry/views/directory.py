"""The directory: search, filters, order and pages, all of it in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.refusals import Again, too_many
from epk.lib.dates import format_date
from epk.lib.text import format_number
from registry.forms.directory import BEST_MATCH, ORDERS, DirectoryForm
from registry.models import Jenjang, Officer, StatusRecord, Unit
from registry.presenters import OfficerRow, officer_row
from registry.queries import Found, Search, choices, find, register_version

if TYPE_CHECKING:
    from registry.rules import Viewer

PAGE_SIZE = 25
MOST_REPEATED = 50
"""Values of one filter that are handed on; there are not so many choices."""


@dataclass(frozen=True)
class Choice:
    """One choice of a filter with the number of officers under it."""

    code: str
    label: str
    count: int
    figure: str
    chosen: bool


@dataclass(frozen=True)
class Chip:
    """One filter in force and the address of the same list without it."""

    label: str
    url: str


@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    if text and not (verdict := throttle.hit_by(request, "search")).allowed:
        others = tuple(
            (name, value)
            for name in DirectoryForm.base_fields
            if name != "q"
            for value in request.GET.getlist(name)[:MOST_REPEATED]
        )
        again = Again("get", request.path, "q", "Nama atau unit kerja", text, "Cari", others)
        return too_many(request, verdict, again)
    version = register_version()
    form = DirectoryForm(request.GET, choices(version, timezone.localdate()))
    date = form.cleaned_data["per"] or timezone.localdate()
    found = find(
        Officer.objects.visible_to(request.user),
        Search(date, form.text, form.filters(), form.order),
        scope=Officer.objects.scope_of(request.user),
        version=version,
    )
    page = Paginator(found.ids, PAGE_SIZE).get_page(form.page_number)
    context = {
        "form": form,
        "found": found,
        "page": page,
        "rows": _rows(list(page.object_list), date, request.user),
        "headline": _headline(form, found),
        "chips": _chips(form),
        "query": form.query(),
        "orders": _orders(form),
        "filters": _filters(form, found),
        "date": form.cleaned_data["per"],
        "suggestions": [] if found.nationwide else _suggestions(form, date, request.user),
        "empty_actions": _empty_actions(form, found),
        "clear_url": reverse("registry:directory"),
    }
    response = render(request, "registry/directory.html", context)
    _name_step(request, response, _url(form))
    return response


def _name_step(request: HttpRequest, response: HttpResponse, address: str) -> None:
    """Tell htmx the short address of this list; the same list again is no step of its own."""
    patch_vary_headers(response, ["HX-Request"])
    if "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers:
        shown = request.headers.get("HX-Current-URL", "").removeprefix(
            f"{request.scheme}://{request.get_host()}"
        )
        step = "HX-Replace-Url" if shown == address else "HX-Push-Url"
        response.headers[step] = address
        response.headers["Cache-Control"] = "no-store"  # a 304 would bring back an older step


def _rows(ids: Sequence[int], date: dt.date, viewer: Viewer) -> list[OfficerRow]:
    if not ids:
        return []
    officers = Officer.objects.visible_to(viewer).as_of(date).among(ids)
    by_id = {officer.pk: officer for officer in officers.listed()}
    return [officer_row(by_id[key], viewer) for key in ids if key in by_id]


def _place(form: DirectoryForm) -> str:
    region = form.regions.get(form.region_code)
    return region.name if region else ""


def _headline(form: DirectoryForm, found: Found) -> str:
    """The count in words: `28 petugas, Jawa Barat, keadaan per 31 Desember 2025`."""
    parts = [f"{format_number(found.total)} petugas", _place(form)]
    if form.text:
        parts.append(f"untuk “{form.text}”")
    if date := form.cleaned_data["per"]:
        parts.append(f"keadaan per {format_date(date)}")
    return ", ".join(filter(None, parts))


def _url(form: DirectoryForm, **changes: str | list[str]) -> str:
    query = form.query(**changes).urlencode()
    address = reverse("registry:directory")
    return f"{address}?{query}" if query else address


def _chips(form: DirectoryForm) -> list[Chip]:
    values = form.cleaned_data
    chips = []
    if form.text:
        chips.append(Chip(f"“{form.text}”", _url(form, q="", urut="")))
    if values["provinsi"]:
        label = form.regions[values["provinsi"]].name
        chips.append(Chip(label, _url(form, provinsi="", kabupaten="")))
    if values["kabupaten"]:
        chips.append(Chip(form.regions[values["kabupaten"]].name, _url(form, kabupaten="")))
    if values["tingkat"]:
        chips.append(Chip(Unit.Tier(values["tingkat"]).label, _url(form, tingkat="")))
    for name in ("jenjang", "status", "keahlian"):
        labels = dict(form.fields[name].choices)  # type: ignore[attr-defined]
        for code in values[name] or ():
            others = [other for other in values[name] if other != code]
            chips.append(Chip(str(labels[code]), _url(form, **{name: others})))
    if values["per"]:
        chips.append(Chip(f"Per {format_date(values['per'])}", _url(form, per="")))
    return chips


def _orders(form: DirectoryForm) -> list[tuple[str, str, bool]]:
    """The orders there are; the usual one has no value, so that it changes with the search."""
    usual = BEST_MATCH if form.text else "nama"
    orders = ({BEST_MATCH: "Paling cocok"} if form.text else {}) | ORDERS
    return [
        ("" if code == usual else code, label, code == form.order) for code, label in orders.items()
    ]


def _filters(form: DirectoryForm, found: Found) -> dict[str, list[Choice]]:
    """The choices of each filter with their counts; places and expertise only where there are any."""
    values = form.cleaned_data
    province = values["provinsi"] or (values["kabupaten"] or "")[:2]
    regions = form.regions.values()

    def counted(name: str, items: Iterable[tuple[str, str]], chosen: Any) -> list[Choice]:
        counts = found.facets.get(name, {})
        return [
            Choice(code, str(label), number, format_number(number), code in (chosen or ()))
            for code, label in items
            for number in (counts.get(code, 0),)
        ]

    return {
        "provinsi": counted(
            "provinsi", ((r.code, r.name) for r in regions if not r.province), [province]
        ),
        "kabupaten": counted(
            "kabupaten",
            ((r.code, r.name) for r in regions if r.province and r.province == province),
            [values["kabupaten"]],
        ),
        "tingkat": counted("tingkat", Unit.Tier.choices, [values["tingkat"]]),
        "jenjang": counted("jenjang", Jenjang.choices, values["jenjang"]),
        "status": counted("status", StatusRecord.Status.choices, values["status"]),
        "keahlian": counted(
            "keahlian",
            form.fields["keahlian"].choices,  # type: ignore[attr-defined]
            values["keahlian"],
        ),
    }


def _suggestions(form: DirectoryForm, date: dt.date, viewer: Viewer) -> list[Chip]:
    """The nearest names, where a search by name found nobody."""
    if not form.text:
        return []
    near = Officer.objects.visible_to(viewer).as_of(date).similar_names(form.text)[:3]
    address = reverse("registry:directory")
    return [Chip(o.name, f"{address}?{urlencode({'q': o.name})}") for o in near]


def _empty_actions(form: DirectoryForm, found: Found) -> list[tuple[str, str]]:
    actions = []
    province = form.regions.get((form.cleaned_data["kabupaten"] or "")[:2])
    around = found.facets.get("provinsi", {}).get(province.code, 0) if province else 0
    if province and around:
        label = f"Lihat seluruh {province.name} ({format_number(around)})"
        actions.append((label, _url(form, provinsi=province.code, kabupaten="")))
    if form.region_code and found.nationwide:
        label = f"Cari di seluruh Indonesia ({format_number(found.nationwide)})"
        actions.append((label, _url(form, provinsi="", kabupaten="")))
    actions.append(("Hapus semua saringan", reverse("registry:directory")))
    return actions
