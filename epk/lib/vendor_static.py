"""Static files of the browser: our own with site.css joined into one, and the few named ones of Bootstrap."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, FileSystemFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

JOINED_SHEET = "css/site.css"
IMPORT = re.compile(r'^@import "(?P<name>[^"]+)";$', re.MULTILINE)
VENDOR_WHEEL = "bootstrap-wrapper"
VENDOR_FOLDER = "bootstrap"
VENDOR_PREFIX = "vendor"
VENDOR_FILES = ("css/bootstrap.min.css", "css/bootstrap.min.css.map")


class JoiningStorage(FileSystemStorage):
    """Hands out `css/site.css` with the sheets it imports put in place of its @import lines."""

    def open(self, name: str, mode: str = "rb") -> File[Any]:
        if Path(name).as_posix() == JOINED_SHEET:
            return ContentFile(self.joined(), name=name)
        return super().open(name, mode)

    def joined(self) -> bytes:
        """The whole style sheet in the order that site.css lists."""
        folder = Path(self.path(JOINED_SHEET)).parent
        source = (folder / "site.css").read_text()
        return IMPORT.sub(lambda found: (folder / found["name"]).read_text(), source).encode()

    def get_modified_time(self, name: str) -> datetime:
        """A change in any part is a change of the whole, or collectstatic would skip it."""
        if Path(name).as_posix() != JOINED_SHEET:
            return super().get_modified_time(name)
        folder = Path(self.path(name)).parent
        return max(
            super(JoiningStorage, self).get_modified_time(
                part.relative_to(self.location).as_posix()
            )
            for part in folder.rglob("*.css")
        )


class SiteFinder(FileSystemFinder):
    """The project's static folder; collectstatic takes its files through `JoiningStorage`.

    `find` still answers with the file as written, whose @import lines a browser follows by itself:
    while developing and in tests nothing is built and every sheet shows under its own name.
    """

    def __init__(self, app_names: Sequence[str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(app_names, *args, **kwargs)
        for root, storage in list(self.storages.items()):
            if (Path(root) / JOINED_SHEET).exists():
                joining = JoiningStorage(location=root)
                joining.prefix = getattr(storage, "prefix", "")  # type: ignore[attr-defined]
                self.storages[root] = joining


class VendorFinder(BaseFinder):
    """Only the named files of the Bootstrap wheel, under `vendor/`; nothing of it is committed."""

    def __init__(self, _app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        folder = distribution(VENDOR_WHEEL).locate_file(VENDOR_FOLDER)
        self.storage = FileSystemStorage(location=str(folder))
        self.storage.prefix = VENDOR_PREFIX  # type: ignore[attr-defined]
        super().__init__(*args, **kwargs)

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        prefix, _, name = path.replace("\\", "/").partition("/")
        if prefix != VENDOR_PREFIX or name not in VENDOR_FILES:
            return []
        found = self.storage.path(name)
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in VENDOR_FILES:
            if not matches_patterns(name, list(ignore_patterns or [])):
                yield name, self.storage


def site_sheet() -> bytes:
    """The joined style sheet as collectstatic would store it: for measuring its weight."""
    return JoiningStorage(location=settings.STATICFILES_DIRS[0]).joined()
