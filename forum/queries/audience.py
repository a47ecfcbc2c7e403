"""Who of many people may read a topic: `visible_to` the other way round, in one question."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from forum.queries.topic import SEES_ALL

if TYPE_CHECKING:
    from forum.models import Topic

OFFICER = "pengantar_kerja"


def readers_among(topic: Topic, people: Collection[int]) -> set[int]:
    """Those of these accounts that may know of a topic now; it answers as `visible_to` does."""
    if not people:
        return set()
    user: Any = apps.get_model("accounts", "User")
    found = user.objects.filter(pk__in=people, is_active=True)
    return set(found.filter(_sees(topic)).values_list("pk", flat=True))


def readers_of(topic: Topic) -> QuerySet[Any]:
    """The accounts that may know of a topic now, as a condition for another question."""
    user: Any = apps.get_model("accounts", "User")
    found: QuerySet[Any] = user.objects.filter(_sees(topic), is_active=True).order_by()
    return found


def _sees(topic: Topic) -> Q:
    if topic.category is None:
        member: Any = apps.get_model("forum", "Member")._default_manager
        seats = member.filter(topic=topic.pk, left_at__isnull=True)
        return Q(pk__in=seats.order_by().values("user"))
    everything = _weighty(Q(is_superuser=True) | Q(Exists(_grants([SEES_ALL]))))
    readers = topic.category.readers
    reader = _weighty(Q(Exists(_grants([role for role in readers if role != OFFICER]))))
    if OFFICER in readers:
        reader |= Q(Exists(_grants([OFFICER])))
    if topic.hidden_at is not None:
        reader &= Q(pk=topic.author_id)
    return everything | reader


def _grants(roles: Collection[str]) -> QuerySet[Any]:
    grant: Any = apps.get_model("accounts", "RoleGrant")
    found: QuerySet[Any] = grant.objects.active(timezone.localdate()).order_by()
    return found.filter(user=OuterRef("pk"), role__in=sorted(roles))


def _weighty(condition: Q) -> Q:
    """With the second factor without which every role but the officer's is void."""
    if settings.DEMO:
        return condition
    factor: Any = apps.get_model("mfa", "Authenticator")
    factors = factor.objects.filter(user=OuterRef("pk"), type__in=["totp", "webauthn"])
    return condition & Q(Exists(factors))
