"""Puts the bytes of attachments in their place, and takes them back if the import fails."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from django.core.files.base import ContentFile

from forum.exchange.lines import FaultError


class Files:
    """As a context: what was written in it is removed again where it ends with an error."""

    def __init__(self) -> None:
        self.new: list[tuple[Any, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            for storage, name in self.new:
                storage.delete(name)

    def keep(self, stored: Any, content: bytes, number: int) -> None:
        """Under the name it had; where a file is there already, it has to be the same."""
        storage, name = stored.storage, stored.name
        if storage.exists(name):
            with storage.open(name, "rb") as there:
                if there.read() != content:
                    raise FaultError(f"berkas {name} sudah ada dengan isi lain", line=number)
            return
        written = storage.save(name, ContentFile(content))
        self.new.append((storage, written))
        if written != name:
            raise FaultError(f"berkas {name} tidak dapat disimpan", line=number)
