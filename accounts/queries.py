"""Which accounts and role grants, in what order."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class RoleGrantQuerySet(models.QuerySet[_Row_co]):
    def active(self, date: dt.date) -> Self:
        """Grants in force on that date; the last day (`valid_until`) counts."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=date), valid_from__lte=date
        )


class UserManager(BaseUserManager["User"]):
    """Creates accounts; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, **(fields | _SUPERUSER))

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


_SUPERUSER = {"is_staff": True, "is_superuser": True}
