"""Which accounts and role grants, in what order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from epk.lib.nip import clean_digits

if TYPE_CHECKING:
    from accounts.models import User

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class RoleGrantQuerySet(models.QuerySet[_Row_co]):
    def active(self, date: dt.date) -> Self:
        """Grants in force on that date; the last day (`valid_until`) counts."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=date), valid_from__lte=date
        )


# One statement, so that of a thousand tries at once each gets a number of its own. The clock is the
# database's. A window that was used up adds a strike, one that was not takes one off.
COUNT = """
INSERT INTO accounts_throttlecount AS kept (bucket, count, strikes, ends_at, expires_at)
SELECT %(bucket)s, 1, 0, now.t + %(window)s, now.t + %(window)s + %(memory)s
FROM (SELECT statement_timestamp() AS t) now
ON CONFLICT (bucket) DO UPDATE SET (count, strikes, ends_at, expires_at) = (
    SELECT LEAST(next.count, 1000000), next.strikes, next.ends_at, next.ends_at + %(memory)s
    FROM (
        SELECT kept.count + 1 AS count, kept.strikes AS strikes, kept.ends_at AS ends_at
        WHERE kept.ends_at > statement_timestamp()
        UNION ALL
        SELECT 1, begun.strikes,
            statement_timestamp() + LEAST(%(window)s * power(2, begun.strikes), %(longest)s)
        FROM (
            SELECT CASE
                WHEN kept.expires_at <= statement_timestamp() THEN 0
                WHEN kept.count >= %(most)s THEN LEAST(kept.strikes + 1, 12)
                ELSE GREATEST(kept.strikes - 1, 0)
            END::smallint AS strikes
        ) begun
        WHERE kept.ends_at <= statement_timestamp()
    ) next
)
RETURNING count, ceil(extract(epoch FROM ends_at - statement_timestamp()))::int
"""
REMEMBERED: Final = dt.timedelta(days=1)
"""How long after a window it is known that it was used up."""
SWEEP = """
DELETE FROM accounts_throttlecount WHERE bucket IN (
    SELECT bucket FROM accounts_throttlecount WHERE expires_at <= statement_timestamp()
    LIMIT 2000 FOR UPDATE SKIP LOCKED
)
"""


class ThrottleCountQuerySet(models.QuerySet[_Row_co]):
    def count_try(self, bucket: bytes, *, most: int, seconds: int, longest: int) -> tuple[int, int]:
        """Count a try; returns its number in the window and the seconds until that ends.

        With `longest` each window in which `most` was reached makes the next twice as long.
        """
        values: dict[str, Any] = {
            "bucket": bucket,
            "most": most,
            "window": dt.timedelta(seconds=seconds),
            "longest": dt.timedelta(seconds=max(longest, seconds)),
            "memory": REMEMBERED if longest else dt.timedelta(),
        }
        with connection.cursor() as cursor:
            cursor.execute(COUNT, values)
            count, rest = cursor.fetchone()
        return count, rest

    def release(self, *, own: Sequence[bytes], common: Sequence[bytes]) -> None:
        """Take back one try that is counted in these buckets; of `own` ones all are forgotten."""
        self.filter(bucket__in=own).delete()
        self.filter(bucket__in=common, count__gt=0).update(count=F("count") - 1)

    def sweep(self) -> None:
        """Remove what has run out, as far as nobody else is at it."""
        with connection.cursor() as cursor:
            cursor.execute(SWEEP)


class UserManager(BaseUserManager["User"]):
    """Creates accounts; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Without a password the account waits for its activation."""
        if not email:
            raise ValueError("an account needs an e-mail address")
        if password is not None:
            fields.setdefault("activated_at", timezone.now())
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, **(fields | _SUPERUSER))

    def named(self, name: str) -> User | None:
        """The account of an e-mail address or a NIP as people type them."""
        typed = name.strip()
        if not typed or "\0" in typed or not typed.isprintable():
            return None
        if "@" in typed:
            return self.filter(email=typed.lower()).first()
        return self.filter(nip=clean_digits(typed)).first()

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


_SUPERUSER = {"is_superuser": True}

OFFICER: Final = "pengantar_kerja"
OPEN_THE_ADMIN: Final = frozenset({"admin_ditjen", "admin_provinsi"})


@dataclass(frozen=True)
class Rights:
    """What a person may do now, before any question about a certain row."""

    roles: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    """The codes of the provinces that an Admin Provinsi looks after."""
    superuser: bool = False
    lacks_second_factor: bool = False
    """Holds a role that asks for a second factor and has none: until then that role is void."""

    @property
    def opens_admin(self) -> bool:
        return self.superuser or bool(self.roles & OPEN_THE_ADMIN)


def rights_of(user: User, date: dt.date) -> Rights:
    """The grants in force on a date, and the second factor that most of them ask for: one query.

    Every role but Pengantar Kerja is void without a second factor, unless this is a demo.
    """
    if not user.is_active:
        return Rights()
    grant: Any = apps.get_model("accounts", "RoleGrant")
    factor: Any = apps.get_model("mfa", "Authenticator")
    held = grant.objects.active(date).filter(user=OuterRef("pk"))
    factors = factor.objects.filter(user=OuterRef("pk"), type__in=["totp", "webauthn"])
    row = (
        type(user)
        .objects.filter(pk=user.pk)
        .values_list(
            ArraySubquery(held.values(data=JSONObject(role="role", province="province_code"))),
            Exists(factors),
        )
        .first()
    )
    grants, has_factor = row or ([], False)
    roles = frozenset(item["role"] for item in grants)
    asks = user.is_superuser or bool(roles - {OFFICER})
    if asks and not has_factor and not settings.DEMO:
        return Rights(roles=roles & {OFFICER}, lacks_second_factor=True)
    provinces = frozenset(item["province"] for item in grants if item["province"])
    return Rights(roles=roles, provinces=provinces, superuser=user.is_superuser)


def is_last_superuser(user: User) -> bool:
    """Whether this account is the only one left that is an active superuser."""
    active = type(user).objects.filter(is_superuser=True, is_active=True)
    return set(active.values_list("pk", flat=True)) == {user.pk}
