"""Examples for /gaya/: one set of made-up values for every component in every state."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.messages import constants as message_levels
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import QueryDict

from epk.lib.history_words import Entry, Happening, Line
from epk.lib.personal_data import Item, Row
from epk.lib.text import AVATAR_COLOURS

SWATCHES = {
    "Dasar": ("paper", "card", "line", "ink", "ink-2", "input-border", "neutral-soft"),
    "Laut: tindakan": ("link", "button", "laut", "laut-soft", "laut-ink", "masthead", "footer"),
    "Kunyit: perhatian": ("kunyit", "kunyit-soft", "kunyit-ink"),
    "Daun: diterima": ("daun", "daun-soft", "daun-ink"),
    "Bata: ditolak": ("bata", "bata-soft", "bata-ink"),
}


class ExampleForm(forms.Form):
    """Every kind of field that the portal's forms use."""

    name = forms.CharField(label="Nama tanpa gelar", help_text="Seperti tertulis pada SK.")
    since = forms.DateField(label="Terhitung mulai tanggal", widget=forms.DateInput)
    province = forms.ChoiceField(
        label="Provinsi", choices=[("", "Semua"), ("32", "Jawa Barat")], required=False
    )
    reason = forms.CharField(label="Alasan", widget=forms.Textarea(attrs={"rows": 3}))
    jenjang = forms.MultipleChoiceField(
        label="Jenjang",
        choices=[("ahli_pertama", "Ahli Pertama"), ("ahli_muda", "Ahli Muda")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    status = forms.ChoiceField(
        label="Status",
        choices=[("aktif", "Aktif"), ("pensiun", "Pensiun")],
        widget=forms.RadioSelect,
        required=False,
    )
    photo_public = forms.BooleanField(label="Foto boleh dilihat publik", required=False)
    letter = forms.FileField(label="Berkas SK", required=False)


def examples() -> dict[str, Any]:
    """The context of the style guide."""
    page = Paginator(range(1_051), 25).page(3)
    form = ExampleForm(
        {"salah-since": "31 Februari 2024", "salah-reason": "Kenaikan jenjang"},
        prefix="salah",
    )
    return {
        "swatches": SWATCHES,
        "avatars": [("SW", 0), ("AT", 1), ("NK", 2), ("MF", 3), ("YR", 4), ("BS", 5)],
        "avatar_colours": AVATAR_COLOURS,
        "badges": [
            ("Aktif", "daun", "check"),
            ("Saat ini", "kunyit", ""),
            ("Ditolak", "bata", ""),
            ("Pembina", "laut", ""),
            ("12 balasan", "netral", ""),
        ],
        "pairs": [
            ("Jenjang", "Ahli Muda, TMT 1 April 2022"),
            ("Unit kerja", "Bidang Penempatan Tenaga Kerja, Disnaker Kab. Indramayu"),
            ("Telepon dinas", ""),
        ],
        "events": [
            {
                "title": "Disnaker Kab. Indramayu",
                "text": "Pengantar Kerja Ahli Muda",
                "meta": "1 April 2022 – sekarang",
                "badge": "Saat ini",
                "badge_kind": "kunyit",
                "current": True,
            },
            {"title": "Disnaker Kab. Indramayu", "meta": "1 Maret 2018 – 31 Maret 2022"},
            {
                "title": "Disnakertrans Prov. Jawa Barat",
                "meta": "1 Januari 2015 – 28 Februari 2018",
            },
        ],
        "trail": [("Direktori", "#remah"), ("Jawa Barat", "#remah"), ("Kab. Indramayu", "")],
        "page": page,
        "first_page": Paginator(range(28), 25).page(1),
        "only_page": Paginator(range(6), 25).page(1),
        "query": QueryDict("provinsi=32"),
        "officers": _officers(),
        "personal_rows": [
            Row([Item("waktu", "Mulai", day, day), Item("alamat", "Alamat jaringan", ip, ip)])
            for day, ip in (("7 Mei 2018, 09.30 WIB", "10.0.0.7"), ("4 Mei 2018, 13.05 WIB", "–"))
        ],
        "history_entry": _history_entry(),
        "actions": [("Hapus saringan", "#kosong"), ("Cari di seluruh Indonesia", "#kosong")],
        "message": Message(message_levels.INFO, "Anda sudah keluar."),
        "form": ExampleForm(),
        "wrong_form": form,
    }


def _history_entry() -> Entry:
    lines = [
        Line("Telepon dinas", "0234-271000", "0234-271234"),
        Line("Tentang petugas", "kosong", "Melayani calon pekerja migran."),
    ]
    change = Happening("Petugas", "diubah", "", lines, changed=True)
    return Entry("7 Mei 2018, 09.30 WIB", "Siti Wulandari", "Pemutakhiran kontak", [change])


def _officers() -> list[SimpleNamespace]:
    def row(name: str, initials: str, colour: int, meta: str, region: str) -> SimpleNamespace:
        return SimpleNamespace(
            url="#petugas",
            name=name,
            initials=initials,
            colour=colour,
            photo_url="",
            meta=meta,
            badge="",
            badge_kind="",
            tags=["Bimbingan jabatan", "PMI"],
            region=region,
        )

    retired = row("Joko Santoso", "JS", 4, "Ahli Madya", "Jawa Tengah")
    retired.badge, retired.badge_kind, retired.tags = "Pensiun", "netral", []
    return [
        row("Siti Wulandari, S.Psi.", "SW", 0, "Ahli Muda · Disnaker Kab. Indramayu", "Jawa Barat"),
        row(
            "Ni Luh Ayu Kartika Pradnyaparamitha Dewi, S.E., M.M.",
            "ND",
            2,
            "Ahli Pertama · Dinas Perindustrian dan Tenaga Kerja Kabupaten Badung",
            "Bali",
        ),
        retired,
    ]
