"""Moderation with due process: reports, decisions that nobody can alter, appeals, suspensions."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from forum.models.post import Post
from forum.models.topic import Topic
from forum.queries import AppealQuerySet, DecisionQuerySet, ReportQuerySet, SuspensionQuerySet


class Decision(models.Model):
    """What a moderator did, to what, and why: the log of moderation.

    Only added to. `facts` keep what the rows do not say any more: from which category a topic
    was moved, into which it was merged.
    """

    class Verb(models.TextChoices):
        HIDE_POST = "sembunyikan_tulisan", "Menyembunyikan tulisan"
        SHOW_POST = "tampilkan_tulisan", "Menampilkan kembali tulisan"
        HIDE_TOPIC = "sembunyikan_topik", "Menyembunyikan topik"
        SHOW_TOPIC = "tampilkan_topik", "Menampilkan kembali topik"
        LOCK = "kunci", "Mengunci topik"
        UNLOCK = "buka", "Membuka kunci topik"
        PIN = "sematkan", "Menyematkan topik"
        UNPIN = "lepas", "Melepas sematan topik"
        MOVE = "pindahkan", "Memindahkan topik"
        MERGE = "gabungkan", "Menggabungkan topik"
        SPLIT = "pisahkan", "Memisahkan tulisan menjadi topik"
        WARN = "tegur", "Menegur penulis"
        SUSPEND = "tangguhkan", "Menangguhkan hak menulis"
        LIFT = "pulihkan", "Memulihkan hak menulis"
        DISMISS = "tutup_laporan", "Menutup laporan tanpa tindakan"
        PART = "urai", "Memisahkan kembali topik yang digabungkan"
        PUT_BACK = "kembalikan", "Mengembalikan tulisan yang dipisahkan"
        STRIKE = "cabut_teguran", "Mencabut teguran"

    verb = models.CharField("tindakan", max_length=24, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="moderator",
    )
    reason = models.CharField("alasan", max_length=500)
    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="topik",
    )
    post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="tulisan",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="yang dikenai",
    )
    facts = models.JSONField("keterangan", default=dict)
    undoes: models.ForeignKey[Decision | None] = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name="membatalkan",
    )
    created_at = models.DateTimeField("pada", default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "tindakan moderasi"
        verbose_name_plural = "tindakan moderasi"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="decision_has_a_reason",
                violation_error_message="Tulis alasannya.",
            ),
            models.CheckConstraint(
                condition=Q(topic__isnull=False) | Q(post__isnull=False) | Q(person__isnull=False),
                name="decision_is_about_something",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decisions_are_only_added_to", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.get_verb_display()


class Report(models.Model):
    """Somebody says that a post breaks the rules. Open until a decision answers it."""

    class Reason(models.TextChoices):
        PRIVATE_DATA = "data_pribadi", "Memuat data pribadi"
        INSULT = "menyerang", "Menyerang atau merendahkan orang"
        ADVERT = "iklan", "Iklan atau spam"
        WRONG_PLACE = "salah_tempat", "Salah tempat"
        WRONG = "menyesatkan", "Keliru dan dapat menyesatkan"
        OTHER = "lain", "Lainnya"

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="reports", verbose_name="tulisan"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="pelapor",
    )
    reason = models.CharField("alasan", max_length=16, choices=Reason)
    details = models.CharField("penjelasan", max_length=500, blank=True)
    created_at = models.DateTimeField("dilaporkan", default=timezone.now)
    decision = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name="dijawab dengan",
    )
    closed_at = models.DateTimeField("ditutup", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan"
        verbose_name_plural = "laporan"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"],
                condition=Q(closed_at__isnull=True),
                name="report_open_once_a_person",
                violation_error_message="Anda sudah melaporkan tulisan ini.",
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="report_open", condition=Q(closed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class Suspension(models.Model):
    """Somebody may read but not write for a while."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="akun"
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="suspension", verbose_name="tindakan"
    )
    begins_at = models.DateTimeField("mulai", default=timezone.now)
    ends_at = models.DateTimeField("sampai")
    lifted_at = models.DateTimeField("dipulihkan", null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = "penangguhan"
        verbose_name_plural = "penangguhan"
        ordering = ["-begins_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="suspension_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"akun {self.person_id} sampai {self.ends_at:%Y-%m-%d}"


class Appeal(models.Model):
    """The one objection against a decision, decided by a moderator other than its own."""

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="appeal", verbose_name="tindakan"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="yang berkeberatan",
    )
    text = models.TextField("keberatan", max_length=2000)
    created_at = models.DateTimeField("diajukan", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diputus oleh",
    )
    decided_at = models.DateTimeField("diputus", null=True, blank=True)
    upheld = models.BooleanField("diterima", null=True, blank=True)
    answer = models.CharField("jawaban", max_length=500, blank=True)
    not_undone = models.CharField("yang tidak dibatalkan", max_length=500, blank=True)
    """Why an upheld objection left things as they were, and what is to be done by hand."""

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = "keberatan"
        verbose_name_plural = "keberatan"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, upheld__isnull=True)
                | (Q(decided_at__isnull=False, upheld__isnull=False) & ~Q(answer="")),
                name="appeal_decided_with_an_answer",
            )
        ]

    def __str__(self) -> str:
        return f"keberatan atas tindakan {self.decision_id}"
