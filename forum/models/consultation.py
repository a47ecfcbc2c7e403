"""Consultation: a private question, brought to a colleague who can answer it in time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from forum.models.topic import Topic
from forum.queries import AssignmentQuerySet, ConsultationQuerySet
from registry.models import Expertise


class Consultation(models.Model):
    """What a private topic is besides: about which expertise, how far, published as what."""

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu jawaban"
        ANSWERED = "dijawab", "Sudah dijawab"
        CLOSED = "selesai", "Selesai"
        UNASSIGNED = "tanpa_rekan", "Belum ada rekan yang dapat menjawab"

    topic = models.OneToOneField(
        Topic,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="consultation",
        verbose_name="topik",
    )
    expertise = models.ForeignKey(
        Expertise,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="keahlian",
    )
    province_code = models.CharField("provinsi penanya", max_length=2, blank=True)
    state = models.CharField("keadaan", max_length=12, choices=State, default=State.WAITING)
    chooses_itself = models.BooleanField("rekan dipilihkan", default=False)
    closed_at = models.DateTimeField("selesai", null=True, blank=True)
    texts_proposed = models.PositiveIntegerField("naskah yang pernah diusulkan", default=0)
    published = models.OneToOneField(
        Topic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="published_from",
        verbose_name="diterbitkan sebagai",
    )

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "konsultasi"
        verbose_name_plural = "konsultasi"

    def __str__(self) -> str:
        return f"konsultasi {self.topic_id}"


class Member(models.Model):
    """Somebody who may read and write in a consultation, until they leave."""

    class Part(models.TextChoices):
        ASKER = "penanya", "Penanya"
        CONSULTANT = "konsultan", "Rekan konsultasi"
        GUEST = "undangan", "Undangan"

    topic = models.ForeignKey(
        Topic,
        on_delete=models.CASCADE,
        related_name="members",
        verbose_name="topik",
        db_index=False,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="consultation_seats",
        verbose_name="akun",
    )
    part = models.CharField("sebagai", max_length=10, choices=Part)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diundang oleh",
    )
    joined_at = models.DateTimeField("sejak", default=timezone.now)
    left_at = models.DateTimeField("sampai", null=True, blank=True)

    class Meta:
        verbose_name = "peserta konsultasi"
        verbose_name_plural = "peserta konsultasi"
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "user"], name="member_once_a_consultation"),
            models.UniqueConstraint(
                fields=["topic"],
                condition=Q(part="penanya"),
                name="consultation_has_one_asker",
            ),
            models.UniqueConstraint(
                fields=["topic"],
                condition=Q(part="konsultan", left_at__isnull=True),
                name="consultation_has_one_consultant_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"akun {self.user_id} ({self.get_part_display()})"


class Assignment(models.Model):
    """A consultation lay with a colleague: since when, until which day, and how that ended."""

    class Outcome(models.TextChoices):
        OPEN = "", "Ditunggu"
        ANSWERED = "dijawab", "Dijawab"
        DECLINED = "ditolak", "Tidak dapat menjawab"
        OVERDUE = "lewat", "Lewat waktu"
        GONE = "pergi", "Rekan tidak lagi dapat menjawab"
        ENDED = "selesai", "Ditutup penanya"

    consultation = models.ForeignKey(
        Consultation,
        on_delete=models.CASCADE,
        related_name="assignments",
        verbose_name="konsultasi",
        db_index=False,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="rekan"
    )
    assigned_at = models.DateTimeField("sejak", default=timezone.now)
    due_on = models.DateField("ditunggu sampai")
    outcome = models.CharField("hasil", max_length=8, choices=Outcome, blank=True, default="")
    ended_at = models.DateTimeField("berakhir", null=True, blank=True)
    why = models.JSONField("dasar pilihan", default=dict)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan konsultasi"
        verbose_name_plural = "penugasan konsultasi"
        ordering = ["assigned_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "user"], name="assignment_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(outcome=""),
                name="assignment_one_open_a_consultation",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at__isnull=True)
                | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="assignment_ends_with_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="assignment_open", condition=Q(outcome=""))]

    def __str__(self) -> str:
        return f"akun {self.user_id} sampai {self.due_on}"


class Availability(models.Model):
    """Whether somebody takes consultations, and when they are on leave."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="availability",
        verbose_name="akun",
    )
    takes_questions = models.BooleanField("menerima konsultasi", default=True)
    away_from = models.DateField("cuti sejak", null=True, blank=True)
    away_until = models.DateField("cuti sampai", null=True, blank=True)

    class Meta:
        verbose_name = "kesediaan konsultasi"
        verbose_name_plural = "kesediaan konsultasi"
        constraints = [
            models.CheckConstraint(
                condition=Q(away_from__isnull=True, away_until__isnull=True)
                | Q(away_from__isnull=False, away_until__gte=F("away_from")),
                name="availability_leave_ends_after_it_begins",
                violation_error_message="Cuti berakhir pada atau setelah hari pertamanya.",
            )
        ]

    def __str__(self) -> str:
        return f"akun {self.user_id}"


class Publication(models.Model):
    """The anonymised text that both sides are asked to agree to. A change asks both again."""

    consultation = models.OneToOneField(
        Consultation,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="publication",
        verbose_name="konsultasi",
    )
    category = models.ForeignKey(
        "forum.Category", on_delete=models.PROTECT, related_name="+", verbose_name="kategori"
    )
    title = models.CharField("judul", max_length=150)
    question = models.TextField("pertanyaan", max_length=20_000)
    answer = models.TextField("jawaban", max_length=20_000)
    version = models.PositiveIntegerField("versi", default=1)
    asker_agreed = models.BooleanField("penanya setuju", default=False)
    consultant_agreed = models.BooleanField("rekan setuju", default=False)
    name_consultant = models.BooleanField("nama rekan dicantumkan", default=False)
    proposed_at = models.DateTimeField("diusulkan", default=timezone.now)

    class Meta:
        verbose_name = "usulan penerbitan"
        verbose_name_plural = "usulan penerbitan"

    def __str__(self) -> str:
        return self.title
