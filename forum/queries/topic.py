"""Which categories and topics someone may see: the one answer for every way out of the forum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, JSONObject
from django.utils import timezone

from forum.queries.citation import citations_of

if TYPE_CHECKING:
    from typing import TypeAlias

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Viewer: TypeAlias = User | AnonymousUser

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)
ANSWERS: Final = ("accepted", "verification__post")
SEES_ALL: Final = "moderator"
ORDER_BY: Final = {"": "last_posted_at", "terima-kasih": "thanks_count"}


def roles_of(user: Viewer) -> frozenset[str]:
    return user.rights.roles if user.is_authenticated else frozenset()


def sees_all(user: Viewer) -> bool:
    """Moderators, and the technical administrator, see every category and what is hidden."""
    return user.is_authenticated and (user.rights.superuser or SEES_ALL in user.rights.roles)


class CategoryQuerySet(models.QuerySet[_Row_co]):
    def for_index(self, user: User) -> Self:
        """With `is_unread` (something was written since one has read there) and `my_stance`."""
        topics = _rows("Topic").filter(
            category=OuterRef("pk"), merged_into__isnull=True, hidden_at__isnull=True
        )
        fresh = topics.with_marks(user).unread_by(user)
        return self.annotate(is_unread=Exists(fresh), my_stance=_category_stance(user))

    def visible_to(self, user: Viewer) -> Self:
        """Those whose readers include a role of this person."""
        return self.open_to(user, "readers")

    def startable_by(self, user: Viewer) -> Self:
        """Those in which this person may begin a topic."""
        return self.open_to(user, "starters").in_use(user)

    def open_to(self, user: Viewer, column: str) -> Self:
        if sees_all(user):
            return self.all()
        return self.filter(**{f"{column}__overlap": sorted(roles_of(user))})

    def in_use(self, user: Viewer) -> Self:
        """Not archived; moderators write in archived ones, too."""
        return self.all() if sees_all(user) else self.filter(archived_at__isnull=True)


class TopicQuerySet(models.QuerySet[_Row_co]):
    def visible_to(self, user: Viewer) -> Self:
        """The topics that somebody may know of, by page, list, count, search, feed, mail, quote.

        Topics of the categories they read; consultations in which they have a seat. What a
        moderator has hidden is for moderators and its author. A merged topic, which has kept its
        title and leads on to another, is nothing to those who may not see the other.
        """
        if not user.is_authenticated:
            return self.none()
        there = _rows("Topic").filter(seen_by(user), pk=OuterRef("merged_into"))
        return self.filter(
            seen_by(user), Q(merged_into__isnull=True) | Q(Exists(there.values("pk")))
        )

    def listed(self) -> Self:
        """Without those that lead to another topic."""
        return self.filter(merged_into__isnull=True)

    def public(self) -> Self:
        """Without consultations: what lists of categories are made of."""
        return self.filter(category__isnull=False)

    def for_feed(self) -> Self:
        """What goes out to programs: nothing private, hidden or merged, not even to moderators."""
        return self.public().listed().filter(hidden_at__isnull=True).in_order("")

    def for_list(self) -> Self:
        return self.select_related("category", "verification")

    def for_page(self) -> Self:
        return self.select_related("category", "verification", "accepted")

    def for_reader(self, user: User) -> Self:
        """With all that the page of a topic asks about its reader, in the same query.

        Adds `my_mark`, `my_stance`, `my_metoo`, `my_draft` (source and key), `suspended_until` and
        `basis` (what its verification cites, as `citations_of` says).
        """
        place = Concat(Value("balas-"), Cast(OuterRef("pk"), models.TextField()))
        draft = _rows("Draft").filter(user=user, place=place)
        ban = _rows("Suspension").in_force(timezone.now()).filter(person=user)
        heavy = [f"{post}__{part}" for post in ANSWERS for part in ("source", "html", "search")]
        rows = self.for_page().select_related("verification__post").defer(*heavy)
        return rows.annotate(
            basis=citations_of("verification"),
            my_mark=_of_reader("ReadMark", user, "last_number"),
            my_stance=_of_reader("TopicFollow", user, "stance"),
            my_metoo=Exists(_rows("MeToo").filter(topic=OuterRef("pk"), user=user)),
            my_draft=Subquery(draft.values(data=JSONObject(source="source", key="key"))[:1]),
            suspended_until=Subquery(ban.order_by("-ends_at").values("ends_at")[:1]),
        )

    def with_marks(self, user: User) -> Self:
        """With `my_mark`, `my_stance` and `read_at` (of the category): what a list says of its reader."""
        read = _rows("CategoryRead").filter(user=user, category=OuterRef("category"))
        return self.annotate(
            my_mark=_of_reader("ReadMark", user, "last_number"),
            my_stance=_of_reader("TopicFollow", user, "stance"),
            read_at=Subquery(read.values("read_at")[:1]),
        )

    def with_author_number(self) -> Self:
        """With `author_number`, by which the first post chooses the colour of its author."""
        first = _rows("Post").filter(topic=OuterRef("pk"), number=1)
        return self.annotate(author_number=Subquery(first.values("author_number")[:1]))

    def unanswered(self) -> Self:
        """Questions with neither an accepted nor a verified answer."""
        return self.filter(kind="pertanyaan", accepted__isnull=True, verification__isnull=True)

    def unverified(self) -> Self:
        """Questions with an accepted answer that no Pembina has vouched for."""
        return self.filter(kind="pertanyaan", accepted__isnull=False, verification__isnull=True)

    def with_part_of(self, user: User) -> Self:
        """Those that somebody began or wrote in, or follows."""
        followed = _rows("TopicFollow").filter(user=user, stance="ikut").values("topic")
        return self.filter(pk__in=followed)

    def unread_by(self, user: User) -> Self:
        """After `with_marks`: with posts since the watermark of the topic, else of its category.

        What was there before the account was counts as read; what is muted does not count.
        """
        joined = Value(user.date_joined)
        since = Greatest(Coalesce(F("read_at"), joined), joined)
        never = Q(my_mark__isnull=True, last_posted_at__gt=since)
        heard = Q(my_stance__isnull=True) | ~Q(my_stance="bisu")
        return self.filter(heard & (never | Q(last_number__gt=F("my_mark"))))

    def in_order(self, order: str) -> Self:
        column = ORDER_BY[order]
        return self.order_by(f"-{column}", "-pk")

    def after(self, order: str, value: Any, topic_id: int) -> Self:
        """Those that come after a place in that order: a page of a list begins where one ended."""
        place = Tuple(F(ORDER_BY[order]), F("pk"))
        return self.filter(TupleLessThan(place, (value, topic_id)))


def seen_by(user: User, prefix: str = "") -> Q:
    """The condition of `TopicQuerySet.visible_to`, for rows that reach the topic by `prefix`."""
    member: Any = apps.get_model("forum", "Member")._default_manager
    seat = member.filter(topic=OuterRef(f"{prefix}pk"), user=user, left_at__isnull=True)
    private = Q(**{f"{prefix}category__isnull": True}) & Q(Exists(seat))
    if sees_all(user):
        return Q(**{f"{prefix}category__isnull": False}) | private
    category: Any = apps.get_model("forum", "Category")._default_manager
    readable = category.visible_to(user).order_by().values("pk")
    shown = Q(**{f"{prefix}hidden_at__isnull": True}) | Q(**{f"{prefix}author": user})
    return (Q(**{f"{prefix}category__in": readable}) & shown) | private


def _rows(name: str) -> Any:
    return apps.get_model("forum", name)._default_manager.order_by()


def _of_reader(model: str, user: User, column: str) -> Subquery:
    rows = _rows(model).filter(user=user, topic=OuterRef("pk"))
    return Subquery(rows.values(column)[:1])


def _category_stance(user: User) -> Subquery:
    rows = _rows("CategoryFollow").filter(user=user, category=OuterRef("pk"))
    return Subquery(rows.values("stance")[:1])
