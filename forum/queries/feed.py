"""Whose key that is, and what their feed holds."""

from __future__ import annotations

from typing import Final, Self, TypeVar

from django.db import models

from epk.lib.digests import keyed_digest

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)

PURPOSE: Final = "forum.feed"


class FeedKeyQuerySet(models.QuerySet[_Row_co]):
    def of_text(self, key: str) -> Self:
        """The row of a key as it stands in an address, if its account is open."""
        return self.filter(digest=digest_of(key), user__is_active=True).select_related("user")


def digest_of(key: str) -> bytes:
    return keyed_digest(PURPOSE, key)
