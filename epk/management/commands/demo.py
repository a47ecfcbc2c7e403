"""Fill an empty database with the demo cast, a register of fictitious officers, a forum and news."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from epk.lib.text import format_number
from forum.demo import fill_forum, fill_posts
from news.demo import fill_articles, fill_circulars, fill_events, fill_more_articles
from registry.demo.fill import DemoRefusedError, fill_demo
from registry.demo.plan import PUBLISHED_TOTAL
from registry.models import Officer, Unit

MOST_POSTS = 5_000_000
MOST_ARTICLES = 100_000


class Command(BaseCommand):
    help = "Mengisi basis data kosong dengan data peragaan; isinya selalu sama."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--officers",
            type=_number,
            default=PUBLISHED_TOTAL,
            metavar="N",
            help="Jumlah petugas (bawaan: 1051).",
        )
        parser.add_argument(
            "--posts",
            type=_number,
            default=0,
            metavar="N",
            help="Tulisan forum tambahan untuk uji beban (bawaan: 0).",
        )

        parser.add_argument(
            "--articles",
            type=_number,
            default=0,
            metavar="N",
            help="Artikel tambahan untuk uji beban (bawaan: 0).",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["posts"] > MOST_POSTS:
            raise CommandError(f"Paling banyak {format_number(MOST_POSTS)} tulisan.")
        if options["articles"] > MOST_ARTICLES:
            raise CommandError(f"Paling banyak {format_number(MOST_ARTICLES)} artikel.")
        try:
            filled = fill_demo(officers=options["officers"], on=today, progress=self._say)
        except DemoRefusedError as error:
            raise CommandError(str(error)) from None
        if not filled:
            self._say("Data peragaan sudah ada; tidak ada yang diubah.")
            return
        posts = fill_forum(on=today)
        articles = fill_articles(on=today)
        fill_circulars(on=today)
        fill_events(on=today)
        fill_more_articles(options["articles"], on=today)
        fill_posts(options["posts"], on=today, progress=self._say)
        officers = Officer.objects.filter(merged_into=None).count()
        self._say(
            f"Selesai: {format_number(officers)} petugas rekaan di "
            f"{format_number(Unit.objects.count())} unit kerja, "
            f"{format_number(posts + options['posts'])} tulisan di forum, dan "
            f"{format_number(articles + options['articles'])} artikel."
        )

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ArgumentTypeError(f"“{text[:20]}” bukan bilangan bulat tanpa tanda.")
    return int(text)
