"""Write anew what the search of the news reads."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from news.actions.indexing import index_everything


class Command(BaseCommand):
    help = "Mengindeks ulang semua artikel untuk pencarian; aman diulang."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = 0
        for done in index_everything():
            self.stdout.write(f"{done} artikel …")
        self.stdout.write(f"Selesai: {done} artikel.")
