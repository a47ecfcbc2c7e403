"""What editors type of a circular, what they decide about it, and what its lists are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from accounts.models import RoleGrant
from epk.lib.files import CheckedFile, check_document
from epk.lib.plain_text import PlainTextField
from news.actions.circulars import Files
from news.models import LONGEST_SOURCE, CircularVersion
from registry.models import Unit
from registry.models.terms import Jenjang

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Change = CircularVersion.Change
DAYS: Final = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
MOMENTS: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M"]
CHANGES: Final = [
    (Change.MINOR.value, "Perbaikan kecil: konfirmasi yang sudah ada tetap berlaku"),
    (Change.MAJOR.value, "Perubahan besar: semua diminta membaca lagi"),
]
ALL: Final = "Tanpa pilihan berarti semua."


def _checks(label: str, choices: Iterable[tuple[str, str]], help_text: str) -> Any:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
        error_messages={"invalid_choice": "Pilihan ini tidak dikenal; pilih dari daftar."},
    )


class DocumentField(forms.FileField):
    """One scan or PDF; the cleaned value is a checked file, or None."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        upload = super().clean(data, initial)
        return check_document(upload) if isinstance(upload, UploadedFile) else None


class CircularForm(forms.Form):
    """A version of a circular; `seen` is how often it had been saved when the form was loaded."""

    letter = PlainTextField(label="Nomor surat", max_length=80, required=False)
    title = PlainTextField(
        label="Judul", max_length=150, error_messages={"required": "Isi judulnya."}
    )
    summary = PlainTextField(
        label="Ringkasan",
        max_length=300,
        required=False,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = PlainTextField(
        label="Isi",
        lines=True,
        max_length=LONGEST_SOURCE,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Markdown: judul, daftar, tabel, tautan. Gambar disertakan sebagai lampiran.",
    )
    deadline = forms.DateField(
        label="Batas waktu membaca",
        required=False,
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Tanggal ini tidak dikenal; tulis seperti 31-12-2028."},
    )
    publish_from = forms.DateTimeField(
        label="Terbit mulai (WIB)",
        required=False,
        input_formats=MOMENTS,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Kosong berarti begitu disetujui editor kedua.",
        error_messages={"invalid": "Waktu ini tidak dikenal; tulis seperti 31-12-2028 08.30."},
    )
    roles = _checks(
        "Peran",
        RoleGrant.Role.choices,
        "Tanpa pilihan berarti Pengantar Kerja. Provinsi membatasi Admin Provinsi; tingkat unit dan"
        " jenjang hanya membatasi Pengantar Kerja.",
    )
    tiers = _checks("Tingkat unit", Unit.Tier.choices, ALL)
    jenjang = _checks("Jenjang", Jenjang.choices, ALL)
    provinces = _checks(
        "Provinsi", (), f"{ALL} Pusat dan lembaga tidak termasuk provinsi mana pun."
    )
    change = forms.ChoiceField(
        label="Jenis perubahan",
        choices=CHANGES,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu."},
        help_text="Editor kedua memastikan atau membetulkannya.",
    )
    note = PlainTextField(label="Catatan perubahan", max_length=300, required=False)
    removed = forms.TypedMultipleChoiceField(
        label="Lepas lampiran", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    added = DocumentField(label="Tambah lampiran", required=False, help_text="PDF, JPEG, atau PNG.")
    file_title = PlainTextField(label="Judul lampiran", max_length=150, required=False)
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        provinces: Iterable[tuple[str, str]],
        attached: Iterable[tuple[int, str]] = (),
        is_first: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["provinces"].choices = list(provinces)
        fields["removed"].choices = list(attached)
        for name in ("change", "note") if is_first else ("publish_from",):
            del fields[name]
        if not fields["removed"].choices:
            del fields["removed"]

    @property
    def values(self) -> dict[str, Any]:
        """What belongs to the version (and `publish_from`)."""
        apart = {"removed", "added", "file_title", "seen"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    @property
    def attachments(self) -> Files:
        asked = self.cleaned_data
        return Files(asked.get("added"), asked.get("file_title", ""), asked.get("removed", ()))

    @property
    def seen_edits(self) -> int:
        return self.cleaned_data.get("seen") or 0


class StepForm(forms.Form):
    """What is done with a version: which step, with what remark, about which state of it."""

    STEPS: Final = {
        "ajukan": "Ajukan untuk ditelaah",
        "ambil": "Ambil kembali dari telaah",
        "kembalikan": "Kembalikan untuk diperbaiki",
        "terbitkan": "Terbitkan",
        "batalkan": "Batalkan versi ini",
        "versi-baru": "Tulis versi baru",
        "tarik": "Tarik edaran",
    }
    step = forms.ChoiceField(
        choices=list(STEPS.items()),
        error_messages={
            "required": "Pilih tindakannya.",
            "invalid_choice": "Tindakan ini tidak dikenal; muat ulang halamannya.",
        },
    )
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    remark = PlainTextField(
        label="Yang perlu diperbaiki",
        lines=True,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    change = forms.ChoiceField(
        label="Jenis perubahan",
        choices=CHANGES,
        required=False,
        widget=forms.RadioSelect,
        help_text="Diusulkan penulis; betulkan bila perlu.",
    )


class AcknowledgeForm(forms.Form):
    """The version that the page showed."""

    version = forms.IntegerField(min_value=1, max_value=2**53, widget=forms.HiddenInput)


class ProgressForm(forms.Form):
    """Which readers: of which province, done or not, after which place. Junk is left out."""

    SHOWING: Final = {"": "Belum membaca", "sudah": "Sudah membaca"}
    NO_PROVINCE: Final = "pusat"
    provinsi = forms.RegexField(r"^([0-9]{2}|pusat)\Z", required=False)
    tampil = forms.ChoiceField(choices=list(SHOWING.items()), required=False)
    setelah = forms.IntegerField(min_value=0, max_value=2_000_000_000, required=False)

    def __init__(self, data: QueryDict | Mapping[str, str]) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def province(self) -> str | None:
        """The code, "" for the centre and other agencies, None for all."""
        found = self.cleaned_data.get("provinsi") or None
        return "" if found == self.NO_PROVINCE else found

    @property
    def is_done(self) -> bool:
        return self.cleaned_data.get("tampil") == "sudah"

    @property
    def after(self) -> int:
        return self.cleaned_data.get("setelah") or 0

    def query(self, **changed: str) -> str:
        """The parameters with these changed, as they stand in an address."""
        found = QueryDict(mutable=True)
        for name in ("provinsi", "tampil"):
            if value := changed.get(name, self.cleaned_data.get(name) or ""):
                found[name] = value
        if "setelah" in changed:
            found["setelah"] = changed["setelah"]
        return found.urlencode()
