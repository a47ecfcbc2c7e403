"""Accounts and role grants: who may enter, and as what."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.queries import (
    Rights,
    RoleGrantQuerySet,
    ThrottleCountQuerySet,
    UserManager,
    rights_of,
)
from epk.lib import history
from epk.lib.text import short_name

# One at a time, and each sees what the one before has done; the sentence is for whoever types SQL.
LAST_SUPERUSER_STAYS = """
    IF TG_OP = 'UPDATE' AND NEW.is_superuser AND NEW.is_active THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('accounts.last_superuser'));
    IF NOT EXISTS (
        SELECT FROM accounts_user WHERE is_superuser AND is_active AND id <> OLD.id
    ) THEN
        RAISE EXCEPTION 'the last active superuser stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'last_superuser_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


@history.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who may log in, with e-mail or NIP. What they may do is in their role grants."""

    email = models.EmailField("alamat e-mail", unique=True)
    nip = models.CharField("NIP", max_length=18, unique=True, null=True, blank=True)
    name = models.CharField("nama", max_length=150)
    is_active = models.BooleanField("aktif", default=True)
    date_joined = models.DateTimeField("terdaftar sejak", default=timezone.now, editable=False)
    invited_at = models.DateTimeField("diundang", null=True, blank=True, editable=False)
    activated_at = models.DateTimeField("aktif sejak", null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "akun"
        verbose_name_plural = "akun"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_in_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(nip__isnull=True) | Q(nip__regex=r"^[0-9]{18}$"),
                name="user_nip_has_18_digits",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="last_superuser_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.is_superuser AND OLD.is_active"),
                func=LAST_SUPERUSER_STAYS,
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """The name as it fits the masthead: `Siti Wulandari` becomes `Siti W.`."""
        return short_name(self.name)

    @cached_property
    def rights(self) -> Rights:
        """What this person may do today: one query a request, asked for by `accounts.rules`."""
        return rights_of(self, timezone.localdate())

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin opens: a consequence of the grants, never a switch of its own."""
        return self.rights.opens_admin


class EmailChange(models.Model):
    """A new address that both mailboxes have yet to confirm. Gone once it is done or given up.

    Not tracked: the change itself stands in the history of the account.
    """

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="email_change", verbose_name="akun"
    )
    old_email = models.EmailField("alamat lama")
    new_email = models.EmailField("alamat baru")
    key = models.CharField("kunci tautan", max_length=32)
    asked_at = models.DateTimeField("diminta", default=timezone.now)
    old_confirmed_at = models.DateTimeField("disetujui dari alamat lama", null=True, blank=True)
    new_confirmed_at = models.DateTimeField("disetujui dari alamat baru", null=True, blank=True)

    class Meta:
        verbose_name = "perubahan alamat e-mail"
        verbose_name_plural = "perubahan alamat e-mail"

    def __str__(self) -> str:
        return f"{self.user_id}, {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_complete(self) -> bool:
        return self.old_confirmed_at is not None and self.new_confirmed_at is not None


@history.track()
class RoleGrant(models.Model):
    """A role given to a person, for the nation or one province, from a day until a day."""

    class Role(models.TextChoices):
        PENGANTAR_KERJA = "pengantar_kerja", "Pengantar Kerja"
        ADMIN_PROVINSI = "admin_provinsi", "Admin Provinsi"
        ADMIN_DITJEN = "admin_ditjen", "Admin Ditjen"
        REDAKSI = "redaksi", "Redaksi"
        MODERATOR = "moderator", "Moderator"
        PEMBINA = "pembina", "Pembina"

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="grants", verbose_name="akun"
    )
    role = models.CharField("peran", max_length=20, choices=Role)
    province_code = models.CharField(
        "provinsi",
        max_length=2,
        blank=True,
        help_text="Kode dua angka; kosong berarti seluruh Indonesia.",
    )
    valid_from = models.DateField("berlaku sejak", default=timezone.localdate)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    given_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants_given",
        verbose_name="diberikan oleh",
    )
    reason = models.CharField("alasan", max_length=300, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "peran"
        verbose_name_plural = "peran"
        ordering = ["user", "role", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(role="admin_provinsi", province_code__regex=r"^[0-9]{2}$")
                    | (~Q(role="admin_provinsi") & Q(province_code=""))
                ),
                name="grant_scope_fits_its_role",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="grant_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "province_code", "valid_from"],
                name="grant_given_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        scope = self.province_code or "nasional"
        return f"{self.get_role_display()} ({scope})"

    def is_in_force(self, date: dt.date) -> bool:
        """As `RoleGrantQuerySet.active`, for a grant already read."""
        begun = self.valid_from <= date
        return begun and (self.valid_until is None or self.valid_until >= date)


class ThrottleCount(models.Model):
    """Tries in the running window of one bucket. The table is UNLOGGED: a crash may empty it.

    A bucket is a keyed digest of what is counted; no name, NIP or address stands here.
    """

    bucket = models.BinaryField(primary_key=True, max_length=32)
    count = models.IntegerField()
    strikes = models.SmallIntegerField(help_text="Windows used up, one after the other.")
    ends_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = ThrottleCountQuerySet.as_manager()

    class Meta:
        verbose_name = "hitungan percobaan"
        verbose_name_plural = "hitungan percobaan"

    def __str__(self) -> str:
        return f"{bytes(self.bucket).hex()[:8]}: {self.count}"
