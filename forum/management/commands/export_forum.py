"""Write the whole forum to a new file of JSON lines (docs/forum-export.md)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from epk.lib.text import format_number
from forum.exchange import export_forum, json_schema


class Command(BaseCommand):
    help = "Menulis seluruh forum ke satu berkas baru (JSON per baris), dari satu saat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="BERKAS", help="Berkas baru.")
        parser.add_argument(
            "--skema", action="store_true", help="Cetak JSON Schema formatnya saja."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["skema"]:
            self.stdout.write(json.dumps(json_schema(), indent=2, ensure_ascii=False))
            return
        path: Path | None = options["file"]
        if path is None:
            raise CommandError("Sebutkan berkas yang akan ditulis.")
        try:
            report = export_forum(path, progress=self.stdout.write)
        except FileExistsError as error:
            there = error.filename or path  # also what an export that was killed has left
            raise CommandError(f"Berkas “{there}” sudah ada.") from None
        except (OSError, ValueError) as error:  # a name with NUL is a ValueError
            raise CommandError(f"Berkas “{path}” tidak dapat ditulis: {error}.") from None
        counts = report.counts
        posts, topics = format_number(counts["post"]), format_number(counts["topic"])
        self.stdout.write(f"Selesai: {topics} topik, {posts} tulisan di “{path}”.")
        self.stdout.write("Berkas ini memuat konsultasi pribadi dan draf; simpan seperti cadangan.")
        if report.lost:
            self.stderr.write(f"{report.lost} lampiran tidak lagi ada berkasnya; isinya kosong.")
