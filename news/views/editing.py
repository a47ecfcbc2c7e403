"""Writing an article: beginning one, its working version, and what is done with it by a button."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from epk.lib.methods import post_only
from news import presenters
from news.actions import articles as acts
from news.actions import link_checks, previewing, standing, uploads, versions
from news.forms import PREVIEW, SEND, ActForm, SettingsForm, TextForm
from news.models import Article, ArticleVersion
from news.rendering import rendered
from news.views.entrance import editors_only, person_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

    from accounts.models import User

PARTS: Final = (
    ("", "Artikel"),
    ("edaran", "Edaran"),
    ("kegiatan", "Kegiatan"),
    ("komentar", "Komentar"),
)
"""The sections of the desk; each asks for itself alone."""
SAVED: Final = "Draf tersimpan."
SENT: Final = "Diajukan; editor lain diberi tahu."
PASTED: Final = (
    "Isi yang ditempel dari pengolah kata diubah menjadi teks biasa; tidak ada kata yang hilang,"
    " tetapi periksalah bentuknya."
)
GONE: Final = (
    "Versi ini tidak sedang dikerjakan lagi. Salin tulisan Anda dari formulir di bawah, lalu tulis"
    " versi baru."
)
FILES_AGAIN: Final = "Gambar atau lampiran baru belum tersimpan; pilih lagi berkasnya."
DONE: Final = {
    "setujui": "Disetujui; artikel tampak begitu waktunya tiba.",
    "kembalikan": "Dikembalikan; penulisnya diberi tahu.",
    "tarik_ajuan": "Pengajuan ditarik; versi ini kembali menjadi draf.",
    "batalkan": "Versi ini dibatalkan; isinya tetap ada di riwayat.",
    "versi_baru": "Versi baru dibuat dari yang terakhir.",
    "pulihkan": "Versi lama disalin menjadi versi baru.",
    "tarik": "Artikel ditarik; alamatnya tidak dapat dibuka lagi.",
    "terbitkan_lagi": "Artikel terbit lagi.",
    "sematkan": "Artikel disematkan.",
    "lepas": "Sematan dilepas.",
    "buat_tautan": "Tautan pratinjau dibuat.",
    "cabut_tautan": "Tautan pratinjau dicabut.",
}


@never_cache
@require_safe
@editors_only
def editor(request: HttpRequest) -> HttpResponse:
    """What is due, what waits, what is being written: of the articles or of another part."""
    user, part = person_of(request), request.GET.get("bagian", "")
    found: dict[str, Any] = {"part": part, "parts": PARTS}
    if part == "edaran":
        found["circulars"] = presenters.circulars_for_editor(user)
    elif part == "kegiatan":
        found["rows"] = presenters.events_for_editor(user)
    elif part == "komentar":
        found["queue"] = presenters.comments_for_editor(user)
    else:
        found |= {"part": "", "desk": presenters.desk(user)}
    return render(request, "news/editor.html", found)


@never_cache
@post_only
@editors_only
def links_check(request: HttpRequest) -> HttpResponse:
    """Ask for a check of all links; the worker does it."""
    link_checks.ask_for_check(by=person_of(request))
    messages.success(request, "Tautan akan diperiksa; muat ulang halaman ini sebentar lagi.")
    return redirect("news:editor")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def article_new(request: HttpRequest) -> HttpResponse:
    """Begin an article; the first save gives it its address."""
    if request.method != "POST":
        return _writing(request, _Forms(TextForm(), SettingsForm()), key=uuid.uuid4())
    act = request.POST.get("aksi", "")
    forms = _Forms(TextForm(request.POST, request.FILES, act=act), SettingsForm(request.POST))
    key = _key(request)
    if not forms.are_valid():
        return _writing(request, forms, key=key)
    if request.POST.get("aksi") == PREVIEW:
        return _writing(request, forms, key=key, preview=_preview(forms.text, None))
    try:
        version = uploads.begin_with_uploads(
            values=forms.values, key=key, by=person_of(request), **_uploads(request, forms)
        )
    except ValidationError as error:
        _tell(forms.text, error)
        return _writing(request, forms, key=key)
    _say_saved(request, forms)
    return redirect("news:article_edit", article_id=version.article_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def article_edit(request: HttpRequest, article_id: int) -> HttpResponse:
    """The working version of an article, or what stands there and what can be done."""
    article = _article(article_id)
    version = article.versions.working().for_editor().first()
    if request.method != "POST":
        return _writing(request, _forms_for(article, version), article=article, version=version)
    if version is None:
        messages.error(request, GONE)
        forms = _Forms(TextForm(request.POST, request.FILES, article=article), None)
        return _writing(request, forms, article=article, version=None, status=409)
    forms = _sent_forms(request, article, version)
    if not forms.are_valid():
        return _writing(request, forms, article=article, version=version, seen=_seen(request))
    if request.POST.get("aksi") == PREVIEW:
        preview, seen = _preview(forms.text, article), _seen(request)
        return _writing(
            request, forms, article=article, version=version, preview=preview, seen=seen
        )
    try:
        uploads.save_with_uploads(
            version,
            values=forms.values,
            seen=_seen(request),
            by=person_of(request),
            **_uploads(request, forms),
        )
    except ValidationError as error:
        _tell(forms.text, error)
        stale = getattr(error, "code", "") == "stale"
        if stale and request.FILES:
            messages.warning(request, FILES_AGAIN)
        article = _article(article_id)
        now = article.versions.working().for_editor().first()
        conflict = presenters.conflict_with(article, forms.text.cleaned_data) if stale else None
        loaded = None if stale else _seen(request)
        return _writing(
            request, forms, article=article, version=now, conflict=conflict, seen=loaded
        )
    _say_saved(request, forms)
    return redirect("news:article_edit", article_id=article_id)


@never_cache
@post_only
@editors_only
def article_act(request: HttpRequest, article_id: int) -> HttpResponse:
    """What is done by one button; where it could not be done, the page says why."""
    article, form = _article(article_id), ActForm(request.POST)
    if form.is_valid():
        version = article.versions.working().for_editor().first()
        try:
            _act(form.cleaned_data, article, version, person_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, DONE[form.cleaned_data["aksi"]])
            return redirect("news:article_edit", article_id=article_id)
    article = _article(article_id)
    version = article.versions.working().for_editor().first()
    forms = _forms_for(article, version)
    return _writing(request, forms, article=article, version=version, act_form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def article_settings(request: HttpRequest, article_id: int) -> HttpResponse:
    """For whom and when; of a published article it takes effect at once."""
    article = _article(article_id)
    if article.live_id is None:
        return redirect("news:article_edit", article_id=article_id)
    form = SettingsForm(request.POST or None, article=article)
    mark = request.POST.get("seen", "") or standing.settings_mark(article)
    if request.method == "POST" and form.is_valid():
        try:
            standing.change_settings(article, values=form.values, seen=mark, by=person_of(request))
        except ValidationError as error:
            form.add_error(None, error)
            mark = standing.settings_mark(_article(article_id))
        else:
            messages.success(request, "Pengaturan tersimpan.")
            return redirect("news:article_edit", article_id=article_id)
    context = {"form": form, "article": article, "seen": mark}
    return render(request, "news/article_settings.html", context)


@dataclass(frozen=True)
class _Forms:
    """The text, and before an article is live the settings with it."""

    text: TextForm
    settings: SettingsForm | None

    def are_valid(self) -> bool:
        found = [form.is_valid() for form in (self.text, self.settings) if form is not None]
        return all(found)

    @property
    def values(self) -> dict[str, Any]:
        return self.text.values | (self.settings.values if self.settings else {})


def _article(article_id: int) -> Article:
    rows = Article.objects.prefetch_related("gallery", "categories")
    return get_object_or_404(rows, pk=article_id)


def _forms_for(article: Article, version: ArticleVersion | None) -> _Forms:
    if version is None:
        return _Forms(TextForm(), None)
    text = TextForm(article=article, version=version, initial=TextForm.values_of(version))
    return _Forms(text, None if article.live_id else SettingsForm(article=article))


def _sent_forms(request: HttpRequest, article: Article, version: ArticleVersion) -> _Forms:
    act = request.POST.get("aksi", "")
    text = TextForm(request.POST, request.FILES, article=article, version=version, act=act)
    settings = None if article.live_id else SettingsForm(request.POST, article=article)
    return _Forms(text, settings)


def _uploads(request: HttpRequest, forms: _Forms) -> dict[str, Any]:
    """What came along with what was typed, and whether it is to be sent."""
    asked = forms.text.cleaned_data
    picture = asked.get("picture")
    return {
        "picture": uploads.Upload(
            picture,
            alt=asked["picture_alt"],
            credit=asked.get("picture_credit") or "",
            is_cover=bool(asked.get("picture_is_cover")),
        )
        if picture
        else None,
        "file": (asked["file"], asked.get("file_title") or "") if asked.get("file") else None,
        "sends": request.POST.get("aksi") == SEND,
    }


def _say_saved(request: HttpRequest, forms: _Forms) -> None:
    if forms.text.was_pasted:
        messages.warning(request, PASTED)
    messages.success(request, SENT if request.POST.get("aksi") == SEND else SAVED)


def _act(
    asked: dict[str, Any], article: Article, version: ArticleVersion | None, by: User
) -> object:
    act, words, number = asked["aksi"], asked["words"], asked["number"] or 0
    seen = asked["seen"] or 0
    with_article: dict[str, Callable[[], object]] = {
        "versi_baru": lambda: acts.begin_version(article, by=by),
        "pulihkan": lambda: acts.begin_version(article, by=by, like=number),
        "tarik": lambda: standing.withdraw_article(article, reason=words, by=by),
        "terbitkan_lagi": lambda: standing.republish_article(article, by=by),
        "sematkan": lambda: standing.pin_article(article, by=by),
        "lepas": lambda: standing.unpin_article(article, by=by),
        "buat_tautan": lambda: previewing.make_preview_link(article, days=number, by=by),
        "cabut_tautan": lambda: previewing.revoke_preview_link(article, link=number, by=by),
    }
    if act in with_article:
        return with_article[act]()
    if version is None:
        raise ValidationError(versions.NOT_WORKING, code="state")
    with_version: dict[str, Callable[[], object]] = {
        "setujui": lambda: acts.approve_article(version, seen=seen, by=by),
        "kembalikan": lambda: acts.send_article_back(version, remark=words, seen=seen, by=by),
        "tarik_ajuan": lambda: versions.take_back(version, by=by),
        "batalkan": lambda: versions.drop(version, by=by),
    }
    return with_version[act]()


def _writing(request: HttpRequest, forms: _Forms, **context: Any) -> HttpResponse:
    """The page around the forms. `seen` is what they were loaded from; None is what is there now."""
    article, version = context.get("article"), context.get("version")
    seen, status = context.pop("seen", None), context.pop("status", 200)
    if seen is None:
        seen = version.edits if version else 0
    page = presenters.edit_page(article, version, person_of(request)) if article else None
    context |= {"form": forms.text, "settings": forms.settings, "page": page, "seen": seen}
    return render(request, "news/article_edit.html", context, status=status)


def _preview(form: TextForm, article: Article | None) -> SafeString:
    pictures = {row.pk: row for row in article.gallery.all()} if article else {}
    return mark_safe(rendered(form.cleaned_data["source"], pictures))  # noqa: S308  (cleaned there)


def _tell(form: Form, error: ValidationError) -> None:
    """To the fields it names, or above all of them."""
    if hasattr(error, "error_dict"):
        form.add_error(None, error)
    else:
        field = "note" if getattr(error, "code", "") == "note" and "note" in form.fields else None
        form.add_error(field, error)


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
