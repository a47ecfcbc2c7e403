"""The inbox: what happened, who is told of it and how they chose to be told."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from epk.lib.notices import DIGESTS, LONGEST_NAME, LONGEST_REF, MAILED, Choice, Ref
from notifications.models.outbox import Mail
from notifications.queries import NotificationQuerySet


class Event(models.Model):
    """Something that people were told of once, as `epk.lib.notices.notify` described it."""

    kind = models.CharField("jenis", max_length=LONGEST_NAME)
    subject = models.CharField("pokok", max_length=LONGEST_REF)
    item = models.CharField("perihal", max_length=LONGEST_REF)
    facts = models.JSONField("keterangan", default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="oleh",
    )
    created_at = models.DateTimeField("terjadi", default=timezone.now)

    class Meta:
        verbose_name = "kejadian"
        verbose_name_plural = "kejadian"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "item"], name="event_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.item}"

    @property
    def ref(self) -> Ref:
        return Ref(self.subject, self.item)


class Notification(models.Model):
    """An event in the inbox of one person, and when a mail is to tell of it.

    `due_at` is set while a mail is still to be written; then `mail` says which it is in. So a row
    is in one mail at most, and rows without both never had one or were left out of it.
    """

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="notifications", verbose_name="kejadian"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notifications",
        verbose_name="penerima",
        db_index=False,
    )
    # Of the event, so that the inbox groups without a join.
    kind = models.CharField("jenis", max_length=LONGEST_NAME)
    subject = models.CharField("pokok", max_length=LONGEST_REF)
    created_at = models.DateTimeField("diberitahukan", default=timezone.now)
    read_at = models.DateTimeField("dibaca", null=True, blank=True)
    span = models.CharField("cara surat", max_length=10, choices=Choice, blank=True)
    due_at = models.DateTimeField("surat pada", null=True, blank=True)
    mail = models.ForeignKey(
        Mail,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name="surat",
    )
    trouble = models.CharField(
        "galat",
        max_length=100,
        blank=True,
        help_text="Mengapa suratnya tidak dapat disusun; pemberitahuannya tetap di kotak masuk.",
    )

    tries = models.PositiveSmallIntegerField("percobaan", default=0)

    objects = NotificationQuerySet.as_manager()
    is_faulty = False
    """Not kept: its mail could not be composed just now."""

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient"], name="notification_once_per_event"
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | (Q(mail__isnull=True) & Q(span__in=MAILED)),
                name="notification_due_or_mailed",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_of_recipient"),
            models.Index(
                fields=["recipient"],
                condition=Q(read_at__isnull=True),
                name="notification_unread",
            ),
            models.Index(
                fields=["span", "due_at"],
                condition=Q(due_at__isnull=False),
                name="notification_due",
            ),
            models.Index(fields=["created_at"], name="notification_age"),
            models.Index(fields=["id"], condition=~Q(trouble=""), name="notification_in_trouble"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} untuk akun {self.recipient_id}"


class Preference(models.Model):
    """How somebody wants to learn of one kind of event, where that is not the default."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_preferences",
        verbose_name="akun",
        db_index=False,
    )
    kind = models.CharField("jenis", max_length=LONGEST_NAME)
    choice = models.CharField("pilihan", max_length=10, choices=Choice)

    class Meta:
        verbose_name = "pilihan pemberitahuan"
        verbose_name_plural = "pilihan pemberitahuan"
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_choice_display()}"


ENDED: Final = {Choice.DAILY: "ended_daily", Choice.WEEKLY: "ended_weekly"}


class MailHours(models.Model):
    """When somebody wants mails, where that is not the default."""

    class Zone(models.TextChoices):
        BY_PLACE = "", "Menurut tempat tugas"
        WIB = "Asia/Jakarta", "WIB (Jakarta)"
        WITA = "Asia/Makassar", "WITA (Makassar)"
        WIT = "Asia/Jayapura", "WIT (Jayapura)"

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Senin"
        TUESDAY = 1, "Selasa"
        WEDNESDAY = 2, "Rabu"
        THURSDAY = 3, "Kamis"
        FRIDAY = 4, "Jumat"
        SATURDAY = 5, "Sabtu"
        SUNDAY = 6, "Minggu"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mail_hours",
        verbose_name="akun",
    )
    zone = models.CharField("zona waktu", max_length=40, choices=Zone, blank=True)
    quiet_from = models.TimeField("jam tenang mulai", default=dt.time(20))
    quiet_until = models.TimeField("jam tenang sampai", default=dt.time(6))
    digest_at = models.TimeField("jam ringkasan", default=dt.time(7))
    digest_weekday = models.PositiveSmallIntegerField(
        "hari ringkasan mingguan", choices=Weekday, default=Weekday.MONDAY
    )
    # By the link in a digest; they hold for kinds that will be declared later, too.
    ended_daily = models.BooleanField("ringkasan harian dihentikan", default=False)
    ended_weekly = models.BooleanField("ringkasan mingguan dihentikan", default=False)

    class Meta:
        verbose_name = "jam surat"
        verbose_name_plural = "jam surat"
        constraints = [
            models.CheckConstraint(
                condition=Q(digest_weekday__lt=7), name="mail_hours_weekday_is_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quiet_from:%H.%M}–{self.quiet_until:%H.%M}"

    def has_ended(self, choice: Choice) -> bool:
        """Whether a kind with that default comes to the inbox only, as long as it is not chosen."""
        return bool(choice in ENDED and getattr(self, ENDED[choice]))


class Digest(models.Model):
    """The digest of a day, one for each person and span: made twice it is sent once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="digests",
        verbose_name="akun",
        db_index=False,
    )
    day = models.DateField("hari")
    span = models.CharField(
        "rentang", max_length=10, choices=[(choice.value, choice.label) for choice in DIGESTS]
    )
    mail = models.ForeignKey(
        Mail,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="digests",
        verbose_name="surat",
    )
    created_at = models.DateTimeField("disusun", default=timezone.now)

    class Meta:
        verbose_name = "ringkasan"
        verbose_name_plural = "ringkasan"
        ordering = [F("day").desc(), "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day", "span"], name="digest_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_span_display()} {self.day}"
