"""Tell whose private data was shown or changed, which fields, and since when."""

from __future__ import annotations

import csv
import datetime as dt
import ipaddress
import os
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from epk.lib.csv_cells import safe_cell
from epk.lib.dates import format_datetime
from epk.lib.text import format_number
from registry.breach import Affected, affected
from registry.queries.access import Span

EARLIEST = 2018
HEADER = (
    "nomor register", "nama", "e-mail dinas", "data terlihat", "data diubah", "kali terlihat",
    "pertama", "terakhir", "dilihat oleh",
)  # fmt: skip


class Command(BaseCommand):
    help = (
        "Laporan untuk pemberitahuan kebocoran (UU 27/2022 Pasal 46): petugas mana, data apa, "
        "sejak kapan. Waktu tanpa zona dibaca sebagai WIB."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sejak", default="", metavar="WAKTU", help="2026-11-01T08:00; wajib.")
        parser.add_argument("--sampai", default="", metavar="WAKTU", help="Tanpa ini: sekarang.")
        parser.add_argument("--akun", default="", metavar="EMAIL", help="Hanya perbuatan akun ini.")
        parser.add_argument("--alamat", default="", metavar="IP", help="Hanya dari alamat ini.")
        parser.add_argument("--csv", default="", metavar="BERKAS", help="Tulis pula sebagai CSV.")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["sejak"]:
            raise CommandError("Sebutkan sejak kapan dengan --sejak, misalnya 2026-11-01T08:00.")
        since = _moment("--sejak", options["sejak"])
        until = _moment("--sampai", options["sampai"]) if options["sampai"] else None
        if until is not None and until <= since:
            raise CommandError("--sampai harus sesudah --sejak.")
        if since > timezone.now():
            raise CommandError("--sejak berada di masa depan.")
        account = _account(options["akun"]) if options["akun"] else None
        address = _address(options["alamat"]) if options["alamat"] else None
        people = affected(Span(since, until), account=account, address=address)
        for line in _report(people, since, until):
            self.stdout.write(line)
        if options["csv"]:
            _write(options["csv"], people)
            self.stdout.write(f"CSV ditulis ke {options['csv']} (hanya pemilik berkas membacanya).")


def _moment(name: str, text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text.strip())
        if found.tzinfo is None:
            found = timezone.make_aware(found, timezone.get_default_timezone())
        found.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise CommandError(f"{name} harus waktu seperti 2026-11-01T08:00.") from None
    if not EARLIEST <= found.year <= timezone.now().year + 1:
        raise CommandError(f"{name}: tahun {found.year} tidak masuk akal.")
    return found


def _account(text: str) -> User:
    email = text.strip().lower()
    found = None if "\0" in email else User.objects.filter(email=email).first()
    if found is None:
        raise CommandError("--akun: tidak ada akun dengan alamat e-mail itu.")
    return found


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        raise CommandError("--alamat harus alamat IP seperti 10.0.0.7.") from None


def _report(people: Sequence[Affected], since: dt.datetime, until: dt.datetime | None) -> list[str]:
    end = _shown(until or timezone.now())
    if not people:
        return [f"Tidak ada data pribadi yang terlihat atau diubah, {_shown(since)} – {end}."]
    lines = []
    for person in people:
        lines += [f"{person.register_number}  {person.name}"]
        if person.views:
            lines.append(f"    data terlihat : {person.data_shown} ({person.views} kali)")
            viewers = ", ".join(f"{name} ({count})" for name, count in person.viewers.items())
            lines.append(f"    dilihat oleh  : {viewers}")
        if person.changed:
            lines.append(f"    data diubah   : {person.data_changed}")
        lines.append(f"    waktu         : {_shown(person.first)} – {_shown(person.last)}")
        lines.append(f"    hubungi       : {person.office_email or 'lewat unit kerjanya'}")
    views = sum(person.views for person in people)
    changes = sum(sum(person.changed.values()) for person in people)
    reached = sum(bool(person.office_email) for person in people)
    return [
        *lines,
        "",
        f"Masa: {_shown(since)} – {end}",
        (
            f"Petugas yang terkena: {format_number(len(people))}; data terlihat "
            f"{format_number(views)} kali, perubahan {format_number(changes)}."
        ),
        (
            f"Dapat dihubungi lewat e-mail dinas: {format_number(reached)}; "
            f"lewat unit kerja: {format_number(len(people) - reached)}."
        ),
    ]


def _shown(moment: dt.datetime | None) -> str:
    return format_datetime(moment, timezone.get_current_timezone()) if moment else "–"


def _stamp(moment: dt.datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def _write(name: str, people: Sequence[Affected]) -> None:
    """A new file for its owner alone; an existing one is never overwritten."""
    try:
        path = Path(name)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError("--csv: berkas itu sudah ada; sebutkan nama lain.") from None
    except (OSError, ValueError):
        raise CommandError("--csv: berkas itu tidak dapat ditulis.") from None
    with os.fdopen(handle, "w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for person in people:
            cells = (
                person.register_number, person.name, person.office_email, person.data_shown,
                person.data_changed, person.views, _stamp(person.first), _stamp(person.last),
                "; ".join(person.viewers),
            )  # fmt: skip
            writer.writerow([safe_cell(cell) for cell in cells])
