"""Comments on articles, and what readers say against one."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from news.models.article import Article
from news.queries.comment import CommentQuerySet, CommentReportQuerySet

LONGEST_COMMENT = 2_000
ONE_LEVEL = """
IF NEW.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM news_comment
    WHERE id = NEW.parent_id AND parent_id IS NULL AND article_id = NEW.article_id
) THEN
    RAISE EXCEPTION 'a reply belongs to a comment on the same article that is no reply itself'
        USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Comment(models.Model):
    """What somebody says to an article, or to a comment on it.

    It has a number once it was shown; `thread` is that of the comment it replies to, else its own.
    The address of the public is never shown: it serves to confirm, and goes 30 days after an
    editor has decided (`news.actions.comment_keeping`).
    """

    class State(models.TextChoices):
        UNCONFIRMED = "baru", "Belum dikonfirmasi"
        WAITING = "menunggu", "Menunggu editor"
        SHOWN = "tampil", "Tampil"
        REFUSED = "ditolak", "Ditolak"
        HIDDEN = "tersembunyi", "Disembunyikan"
        DELETED = "dihapus", "Dihapus penulisnya"

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="comments", verbose_name="artikel"
    )
    parent: models.ForeignKey[Comment | None] = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name="membalas",
    )
    number = models.PositiveIntegerField("nomor", null=True, blank=True)
    thread = models.PositiveIntegerField("nomor utas", null=True, blank=True)
    reply_count = models.PositiveIntegerField("balasan yang tampil", default=0)
    state = models.CharField("keadaan", max_length=12, choices=State)
    text = models.TextField("komentar", max_length=LONGEST_COMMENT, blank=True)
    from_public = models.BooleanField("dari masyarakat", default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penulis",
    )
    author_name = models.CharField("nama", max_length=280, blank=True)
    author_number = models.PositiveIntegerField("nomor register", null=True, blank=True)
    author_jenjang = models.CharField("jenjang", max_length=12, blank=True)
    author_unit = models.CharField("unit kerja", max_length=200, blank=True)
    author_role = models.CharField("peran", max_length=20, blank=True)
    email = models.EmailField("alamat e-mail", blank=True)
    sent_key = models.UUIDField("kunci kirim", unique=True, editable=False)
    created_at = models.DateTimeField("ditulis", default=timezone.now)
    confirmed_at = models.DateTimeField("dikonfirmasi", null=True, blank=True)
    shown_at = models.DateTimeField("tampil sejak", null=True, blank=True)
    edited_at = models.DateTimeField("disunting", null=True, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="editor",
    )
    moderated_at = models.DateTimeField("diputus", null=True, blank=True)
    reason = models.CharField("alasan", max_length=500, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "komentar"
        verbose_name_plural = "komentar"
        ordering = ["article", "thread", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="comment_numbered_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["baru", "menunggu", "ditolak"],
                    number__isnull=True,
                    thread__isnull=True,
                )
                | Q(
                    state__in=["tampil", "tersembunyi", "dihapus"],
                    number__isnull=False,
                    thread__isnull=False,
                ),
                name="comment_has_a_number_once_it_was_shown",
            ),
            models.CheckConstraint(
                condition=Q(from_public=True, author__isnull=True)
                | Q(from_public=False, email="", state__in=["tampil", "tersembunyi", "dihapus"]),
                name="comment_is_of_an_account_or_of_the_public",
            ),
            models.CheckConstraint(
                condition=Q(state="dihapus", text="") | (~Q(state="dihapus") & ~Q(text="")),
                name="comment_has_a_text_until_it_is_deleted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ditolak", "tersembunyi"]) | ~Q(reason=""),
                name="comment_is_kept_back_for_a_reason",
                violation_error_message="Tulis alasannya.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["article", "thread", "number"],
                name="comment_in_order",
                condition=Q(number__isnull=False),
            ),
            models.Index(
                fields=["created_at"], name="comment_waiting", condition=Q(state="menunggu")
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="replies_are_one_level_deep",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "article_id"),
                func=ONE_LEVEL,
            )
        ]

    def __str__(self) -> str:
        return f"Komentar {self.number or '-'} pada artikel {self.article_id}"

    @property
    def is_shown(self) -> bool:
        return self.state == self.State.SHOWN


class CommentReport(models.Model):
    """Somebody says that a comment should not stand there; anyone may, once as long as it is open.

    Who has no account is told apart by a keyed digest of the network address, until it is handled.
    """

    class Reason(models.TextChoices):
        PRIVATE_DATA = "data_pribadi", "Memuat data pribadi"
        INSULT = "menyerang", "Menyerang atau merendahkan orang"
        ADVERT = "iklan", "Iklan atau spam"
        WRONG = "menyesatkan", "Keliru dan dapat menyesatkan"
        OTHER = "lain", "Lainnya"

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="reports", verbose_name="komentar"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pelapor",
    )
    address_key = models.CharField("sidik alamat jaringan", max_length=64, blank=True)
    reason = models.CharField("alasan", max_length=16, choices=Reason)
    details = models.CharField("penjelasan", max_length=500, blank=True)
    created_at = models.DateTimeField("dilaporkan", default=timezone.now)
    handled_at = models.DateTimeField("ditangani", null=True, blank=True)

    objects = CommentReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan komentar"
        verbose_name_plural = "laporan komentar"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "reporter"],
                name="commentreport_open_once_a_person",
                condition=Q(handled_at__isnull=True, reporter__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["comment", "address_key"],
                name="commentreport_open_once_an_address",
                condition=Q(handled_at__isnull=True) & ~Q(address_key=""),
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True) | Q(address_key=""),
                name="commentreport_forgets_the_address_when_handled",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
