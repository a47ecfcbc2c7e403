"""Index every post of the forum anew, and render those of an older renderer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from forum.actions.indexing import index_everything


class Command(BaseCommand):
    help = "Mengindeks semua tulisan forum dan menampilkan ulang yang dari penampil lama; aman diulang."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = 0
        for done in index_everything():
            self.stdout.write(f"{done} tulisan …")
        self.stdout.write(f"Selesai: {done} tulisan.")
