"""Topics: discussions, questions and private consultations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from forum.models.category import Category
from forum.queries import TopicQuerySet

if TYPE_CHECKING:
    from forum.models.answer import Verification
    from forum.models.post import Post


CATEGORY_TO_POSTS = """
UPDATE forum_post SET category_id = NEW.category_id WHERE topic_id = NEW.id;
RETURN NULL;
"""


class Topic(models.Model):
    """What is talked about under one title. Its posts carry dense numbers from 1.

    A consultation is a topic without a category that its members alone may see, so that one rule
    (`TopicQuerySet.visible_to`) answers for all of them. Counters are kept by the actions;
    `manage.py check_forum` recounts them.
    """

    class Kind(models.TextChoices):
        DISCUSSION = "diskusi", "Diskusi"
        QUESTION = "pertanyaan", "Pertanyaan"
        CONSULTATION = "konsultasi", "Konsultasi"

    kind = models.CharField("jenis", max_length=12, choices=Kind)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="topics",
        verbose_name="kategori",
        db_index=False,
    )
    title = models.CharField("judul", max_length=150)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penulis",
        db_index=False,
    )
    author_name = models.CharField("nama penulis", max_length=280, blank=True)
    created_at = models.DateTimeField("dimulai", default=timezone.now)

    last_number = models.PositiveIntegerField("nomor terakhir", default=0)
    last_posted_at = models.DateTimeField("tulisan terakhir", default=timezone.now)
    last_author_name = models.CharField("penulis terakhir", max_length=280, blank=True)
    reply_count = models.PositiveIntegerField("balasan", default=0)
    """Posts after the first that are neither hidden, deleted nor moved away."""
    thanks_count = models.PositiveIntegerField("terima kasih", default=0)
    metoo_count = models.PositiveIntegerField("saya juga", default=0)

    pinned_at = models.DateTimeField("disematkan", null=True, blank=True)
    locked_at = models.DateTimeField("dikunci", null=True, blank=True)
    hidden_at = models.DateTimeField("disembunyikan", null=True, blank=True)
    merged_into: models.ForeignKey[Topic | None] = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name="digabung ke",
    )
    merged_offset = models.PositiveIntegerField("pergeseran nomor", default=0)
    """After a merge post n of this topic is post n + merged_offset of the other."""

    accepted: models.ForeignKey[Post | None] = models.ForeignKey(
        "forum.Post",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="jawaban diterima",
    )
    verification: models.ForeignKey[Verification | None] = models.ForeignKey(
        "forum.Verification",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="verifikasi",
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "topik"
        verbose_name_plural = "topik"
        ordering = ["-last_posted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="konsultasi", category__isnull=True)
                | (~Q(kind="konsultasi") & Q(category__isnull=False)),
                name="topic_has_a_category_unless_private",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="topic_not_merged_into_itself",
                violation_error_message="Topik tidak dapat digabung ke dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | ~Q(kind="diskusi"),
                name="topic_accepts_answers_to_questions",
            ),
        ]
        indexes = [
            models.Index(
                fields=["category", "-last_posted_at", "-id"], name="topic_newest_of_category"
            ),
            models.Index(fields=["-last_posted_at", "-id"], name="topic_newest"),
            models.Index(
                fields=["category", "-thanks_count", "-id"], name="topic_thanked_of_category"
            ),
            models.Index(fields=["-thanks_count", "-id"], name="topic_thanked"),
            models.Index(
                fields=["-last_posted_at", "-id"],
                name="topic_unanswered",
                condition=Q(kind="pertanyaan", accepted__isnull=True, verification__isnull=True),
            ),
            models.Index(
                fields=["category"], name="topic_pinned", condition=Q(pinned_at__isnull=False)
            ),
            models.Index(fields=["author", "-id"], name="topic_of_author"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="posts_move_with_their_topic",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("category_id"),
                condition=pgtrigger.Q(old__category__df=pgtrigger.F("new__category")),
                func=CATEGORY_TO_POSTS,
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_private(self) -> bool:
        return self.kind == self.Kind.CONSULTATION

    @property
    def is_question(self) -> bool:
        return self.kind != self.Kind.DISCUSSION
