"""A text in versions: what is written, who wrote it, who looked it over, what has become of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

LONGEST_SOURCE = 20_000


class Version(models.Model):
    """One version of a text. Whoever saved it last cannot be the one who lets it out.

    Of a text at most one version is being worked on and at most one is live; those before stay.
    """

    class State(models.TextChoices):
        DRAFT = "draf", "Draf"
        REVIEW = "telaah", "Menunggu telaah"
        LIVE = "terbit", "Terbit"
        OLD = "lama", "Versi lama"
        DROPPED = "batal", "Dibatalkan"

    class Change(models.TextChoices):
        FIRST = "pertama", "Versi pertama"
        MINOR = "kecil", "Perbaikan kecil"
        MAJOR = "besar", "Perubahan besar"

    WORKING = (State.DRAFT, State.REVIEW)
    OWNER: ClassVar[str]
    """The field that says of which text this is a version."""

    number = models.PositiveIntegerField("versi")
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField("judul", max_length=150)
    summary = models.CharField("ringkasan", max_length=300, blank=True)
    source = models.TextField("isi", max_length=LONGEST_SOURCE, blank=True)
    html = models.TextField("isi, siap tampil", blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField("versi penampil", default=0, editable=False)
    change = models.CharField("jenis perubahan", max_length=10, choices=Change, blank=True)
    note = models.CharField("catatan perubahan", max_length=300, blank=True)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penulis",
    )
    writer_name = models.CharField("nama penulis", max_length=280, blank=True)
    created_at = models.DateTimeField("dibuat", default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="terakhir disimpan oleh",
    )
    saved_at = models.DateTimeField("disimpan", default=timezone.now)
    edits = models.PositiveIntegerField("kali disimpan", default=1, editable=False)
    """What a form was loaded from: another number means that somebody saved meanwhile."""
    sent_at = models.DateTimeField("diajukan", null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penelaah",
    )
    reviewer_name = models.CharField("nama penelaah", max_length=280, blank=True)
    decided_at = models.DateTimeField("ditelaah", null=True, blank=True)
    remark = models.CharField("catatan penelaah", max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True)
                | Q(saved_by__isnull=True)
                | ~Q(reviewer=F("saved_by")),
                name="%(class)s_is_reviewed_by_another",
                violation_error_message="Yang menyimpan terakhir tidak dapat menelaahnya sendiri.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="%(class)s_numbers_begin_at_1"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (versi {self.number})"

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING
