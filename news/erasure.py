"""Taking a person out of the news board: what they wrote for it stays, under no name."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from news.models import ArticleVersion, PreviewLink

if TYPE_CHECKING:
    from accounts.models import User


def forget_reader(user: User, values: Collection[str]) -> None:  # noqa: ARG001  (every app is asked with them)
    """Articles speak for the ministry and stay; the names of writer and editor go.

    In the caller's transaction. UU 27/2022 (PDP), articles 8 and 43.
    """
    ArticleVersion.objects.filter(writer=user).update(writer_name="")
    ArticleVersion.objects.filter(reviewer=user).update(reviewer_name="")
    PreviewLink.objects.filter(created_by=user).delete()
