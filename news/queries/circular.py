"""Which circulars someone may know of, who is asked to read them, and how far that has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from accounts import rules as account_rules
from news.queries.readers import reads_internal

if TYPE_CHECKING:
    import datetime as dt

    from news.queries.readers import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


def sees_whole_nation(user: Viewer) -> bool:
    """Redaksi, Admin Ditjen and the technical administrator: of them no row is kept back."""
    return account_rules.administers_nation(user) or account_rules.has_role(user, "redaksi")


class CircularQuerySet(models.QuerySet[_Row_co]):
    def published(self, at: dt.datetime | None = None) -> Self:
        """Those that stand at their address at that moment, by default now."""
        return self.filter(
            live__isnull=False, withdrawn_at__isnull=True, publish_from__lte=at or timezone.now()
        )

    def addressed_to(self, user: Viewer) -> Self:
        """The published ones in whose frozen audience somebody is."""
        if not reads_internal(user):
            return self.none()
        return self.published().filter(Exists(_own(user)))

    def visible_to(self, user: Viewer) -> Self:
        """Those to their audience and to those who may see how far reading has come."""
        if not reads_internal(user):
            return self.none()
        if sees_whole_nation(user):
            return self.published()
        seen = Q(Exists(_own(user)))
        if provinces := account_rules.provinces_administered(user):
            seen |= Q(Exists(_asked().filter(province_code__in=sorted(provinces))))
        return self.published().filter(seen)

    def followed_by(self, user: Viewer) -> Self:
        """Those whose progress somebody may see, withdrawn ones included: the proof outlives them."""
        begun = self.filter(live__isnull=False)
        if account_rules.has_role(user, "redaksi") or account_rules.is_superuser(user):
            return begun
        begun = begun.filter(publish_from__lte=timezone.now())
        if account_rules.administers_nation(user):
            return begun
        provinces = account_rules.provinces_administered(user)
        here = _asked().filter(province_code__in=sorted(provinces))
        return begun.filter(Exists(here)) if provinces else self.none()

    def unread_by(self, user: Viewer) -> Self:
        """After `addressed_to`: those that this person has yet to acknowledge."""
        return self.filter(Exists(_own(user).filter(acknowledged_at__isnull=True)))

    def with_own_moment(self, user: Viewer) -> Self:
        """Adds `own_moment`, when this person acknowledged it, and `is_asked`."""
        own = _own(user)
        return self.annotate(
            own_moment=models.Subquery(own.values("acknowledged_at")[:1]), is_asked=Exists(own)
        )

    def in_order(self) -> Self:
        return self.order_by("-publish_from", "-pk")

    def by_deadline(self) -> Self:
        """The nearest deadline first, those without one last."""
        return self.order_by(F("live__deadline").asc(nulls_last=True), "-publish_from", "-pk")

    def acknowledged_by(self, user: Viewer) -> Self:
        """After `with_own_moment`: those that this person has acknowledged, the latest first."""
        read = self.filter(Exists(_own(user).filter(acknowledged_at__isnull=False)))
        return read.order_by(F("own_moment").desc(), "-pk")

    def not_for(self, user: Viewer) -> Self:
        """Those whose audience this person is not in."""
        return self.exclude(Exists(_own(user)))

    def for_list(self) -> Self:
        """With the live version, without its text."""
        return self.select_related("live").defer("live__source", "live__html")

    def for_progress(self) -> Self:
        """With the live and the asking version, without their texts."""
        texts = [
            f"{name}__{column}" for name in ("live", "asking") for column in ("source", "html")
        ]
        return self.select_related("live", "asking").defer(*texts)

    def for_page(self) -> Self:
        """With the live version and its files in their order."""
        files: Any = apps.get_model("news", "CircularFile")._default_manager
        return self.select_related("live").prefetch_related(
            Prefetch("live__files", queryset=files.select_related("file"))
        )


class CircularVersionQuerySet(models.QuerySet[_Row_co]):
    def asking(self) -> Self:
        """Those whose audience a published circular asks now."""
        circulars = apps.get_model("news", "Circular")._default_manager
        return self.filter(pk__in=circulars.published().order_by().values("asking"))

    def untold(self) -> Self:
        return self.filter(told_at__isnull=True)

    def told_until(self, moment: dt.datetime) -> Self:
        return self.filter(told_at__lte=moment)

    def worked_on(self) -> Self:
        return self.filter(state__in=["draf", "telaah"])

    def for_row(self) -> Self:
        """Without their texts."""
        return self.select_related("circular", "saved_by").defer("source", "html")


class ReaderQuerySet(models.QuerySet[_Row_co]):
    def of_version(self, version_id: int | None) -> Self:
        return self.filter(version=version_id)

    def in_scope_of(self, user: Viewer) -> Self:
        """Of all the nation, of one's own provinces as they were frozen, or nobody."""
        if sees_whole_nation(user):
            return self.all()
        return self.filter(province_code__in=sorted(account_rules.provinces_administered(user)))

    def in_province(self, code: str) -> Self:
        """Of a province; "" for the centre and other agencies."""
        return self.filter(province_code=code)

    def waiting(self) -> Self:
        return self.filter(acknowledged_at__isnull=True)

    def done(self) -> Self:
        return self.filter(acknowledged_at__isnull=False)

    def in_order(self) -> Self:
        return self.order_by("position")

    def after(self, position: int) -> Self:
        """Those that come after a place: a page of a list begins where one ended."""
        return self.filter(position__gt=position)

    def per_province(self) -> list[tuple[str, int, int]]:
        """Province, how many were asked, how many have acknowledged."""
        rows = self.order_by("province_code").values_list("province_code")
        counted = rows.annotate(asked=Count("pk"), done=Count("acknowledged_at"))
        return [(code, asked, done) for code, asked, done in counted]

    def counts(self) -> tuple[int, int]:
        """How many were asked and how many of them have acknowledged."""
        found = self.aggregate(asked=Count("pk"), done=Count("acknowledged_at"))
        return found["asked"], found["done"]

    def to_remind(self, step: int, date: dt.date) -> Self:
        """Those of open accounts who have not acknowledged, were not reminded so often, still serve.

        Officers have to be in service on that date; others have to hold a role.
        """
        officers: Any = apps.get_model("registry", "Officer")._default_manager
        grants: Any = apps.get_model("accounts", "RoleGrant")._default_manager
        status = apps.get_model("registry", "StatusRecord")
        serving = officers.as_of(date).filter(
            pk=OuterRef("officer"), current_status__status__in=status.IN_SERVICE
        )
        holding = grants.active(date).filter(user=OuterRef("user"))
        return self.waiting().filter(
            Q(officer__isnull=False) & Q(Exists(serving.order_by()))
            | Q(officer__isnull=True) & Q(Exists(holding.order_by())),
            user__is_active=True,
            reminded__lt=step,
        )


def _own(user: Viewer) -> Any:
    return _asked().filter(user=user.pk)


def _asked() -> Any:
    """The readers of the version that a circular asks to read, inside a query over circulars."""
    readers = apps.get_model("news", "Reader")._default_manager.order_by()
    return readers.filter(version=OuterRef("asking"))
