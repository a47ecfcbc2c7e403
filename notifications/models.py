"""The outbox: every mail that the portal sends is a row here first."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from epk.lib.mail import mask_address
from notifications.queries import FAILED, SENT, WAITING, MailQuerySet


class Mail(models.Model):
    """One mail to one recipient, written in the transaction of what it tells about.

    The text holds links that let somebody in. It is therefore emptied once the mail is sent (a
    failed one keeps it for some days, to be tried again), and the table has no history: history
    rows could not be emptied. The row itself is the record of what went to whom and when.
    """

    class State(models.TextChoices):
        WAITING = WAITING, "menunggu"
        SENT = SENT, "terkirim"
        FAILED = FAILED, "gagal"

    recipient = models.CharField("penerima", max_length=254)
    recipient_name = models.TextField("nama penerima", blank=True)
    sender = models.TextField("pengirim")
    subject = models.TextField("perihal")
    text = models.TextField("isi", blank=True)
    html = models.TextField("isi HTML", blank=True)
    headers = models.JSONField(
        "kepala surat",
        default=dict,
        help_text="Message-ID dan Date tetap sama pada setiap percobaan.",
    )
    event_key = models.CharField(
        "kunci kejadian",
        max_length=200,
        blank=True,
        help_text="Satu kejadian, satu surat untuk satu penerima; kosong: tanpa batas.",
    )
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    created_at = models.DateTimeField("ditulis", default=timezone.now, editable=False)
    next_try = models.DateTimeField("dicoba lagi", default=timezone.now, null=True, blank=True)
    sent_at = models.DateTimeField("terkirim", null=True, blank=True)
    failed_at = models.DateTimeField("gagal", null=True, blank=True)
    last_error = models.CharField("galat terakhir", max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "surat keluar"
        verbose_name_plural = "surat keluar"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event_key", "recipient"],
                condition=~Q(event_key=""),
                name="mail_once_per_event",
            ),
            models.CheckConstraint(
                condition=Q(state=WAITING, next_try__isnull=False)
                | (~Q(state=WAITING) & Q(next_try__isnull=True)),
                name="mail_waiting_has_a_next_try",
            ),
            models.CheckConstraint(
                condition=Q(state=SENT, sent_at__isnull=False, text="", html="")
                | (~Q(state=SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_has_a_time_and_no_text",
            ),
            models.CheckConstraint(
                condition=Q(state=FAILED, failed_at__isnull=False)
                | (~Q(state=FAILED) & Q(failed_at__isnull=True)),
                name="mail_failed_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try"], condition=Q(state=WAITING), name="mail_waiting"),
            models.Index(fields=["failed_at"], condition=Q(state=FAILED), name="mail_failed"),
            models.Index(fields=["recipient"], name="mail_to_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.masked_recipient})"

    @property
    def masked_recipient(self) -> str:
        return mask_address(self.recipient)


class Job(ProcrastinateJob):
    """A row of the queue, as the admin shows it: never its arguments, which may name a person."""

    class Meta:
        proxy = True
        verbose_name = "pekerjaan latar"
        verbose_name_plural = "pekerjaan latar"

    def __str__(self) -> str:
        return f"{self.task_name} nomor {self.pk}"
