"""How far somebody has read, and what they follow or mute: two watermarks, no row a post."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.models.category import Category
from forum.models.topic import Topic
from forum.queries import CategoryReadQuerySet, ReadMarkQuerySet


class ReadMark(models.Model):
    """Up to which post a topic was read."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="akun",
        db_index=False,
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="read_marks", verbose_name="topik"
    )
    last_number = models.PositiveIntegerField("dibaca sampai")

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        verbose_name = "batas baca"
        verbose_name_plural = "batas baca"
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="read_mark_once_a_topic")
        ]

    def __str__(self) -> str:
        return f"topik {self.topic_id} sampai {self.last_number}"


class CategoryRead(models.Model):
    """From when on topics of a category count as new; before it all of them as read."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="akun",
        db_index=False,
    )
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="+", verbose_name="kategori"
    )
    read_at = models.DateTimeField("dibaca sampai")

    objects = CategoryReadQuerySet.as_manager()

    class Meta:
        verbose_name = "batas baca kategori"
        verbose_name_plural = "batas baca kategori"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "category"], name="category_read_once_a_category"
            )
        ]

    def __str__(self) -> str:
        return f"kategori {self.category_id} sampai {self.read_at:%Y-%m-%d %H:%M}"


class Stance(models.TextChoices):
    """What somebody wants to hear of a topic or category; without a row nothing but mentions."""

    FOLLOWED = "ikut", "Diikuti"
    MUTED = "bisu", "Dibisukan"


class TopicFollow(models.Model):
    """Somebody follows or has muted a topic."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="akun",
        db_index=False,
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="follows", verbose_name="topik"
    )
    stance = models.CharField("sikap", max_length=5, choices=Stance)
    created_at = models.DateTimeField("sejak", default=timezone.now)

    class Meta:
        verbose_name = "ikutan topik"
        verbose_name_plural = "ikutan topik"
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="topic_follow_once_a_topic")
        ]

    def __str__(self) -> str:
        return f"topik {self.topic_id}: {self.get_stance_display()}"


class CategoryFollow(models.Model):
    """Somebody follows or has muted a category: they are told of its new topics, or left alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="akun",
        db_index=False,
    )
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="follows", verbose_name="kategori"
    )
    stance = models.CharField("sikap", max_length=5, choices=Stance)
    created_at = models.DateTimeField("sejak", default=timezone.now)

    class Meta:
        verbose_name = "ikutan kategori"
        verbose_name_plural = "ikutan kategori"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "category"], name="category_follow_once_a_category"
            )
        ]

    def __str__(self) -> str:
        return f"kategori {self.category_id}: {self.get_stance_display()}"
