"""Which posts, drafts and attachments, and which slice of a topic."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import JSONObject

from forum.queries.topic import seen_by, sees_all

if TYPE_CHECKING:
    from accounts.models import User
    from forum.queries.topic import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class PostQuerySet(models.QuerySet[_Row_co]):
    def visible_to(self, user: Viewer) -> Self:
        """Posts of the topics that somebody may see, tombstones included.

        Whether the *text* of a tombstone is theirs to read is asked of `forum.rules.can_read_post`.
        """
        if not user.is_authenticated:
            return self.none()
        return self.filter(seen_by(user, "topic__"))

    def to_moderate(self, user: Viewer) -> Self:
        """As `visible_to`; for moderators also what was reported in consultations, and no more.

        A post of a consultation is theirs while a report waits, and as long as they hide it.
        """
        if not user.is_authenticated or not sees_all(user):
            return self.visible_to(user)
        reports = apps.get_model("forum", "Report")._default_manager.order_by()
        of_this = reports.filter(post=OuterRef("pk"))
        waits = Q(Exists(of_this.filter(closed_at__isnull=True)))
        hidden = Q(state="sembunyi") & Q(Exists(of_this))
        return self.filter(seen_by(user, "topic__") | waits | hidden)

    def reported(self) -> Self:
        """Those with open reports, the one that waits longest first; `waits_since`, `report_count`."""
        waiting = Q(reports__closed_at__isnull=True)
        return (
            self.filter(waiting, reports__isnull=False)
            .annotate(
                waits_since=Min("reports__created_at", filter=waiting),
                report_count=Count("reports", filter=waiting),
            )
            .order_by("waits_since", "pk")
        )

    def waiting_after(self, since: dt.datetime, post_id: int) -> Self:
        """After `reported`: those that come behind one in that order."""
        return self.filter(Q(waits_since__gt=since) | Q(waits_since=since, pk__gt=post_id))

    def shown(self) -> Self:
        """Those whose text everyone reads who may see the topic."""
        return self.filter(state="tampil")

    def numbered(self, first: int, last: int) -> Self:
        """A page of a topic by the numbers of its posts: as fast at the end as at the beginning."""
        return self.filter(number__gte=first, number__lte=last).order_by("number")

    def numbered_with(self, first: int, last: int, also: int) -> Self:
        """As `numbered`, with one more post wherever it stands, from the same index."""
        return self.filter(number__in=[*range(first, last + 1), also]).order_by("number")

    def newest_of(self, topics: models.QuerySet[Any], most: int) -> Self:
        """The newest shown posts of these topics, which come in the order of their last post.

        They are looked for among the last numbers of the topics written in last, so neither a long
        topic nor a long list costs more; only very many tombstones there make them fewer.
        """
        last = F("topic__last_number") - most
        rows = self.shown().filter(topic__in=topics.values("pk")[: 2 * most], number__gt=last)
        return rows.order_by("-created_at", "-pk")[:most]

    def for_reader(self, user: User) -> Self:
        """Without what a page does not show; with `thanked` (by this reader) and `files`."""
        thanks = apps.get_model("forum", "Thanks")._default_manager.order_by()
        attachment = apps.get_model("forum", "Attachment")._default_manager
        hung = attachment.filter(post=OuterRef("pk")).order_by("uploaded_at", "pk")
        return self.defer("source", "search").annotate(
            thanked=Exists(thanks.filter(post=OuterRef("pk"), user=user)),
            files=ArraySubquery(
                hung.values(data=JSONObject(id="pk", name="original_name", size="size"))
            ),
        )


class DraftQuerySet(models.QuerySet[_Row_co]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)


class AttachmentQuerySet(models.QuerySet[_Row_co]):
    def visible_to(self, user: Viewer) -> Self:
        """Of posts whose text somebody may read, and of their own drafts.

        As the text: a hidden post for its author and moderators, a post of a consultation for
        moderators as long as it is theirs to decide on.
        """
        if not user.is_authenticated:
            return self.none()
        state = Q(post__state="tampil") | Q(post__state="sembunyi", post__author=user)
        of_a_post = state & seen_by(user, "post__topic__")
        if sees_all(user):
            posts = apps.get_model("forum", "Post")._default_manager.order_by()
            of_a_post = Q(post__in=posts.to_moderate(user).values("pk"))
        return self.filter(of_a_post | Q(draft__user=user))
