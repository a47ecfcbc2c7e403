"""The text of an article with its pictures and files, and for whom and when it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from epk.lib import zones
from epk.lib.files import CheckedFile, CheckedPicture, check_document, check_picture
from epk.lib.pasted_text import without_pasted_html
from epk.lib.plain_text import PlainTextField
from news.forms.moments import MomentField, moment_of, name_of, wall_clock, zone_named
from news.models import LONGEST_SOURCE, WIDTHS, Article, ArticleVersion, Category

if TYPE_CHECKING:
    import datetime as dt

PREVIEW, SEND = "pratinjau", "ajukan"
"""What the buttons say, besides saving."""
NO_TITLE: Final = "Tulis judulnya."
NO_ALT: Final = "Tulis apa yang tampak di gambar, untuk yang tidak melihatnya."
NO_PICTURE: Final = "Pilih gambarnya; penjelasannya sudah ada."
NO_NOTE: Final = "Tulis apa yang berubah dari versi yang terbit."
ENDS_FIRST: Final = "Akhir terbit harus setelah mulai terbit."
TOO_LONG: Final = "Isinya terlalu panjang: paling banyak {most} huruf."
MOMENTS: Final = ("publish_from", "publish_until", "comments_until")


def _text(rows: int, **kwargs: Any) -> PlainTextField:
    attrs = {"rows": rows, "dir": "auto"}
    return PlainTextField(lines=True, required=False, widget=forms.Textarea(attrs=attrs), **kwargs)


class TextForm(forms.Form):
    """A version: words, cover, a new picture, a new file, and which files stay."""

    title = PlainTextField(label="Judul", max_length=150, error_messages={"required": NO_TITLE})
    summary = _text(
        2, label="Ringkasan", max_length=300, help_text="Satu atau dua kalimat, tampil di daftar."
    )
    source = _text(
        16, label="Isi", max_length=LONGEST_SOURCE, strip=False, help_text="Ditulis dalam Markdown."
    )
    cover = forms.TypedChoiceField(
        label="Gambar sampul", coerce=int, empty_value=None, required=False
    )
    kept_files = forms.TypedMultipleChoiceField(
        label="Lampiran yang tetap ada",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    picture = forms.FileField(
        label="Gambar baru",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        help_text="JPEG, PNG, atau WebP, paling besar 10 MB.",
    )
    picture_alt = PlainTextField(
        label="Teks pengganti gambar baru",
        max_length=250,
        required=False,
        help_text="Apa yang tampak di gambar, untuk yang tidak melihatnya; wajib.",
    )
    picture_credit = PlainTextField(label="Sumber gambar baru", max_length=120, required=False)
    picture_is_cover = forms.BooleanField(label="Jadikan sampul", required=False)
    file = forms.FileField(
        label="Lampiran baru",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text="PDF sampai 50 halaman, JPEG, atau PNG, paling besar 10 MB.",
    )
    file_title = PlainTextField(label="Judul lampiran baru", max_length=150, required=False)
    change = forms.ChoiceField(
        label="Jenis perubahan",
        choices=[
            ("kecil", "Perbaikan kecil: tidak diberitahukan lagi"),
            ("besar", "Perubahan besar: petugas diberi tahu lagi"),
        ],
        initial="kecil",
        widget=forms.RadioSelect,
    )
    note = PlainTextField(
        label="Catatan perubahan",
        max_length=300,
        required=False,
        help_text="Dibaca siapa saja yang membaca artikel ini.",
    )

    def __init__(
        self,
        *args: Any,
        article: Article | None = None,
        version: ArticleVersion | None = None,
        act: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sends, self.previews = act == SEND, act == PREVIEW
        self.was_pasted = False
        self.is_later = article is not None and article.live_id is not None
        if article is None:
            del self.fields["cover"], self.fields["kept_files"]
        if version is not None:
            self._offer(version)
        if not self.is_later:
            del self.fields["change"], self.fields["note"]

    def _offer(self, version: ArticleVersion) -> None:
        fields: dict[str, Any] = self.fields
        pictures = sorted(version.article.gallery.all(), key=lambda picture: picture.pk)
        fields["cover"].choices = [("", "Tanpa sampul"), *((row.pk, row.alt) for row in pictures)]
        if not pictures:
            del fields["cover"]
        files = [(row.pk, row.title or row.file.original_name) for row in version.files.all()]
        fields["kept_files"].choices = files
        if not files:
            del fields["kept_files"]

    @staticmethod
    def values_of(version: ArticleVersion) -> dict[str, Any]:
        """What the form shows of a version."""
        return {
            "title": version.title,
            "summary": version.summary,
            "source": version.source,
            "cover": version.cover_id,
            "kept_files": [row.pk for row in version.files.all()],
            "change": version.change or "kecil",
            "note": version.note,
        }

    def clean_source(self) -> str:
        """What was pasted from a word processor becomes Markdown, and the page says so."""
        source, self.was_pasted = without_pasted_html(self.cleaned_data["source"] or "")
        if len(source) > LONGEST_SOURCE:
            raise ValidationError(TOO_LONG.format(most=LONGEST_SOURCE), code="max_length")
        return source

    def clean_picture(self) -> CheckedPicture | None:
        upload = self.cleaned_data.get("picture")
        return check_picture(upload, WIDTHS) if isinstance(upload, UploadedFile) else None

    def clean_file(self) -> CheckedFile | None:
        upload = self.cleaned_data.get("file")
        return check_document(upload) if isinstance(upload, UploadedFile) else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.previews:
            self._demand_both(data)
        if self.sends and self.is_later and not (data.get("note") or "").strip():
            self.add_error("note", ValidationError(NO_NOTE, code="required"))
        return data

    def _demand_both(self, data: dict[str, Any]) -> None:
        """A picture and what it shows; a preview stores neither, and the browser forgets the file."""
        picture, alt = data.get("picture"), (data.get("picture_alt") or "").strip()
        if picture is not None and not alt and "picture_alt" not in self.errors:
            self.add_error("picture_alt", ValidationError(NO_ALT, code="required"))
        if alt and picture is None and "picture" not in self.errors:
            self.add_error("picture", ValidationError(NO_PICTURE, code="required"))

    @property
    def values(self) -> dict[str, Any]:
        """Without the uploads."""
        names = ("title", "summary", "source", "cover", "change", "note")
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if "kept_files" in self.fields:
            found["kept_files"] = self.cleaned_data["kept_files"]
        return found


class SettingsForm(forms.Form):
    """For whom, under which subjects, from when to when, and how long with comments."""

    kind = forms.ChoiceField(label="Jenis", choices=Article.Kind.choices)
    audience = forms.ChoiceField(label="Pembaca", choices=Article.Audience.choices)
    categories = forms.ModelMultipleChoiceField(
        label="Kategori",
        queryset=Category.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    publish_from = MomentField(label="Terbit mulai")
    publish_until = MomentField(label="Terbit sampai")
    comments_open = forms.BooleanField(label="Komentar dibuka", required=False)
    comments_until = MomentField(label="Komentar sampai")
    zone = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *args: Any, article: Article | None = None, **kwargs: Any
    ) -> None:
        self.article = article
        self.clock = zone_named(str((data or {}).get("zone", "")), zones.viewers_zone())
        kwargs.setdefault("initial", self._values())
        super().__init__(data, *args, **kwargs)
        zone = self.zone_words
        self.fields[
            "publish_from"
        ].help_text = (
            f"Waktu {zone}. Kosong: begitu disetujui; sampai saat itu tidak tampak bagi siapa pun."
        )
        self.fields["publish_until"].help_text = f"Waktu {zone}. Kosong: tanpa batas."
        self.fields["comments_until"].help_text = f"Waktu {zone}. Kosong: tanpa batas."

    @property
    def zone_words(self) -> str:
        """WIB, WITA or WIT."""
        return timezone.now().astimezone(self.clock).tzname() or ""

    def _values(self) -> dict[str, Any]:
        article = self.article or Article()
        moments = {name: wall_clock(getattr(article, name), self.clock) for name in MOMENTS}
        subjects = [row.pk for row in article.categories.all()] if article.pk else []
        return {
            "kind": article.kind,
            "audience": article.audience,
            "categories": subjects,
            "comments_open": article.comments_open,
            "zone": name_of(self.clock),
            **moments,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in MOMENTS:
            if name in self.errors:
                continue
            stored: dt.datetime | None = getattr(self.article, name, None)
            try:
                data[name] = moment_of(data.get(name), self.clock, stored)
            except ValidationError as error:
                self.add_error(name, error)
        start, end = data.get("publish_from"), data.get("publish_until")
        if start and end and "publish_until" not in self.errors and end <= start:
            self.add_error("publish_until", ValidationError(ENDS_FIRST, code="order"))
        return data

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "zone"}
