"""The outbox: every mail that the portal sends is a row here first; addresses that take none."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import MD5, Lower, Mod, Ord
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from epk.lib.mail import mask_address
from notifications.queries import CANCELLED, FAILED, SENT, WAITING, MailQuerySet

NOTICE: Final = "Pemberitahuan (perihalnya hanya untuk penerima)"
LANES: Final = 3
"""Each has its mails in order and one connection to the mail server; one person is in one lane."""


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
        CANCELLED = CANCELLED, "dibatalkan"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name="akun",
        help_text="Untuk siapa surat ini; alamatnya tetap yang berlaku ketika surat ditulis.",
    )
    required = models.BooleanField(
        "wajib",
        default=True,
        help_text="Diminta oleh layanan atau peraturan: tidak tertahan oleh alamat yang dijeda.",
    )
    recipient = models.CharField("penerima", max_length=254)
    lane = models.GeneratedField(
        # Built of what never changes between versions of the database: it decides about order.
        expression=Mod(Ord(MD5(Lower("recipient"))), LANES),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        verbose_name="lajur",
    )
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
    cancelled_at = models.DateTimeField("dibatalkan", null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(state=CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=CANCELLED) & Q(cancelled_at__isnull=True)),
                name="mail_cancelled_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try"], condition=Q(state=WAITING), name="mail_waiting"),
            models.Index(fields=["failed_at"], condition=Q(state=FAILED), name="mail_failed"),
            models.Index(fields=["lane", "id"], condition=Q(state=WAITING), name="mail_of_lane"),
            models.Index(fields=["recipient"], name="mail_to_recipient"),
            models.Index(KeyTextTransform("Message-ID", "headers"), name="mail_message_id"),
        ]

    def __str__(self) -> str:
        return f"{self.about} ({self.masked_recipient})"

    @property
    def about(self) -> str:
        """Its subject, for others than its reader: a notice may name what they may not know of."""
        is_notice = self.event_key.startswith("notice-") and not self.required
        return NOTICE if is_notice else self.subject

    @property
    def masked_recipient(self) -> str:
        return mask_address(self.recipient)


class PausedAddress(models.Model):
    """An address that mail cannot reach: only mails that are required still go there.

    Not tracked: it says something of a mailbox for as long as that holds, and goes with it.
    """

    address = models.CharField("alamat", max_length=254, unique=True)
    reason = models.CharField("kode", max_length=10, help_text="Seperti 5.1.1 atau 550.")
    bounced = models.BooleanField(
        "dipantulkan",
        default=False,
        help_text="Diterima server surat lalu dikembalikan, tidak langsung ditolak.",
    )
    times = models.PositiveIntegerField("berapa kali", default=1)
    since = models.DateTimeField("sejak", default=timezone.now)
    last_error = models.CharField("jawaban terakhir", max_length=300, blank=True)

    class Meta:
        verbose_name = "alamat yang dijeda"
        verbose_name_plural = "alamat yang dijeda"
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="paused_address_in_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.masked_address

    @property
    def masked_address(self) -> str:
        return mask_address(self.address)


class Outage(models.Model):
    """The mail server cannot be used: a row while that lasts, shared by all workers."""

    ONLY: Final = 1
    FURTHEST: Final = dt.timedelta(minutes=6)
    """No next try is further ahead: the longest pause and the time a try may take."""

    since = models.DateTimeField("sejak", default=timezone.now)
    next_try = models.DateTimeField("dicoba lagi")
    pause = models.DurationField("jeda", default=dt.timedelta(0))
    last_error = models.CharField("galat terakhir", max_length=300, blank=True)

    class Meta:
        verbose_name = "gangguan server surat"
        verbose_name_plural = "gangguan server surat"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_outage_at_a_time")]

    def __str__(self) -> str:
        return f"sejak {self.since:%d-%m-%Y %H.%M}"

    def next_look(self, now: dt.datetime) -> dt.datetime:
        """The next try; now where it was noted by a clock that was ahead and has been put back."""
        return now if self.next_try > now + self.FURTHEST else self.next_try


class Job(ProcrastinateJob):
    """A row of the queue, as the admin shows it: never its arguments, which may name a person."""

    class Meta:
        proxy = True
        verbose_name = "pekerjaan latar"
        verbose_name_plural = "pekerjaan latar"

    def __str__(self) -> str:
        return f"{self.task_name} nomor {self.pk}"
