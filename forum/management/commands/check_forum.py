"""Recount everything the forum keeps count of; ends with an error where something differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from epk.lib.text import format_number
from forum.models import Post, Topic
from forum.recount import differences


class Command(BaseCommand):
    help = "Menghitung ulang forum: nomor, balasan, terima kasih, jawaban, batas baca."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = 0
        for difference in differences():
            found += difference.count
            self.stdout.write(f"{difference.what}: {difference.count} baris")
            for number, stands, right in difference.rows:
                self.stdout.write(f"  baris {number}: tercatat {stands}, seharusnya {right}")
        if found:
            raise CommandError(f"Forum tidak cocok dengan hitungannya di {found} tempat.")
        topics, posts = format_number(Topic.objects.count()), format_number(Post.objects.count())
        self.stdout.write(f"Forum cocok: {topics} topik, {posts} tulisan.")
