"""Index and render anew every post that an older version of the portal has written, or all."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from forum.actions.indexing import index_everything


class Command(BaseCommand):
    help = "Mengindeks dan menampilkan ulang tulisan forum dari versi lama portal; aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--semua", action="store_true", help="juga yang sudah ditulis oleh versi ini"
        )

    def handle(self, *_args: Any, semua: bool, **_options: Any) -> None:
        done = 0
        for done in index_everything(only_old=not semua):
            self.stdout.write(f"{done} tulisan …")
        self.stdout.write(f"Selesai: {done} tulisan.")
