"""How long what the public leaves with a comment is kept; each night what has run out goes."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from news import links
from news.models import Comment

KEPT: Final = dt.timedelta(days=30)
"""After an editor's decision: time to ask for a comment to be taken away, from the same mailbox."""
UNCONFIRMED: Final = dt.timedelta(days=links.DAYS)


@transaction.atomic
def forget_ended() -> tuple[int, int]:
    """How many comments were deleted, and how many addresses of others.

    Those that nobody confirmed go with their link, refused ones 30 days after the decision. Of the
    others the address goes then; name and text stay below the article.
    """
    now = timezone.now()
    gone = Comment.objects.unconfirmed_since(now - UNCONFIRMED).delete()[0]
    gone += Comment.objects.refused_before(now - KEPT).delete()[0]
    return gone, Comment.objects.with_stale_address(now - KEPT).update(email="")
