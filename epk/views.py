"""Pages that belong to no single app: home, style guide, theme, error pages."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import is_officer, opens_admin
from epk import mail_preview, personal_data
from epk import style_guide as guide
from epk.context_processors import THEMES, site
from epk.health import database_is_away
from epk.lib import security_log, zones
from epk.lib.text import greeting
from news.presenters import circular_card, latest_rows
from registry.figures import home_figures
from registry.models import Officer

if TYPE_CHECKING:
    from accounts.models import User

ONE_YEAR = 60 * 60 * 24 * 365
LONGEST_RETURN_ADDRESS = 2_000
ROWS_OF_A_SECTION = 50


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search first, then what the register holds and the news; for those logged in with a greeting."""
    context: dict[str, Any] = {"figures": home_figures(), "news": latest_rows(request.user)}
    if request.user.is_authenticated:
        now = timezone.localtime(timezone=zones.viewers_zone())
        context |= {"greeting": greeting(now.hour), "today": now.date()}
        context["own"] = _has_record(request)
        context["circular_card"] = circular_card(request.user)
    return render(request, "epk/home.html", context)


@never_cache
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """Data saya: everything held about the person who asks; of long sections the newest rows."""
    parts = personal_data.parts_of(_person(request))
    context = {
        "parts": [part for part in parts if not part.is_bare],
        "bare": [part.section for part in parts if part.is_bare],
        "has_record": any(part.section.key == "petugas" and part.rows for part in parts),
    }
    return render(request, "epk/own_data.html", context)


@never_cache
@require_safe
def own_data_section(request: HttpRequest, section: str) -> HttpResponse:
    """One long section of Data saya, a page at a time."""
    found = personal_data.long_section(_person(request), section)
    if found is None:
        raise Http404
    page = Paginator(found.entries(), ROWS_OF_A_SECTION).get_page(request.GET.get("halaman"))
    rows = found.rows(list(page.object_list))
    context = {"section": found, "page": page, "rows": rows, "query": QueryDict()}
    return render(request, "epk/own_data_section.html", context)


@never_cache
@require_safe
def own_data_json(request: HttpRequest) -> HttpResponse:
    """The same as a file, whole (docs/data-saya.md)."""
    text = json.dumps(
        personal_data.copy_for(_person(request), timezone.now()),
        ensure_ascii=False,
        indent=2,
        cls=DjangoJSONEncoder,
    )
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return response


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom, why, for how long, and how to have it corrected."""
    return render(request, "epk/privacy.html", {"contact": settings.PRIVACY_CONTACT})


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build pages."""
    _require_staff(request)
    return render(request, "epk/style_guide.html", guide.examples())


@require_safe
def mail_samples(request: HttpRequest) -> HttpResponse:
    """Every mail that the portal sends, for those who write them."""
    _require_staff(request)
    previews = [mail_preview.preview(sample) for sample in mail_preview.samples()]
    trail = [("Gaya", reverse("style_guide"))]
    return render(request, "epk/mail_samples.html", {"previews": previews, "trail": trail})


@require_safe
def mail_sample(request: HttpRequest, app: str, name: str) -> HttpResponse:
    """One mail with made-up values: headers, text, and the way to its HTML."""
    _require_staff(request)
    context = {
        "preview": _preview(app, name),
        "trail": [("Gaya", reverse("style_guide")), ("Surat", reverse("mail_samples"))],
    }
    return render(request, "epk/mail_sample.html", context)


@require_safe
def mail_sample_html(request: HttpRequest, app: str, name: str) -> HttpResponse:
    """The HTML of that mail and nothing around it; `?lebar=sempit` as wide as on a phone."""
    _require_staff(request)
    html = _preview(app, name).html
    narrow = request.GET.get("lebar") == "sempit"
    return HttpResponse(mail_preview.on_a_phone(html) if narrow else html)


# Exempt from the CSRF check: it changes a colour and nothing else, and the token would put a
# cookie on every public page, which could then no longer be cached.
@csrf_exempt
@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark, or (anything else) to follow the system; then back to the page."""
    back = request.POST.get("kembali", "")
    usable = (
        back.startswith("/")
        and len(back) <= LONGEST_RETURN_ADDRESS
        and url_has_allowed_host_and_scheme(
            back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
    )
    response = HttpResponseRedirect(back if usable else reverse("home"))
    chosen = request.POST.get("tema", "")
    if chosen in THEMES:
        response.set_cookie(
            settings.THEME_COOKIE_NAME,
            chosen,
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(settings.THEME_COOKIE_NAME, samesite="Lax")
    return response


@login_not_required
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages."""
    closed = (
        reverse("admin:index"), "/akun/", reverse("notifications:inbox"), reverse("style_guide"),
        reverse("theme"),
    )  # fmt: skip
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400: the address or the data could not be read. Nothing of the request is trusted here."""
    return HttpResponse(_bare(request, "400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: the page exists, this person may not."""
    _log(request, "forbidden")
    return HttpResponse(_page(request, "403.html"), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that was open too long, or came from elsewhere."""
    _log(request, "csrf_failure", reason=reason)
    return HttpResponse(_page(request, "403_csrf.html"), status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: there is no such page, or this person may not know of it."""
    return HttpResponse(_page(request, "404.html"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Neither user nor database is asked, for one of them may be the cause.

    Every error ends here, those of sessions and logins included, so here it is seen whether the
    database is merely away; the next request tries it again.
    """
    if database_is_away(sys.exc_info()[1]):
        return service_unavailable(request)
    return HttpResponse(_bare(request, "500.html"), status=500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """503 while the database is away; asks clients to come back in half a minute."""
    headers = {"Retry-After": "30", "Cache-Control": "no-store"}
    return HttpResponse(_bare(request, "503.html"), status=503, headers=headers)


def _require_staff(request: HttpRequest) -> None:
    if not opens_admin(request.user):
        raise PermissionDenied


def _preview(app: str, name: str) -> mail_preview.Preview:
    sample = mail_preview.sample_named(app, name)
    if sample is None:
        raise Http404
    return mail_preview.preview(sample)


def _person(request: HttpRequest) -> User:
    """Pages are closed unless they say otherwise, so whoever comes here is logged in."""
    return cast("User", request.user)


def _has_record(request: HttpRequest) -> bool:
    """Whether a record of the register is theirs: officers have one, and the retired may."""
    person = _person(request)
    if person.rights.roles:
        return is_officer(person)
    return Officer.objects.of_account(person).exists()


def _log(request: HttpRequest, name: str, **facts: str) -> None:
    """Into the log of security, with the account where that can be known."""
    try:
        security_log.event(name, request, getattr(request, "user", None), **facts)
    except (DatabaseError, InterfaceError):
        security_log.event(name, request, **facts)


def _page(request: HttpRequest, template: str) -> str:
    """An error page that shows who is logged in, as long as that can be known."""
    try:
        return render_to_string(template, request=request)
    except (DatabaseError, InterfaceError):
        return _bare(request, template)


def _bare(request: HttpRequest, template: str) -> str:
    """An error page that needs neither user, session nor database."""
    context: dict[str, Any] = {"bare": True, **site(request)}
    return render_to_string(template, context)
