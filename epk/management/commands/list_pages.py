"""Print every address of the portal and whom it is for, as the table of docs/operations.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from epk.page_classes import as_markdown

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "operations.md"
BEGIN, END = "<!-- list_pages: begin -->\n", "<!-- list_pages: end -->\n"


class Command(BaseCommand):
    help = "Prints the table of all pages, with methods and audience, in Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write", action="store_true", help=f"put it into {DOCUMENT.name} instead"
        )

    def handle(self, *_args: Any, write: bool = False, **_options: Any) -> None:
        if not write:
            self.stdout.write(as_markdown(), ending="")
            return
        text = DOCUMENT.read_text(encoding="utf-8")
        if BEGIN not in text or END not in text:
            raise CommandError(f"{DOCUMENT} has no marks for the table.")
        before, after = text.partition(BEGIN)[0], text.partition(END)[2]
        DOCUMENT.write_text(f"{before}{BEGIN}{as_markdown()}{END}{after}", encoding="utf-8")
