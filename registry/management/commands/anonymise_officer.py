"""Remove the personal data of one officer from rows, history and files, for good."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from accounts.rules import administers_nation
from epk.lib.dates import format_datetime
from epk.lib.plain_text import refuse_hidden
from registry.erasure import Erased, anonymise_officer, is_anonymous
from registry.models import Anonymisation, Officer

LONGEST_REASON = 300


class Command(BaseCommand):
    help = (
        "Menghapus data pribadi seorang petugas dari catatan, riwayat, dan berkas. "
        "Tidak dapat dibatalkan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="NOMOR", help="Nomor register, misalnya PK-000123.")
        parser.add_argument("--alasan", default="", help="Mengapa; wajib, dan tercatat.")
        parser.add_argument(
            "--oleh", default="", metavar="EMAIL", help="Akun Admin Ditjen yang melakukannya."
        )
        parser.add_argument("--ya", action="store_true", help="Tanpa pertanyaan lagi.")

    def handle(self, *_args: Any, **options: Any) -> None:
        officer = _officer(options["number"])
        reason = _reason(options["alasan"])
        by = _account(options["oleh"])
        if is_anonymous(officer):
            self._say(_done_before(officer))
            return
        if not options["ya"]:
            self._ask(officer)
        try:
            erased = anonymise_officer(officer, by=by, reason=reason)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        if erased is None:
            self._say(_done_before(officer))
            return
        for line in _report(officer, erased):
            self._say(line)

    def _ask(self, officer: Officer) -> None:
        self._say(
            f"Data pribadi {officer.register_number} ({officer.full_name}) akan dihapus dari "
            "catatan, riwayat, dan berkas. Ini tidak dapat dibatalkan."
        )
        try:
            answer = input(f"Ketik {officer.register_number} untuk melanjutkan: ")
        except EOFError:
            answer = ""
        if answer.strip().upper() != officer.register_number:
            raise CommandError("Dibatalkan; tidak ada yang diubah.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)


def _officer(text: str) -> Officer:
    number = text.strip().upper()
    found = None if "\0" in number else Officer.objects.numbered(number).first()
    if found is None:
        raise CommandError("Tidak ada petugas dengan nomor register itu; tulis seperti PK-000123.")
    if found.merged_into is not None:
        raise CommandError(
            f"{number} digabung ke {found.merged_into.register_number}; anonimkan nomor itu, "
            "catatan ini ikut."
        )
    return found


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise CommandError("Tulis alasannya dengan --alasan; alasan tercatat.")
    if len(reason) > LONGEST_REASON:
        raise CommandError(f"Alasan terlalu panjang; paling banyak {LONGEST_REASON} huruf.")
    try:
        refuse_hidden(reason)
    except ValidationError as refused:
        raise CommandError(" ".join(refused.messages)) from None
    return reason


def _account(text: str) -> User:
    email = text.strip().lower()
    if not email:
        raise CommandError("Sebutkan akun yang melakukannya dengan --oleh.")
    found = None if "\0" in email else User.objects.filter(email=email, is_active=True).first()
    if found is None or not administers_nation(found):
        raise CommandError("Akun --oleh harus akun Admin Ditjen yang aktif.")
    return found


def _done_before(officer: Officer) -> str:
    done = Anonymisation.objects.filter(register_number=officer.register_number).first()
    when = ""
    if done is not None:
        when = f" pada {format_datetime(done.done_at, timezone.get_current_timezone())}"
    return f"{officer.register_number} sudah dianonimkan{when}; tidak ada yang diubah."


def _report(officer: Officer, erased: Erased) -> list[str]:
    more = f" (dengan {erased.records - 1} catatan gabungan)" if erased.records > 1 else ""
    lines = [
        f"Selesai: {officer.register_number}{more} dianonimkan, {erased.files} berkas dihapus."
    ]
    if erased.remaining:
        lines.append(
            "Nama, NIP, e-mail, atau telepon pribadinya masih terbaca di tempat berikut. "
            "Periksa apakah itu orang yang sama (nama dapat dimiliki orang lain):"
        )
        lines += [f"  {item.table}.{item.column}: {item.rows} baris" for item in erased.remaining]
    return lines
