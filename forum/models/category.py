"""Categories: what is talked about where, and who may read, start and reply there."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import RoleGrant
from epk.lib import history
from forum.queries import CategoryQuerySet

Role = RoleGrant.Role
MEMBERS = (Role.PENGANTAR_KERJA, Role.ADMIN_DITJEN, Role.MODERATOR, Role.PEMBINA)
"""The roles that have a seat in the forum at all, in the order of the choices."""


def all_members() -> list[str]:
    return [role.value for role in MEMBERS]


def _roles(label: str) -> ArrayField[list[str], list[str]]:
    choice = models.CharField(max_length=20, choices=[(role.value, role.label) for role in MEMBERS])
    return ArrayField(choice, default=all_members, blank=True, verbose_name=label)


@history.track()
class Category(models.Model):
    """One subject of the forum: data of the Ditjen, not code.

    Moderators read and write in every category, archived ones included.
    """

    slug = models.SlugField("alamat", max_length=60, unique=True)
    name = models.CharField("nama", max_length=80, unique=True)
    description = models.CharField("uraian", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("urutan", default=0)
    readers = _roles("boleh membaca")
    starters = _roles("boleh memulai topik")
    repliers = _roles("boleh membalas")
    archived_at = models.DateTimeField(
        "diarsipkan", null=True, blank=True, help_text="Masih dibaca, tidak lagi ditulisi."
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = "kategori"
        verbose_name_plural = "kategori"
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starters__contained_by=models.F("readers"))
                & Q(repliers__contained_by=models.F("readers")),
                name="category_written_by_its_readers",
                violation_error_message="Yang boleh menulis harus juga boleh membaca.",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=["topik", "pos", "cari", "umpan", "moderasi", "draf"]),
                name="category_slug_is_no_page",
                violation_error_message="Alamat itu sudah dipakai halaman lain di forum.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
