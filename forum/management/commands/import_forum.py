"""Read an exported forum into an empty one (docs/forum-export.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from epk.lib.text import format_number
from forum.exchange import FaultError, import_forum


class Command(BaseCommand):
    help = "Membaca ekspor forum ke forum yang kosong; semuanya, atau tidak sama sekali."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="BERKAS", help="Berkas dari export_forum.")
        parser.add_argument(
            "--tanpa-akun",
            action="store_true",
            help="Impor juga bila ada orang yang tidak punya akun di sini: tulisannya tetap "
            "dengan namanya, yang hanya miliknya ditinggalkan.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            report = import_forum(path, lenient=options["tanpa_akun"], progress=self.stdout.write)
        except FaultError as error:
            raise CommandError(f"{error} Tidak ada yang diimpor.") from None
        except (OSError, ValueError) as error:  # a name with NUL is a ValueError
            raise CommandError(f"Berkas “{path}” tidak dapat dibaca: {error}.") from None
        posts, topics = (format_number(report.saved[name]) for name in ("post", "topic"))
        self.stdout.write(f"Selesai: {topics} topik, {posts} tulisan. Hitungannya cocok.")
        if report.unknown:
            self.stdout.write(f"{len(report.unknown)} orang tidak punya akun di sini.")
        for name, count in report.left_out.items():
            self.stdout.write(f"  {name}: {format_number(count)} baris ditinggalkan")
        for name, count in report.emptied.items():
            self.stdout.write(f"  {name}: {format_number(count)} kali tanpa akun")
        if report.lost_files:
            self.stdout.write(
                f"{report.lost_files} lampiran sudah hilang berkasnya sebelum ekspor."
            )
