"""Posts, what they were before, what hangs on them, and what is not sent yet."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone

from epk.lib.files import new_name
from forum.models.category import Category
from forum.models.topic import Topic
from forum.queries import AttachmentQuerySet, DraftQuerySet, PostQuerySet
from registry.models import Expertise

LONGEST_SOURCE = 20_000
CATEGORY_OF_TOPIC = """
NEW.category_id := (SELECT category_id FROM forum_topic WHERE id = NEW.topic_id);
RETURN NEW;
"""


class Authored(models.Model):
    """Who wrote, and as what: copied when it is written, so that it stays true.

    Without an account (erased, gone) `author_name` is empty and the page says so neutrally.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penulis",
        db_index=False,
    )
    author_name = models.CharField("nama", max_length=280, blank=True)
    author_number = models.PositiveIntegerField("nomor register", null=True, blank=True)
    author_jenjang = models.CharField("jenjang", max_length=12, blank=True)
    author_unit = models.CharField("unit kerja", max_length=200, blank=True)
    author_role = models.CharField("peran", max_length=20, blank=True)

    class Meta:
        abstract = True


class Post(Authored):
    """One numbered contribution to a topic. Numbers are dense and never change within a topic.

    What was hidden, deleted or moved away leaves a tombstone under its number.
    """

    class State(models.TextChoices):
        SHOWN = "tampil", "Tampil"
        HIDDEN = "sembunyi", "Disembunyikan moderator"
        DELETED = "hapus", "Dihapus penulisnya"
        MOVED = "pindah", "Dipindahkan"

    class Standing(models.IntegerChoices):
        PLAIN = 0, "Biasa"
        ACCEPTED = 1, "Jawaban diterima"
        VERIFIED = 2, "Jawaban terverifikasi"

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="posts", verbose_name="topik", db_index=False
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="kategori",
        db_index=False,
    )
    """Of the topic, kept here by the database for the search; empty in a consultation."""
    number = models.PositiveIntegerField("nomor")
    source = models.TextField("tulisan", max_length=LONGEST_SOURCE, blank=True)
    html = models.TextField("tulisan, siap tampil", blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField("versi penampil", default=0, editable=False)
    indexer = models.PositiveSmallIntegerField(
        "versi pengindeks", default=0, db_default=0, editable=False
    )
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.SHOWN)
    moved_to: models.ForeignKey[Post | None] = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stubs",
        verbose_name="dipindahkan menjadi",
    )
    standing = models.PositiveSmallIntegerField(
        "kedudukan", choices=Standing, default=Standing.PLAIN
    )
    created_at = models.DateTimeField("ditulis", default=timezone.now)
    edited_at = models.DateTimeField("disunting", null=True, blank=True)
    version = models.PositiveIntegerField("versi", default=1)
    thanks_count = models.PositiveIntegerField("terima kasih", default=0)
    attachment_count = models.PositiveSmallIntegerField("lampiran", default=0)
    sent_key = models.UUIDField("kunci kiriman", null=True, blank=True, editable=False)
    """Of the draft it was sent from: a second click finds this post in place of making one."""
    search = SearchVectorField("untuk pencarian", null=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "tulisan"
        verbose_name_plural = "tulisan"
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once_a_topic"),
            models.UniqueConstraint(
                fields=["author", "sent_key"],
                name="post_sent_once",
                condition=Q(sent_key__isnull=False),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="post_numbers_begin_at_1"),
            models.CheckConstraint(
                condition=Q(state="pindah", moved_to__isnull=False)
                | (~Q(state="pindah") & Q(moved_to__isnull=True)),
                name="post_moved_away_says_where",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="post_of_author"),
            GinIndex(fields=["search"], name="post_search"),
            models.Index(
                fields=["-standing", "-id"], name="post_answers", condition=Q(standing__gt=0)
            ),
            models.Index(
                fields=["author_number"], name="post_answers_of_number", condition=Q(standing__gt=0)
            ),
            models.Index(
                fields=["created_at"], name="post_answers_by_day", condition=Q(standing__gt=0)
            ),
            models.Index(
                fields=["category", "-standing", "-id"],
                name="post_answers_of_category",
                condition=Q(standing__gt=0),
            ),
            models.Index(fields=["-created_at", "-id"], name="post_newest"),
            models.Index(fields=["category", "-created_at", "-id"], name="post_newest_of_category"),
            models.Index(fields=["author_number", "-created_at"], name="post_of_number"),
            GinIndex(OpClass(Upper("author_name"), "gin_trgm_ops"), name="post_author_name"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="posts_know_their_category",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("topic_id"),
                func=CATEGORY_OF_TOPIC,
            )
        ]

    def __str__(self) -> str:
        return f"#{self.number} di topik {self.topic_id}"

    @property
    def is_shown(self) -> bool:
        return self.state == self.State.SHOWN


class PostRevision(models.Model):
    """What a post said before an edit. The post itself holds the newest version."""

    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="revisions", verbose_name="tulisan"
    )
    version = models.PositiveIntegerField("versi")
    title = models.CharField("judul", max_length=150, blank=True)
    source = models.TextField("tulisan")
    written_at = models.DateTimeField("ditulis")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="oleh",
    )

    class Meta:
        verbose_name = "versi tulisan"
        verbose_name_plural = "versi tulisan"
        ordering = ["post", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["post", "version"], name="revision_once_a_version")
        ]

    def __str__(self) -> str:
        return f"versi {self.version}"


class Draft(models.Model):
    """What somebody is writing and has not sent: one for each place, kept on the server."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="forum_drafts",
        verbose_name="penulis",
        db_index=False,
    )
    place = models.CharField("tempat", max_length=40)
    """`topik-baru`, `konsultasi-baru`, `balas-17` (a topic) or `sunting-99` (a post)."""
    key = models.UUIDField("kunci kiriman", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("jenis", max_length=12, choices=Topic.Kind, blank=True)
    category = models.ForeignKey(
        Category,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kategori",
    )
    expertise = models.ForeignKey(
        Expertise,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="keahlian",
    )
    title = models.CharField("judul", max_length=150, blank=True)
    source = models.TextField("tulisan", blank=True)
    saved_at = models.DateTimeField("disimpan", default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "draf"
        verbose_name_plural = "draf"
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="draft_once_a_place")]

    def __str__(self) -> str:
        return self.title or self.place


def _stored_name(attachment: Attachment, _filename: str) -> str:
    return new_name("lampiran", attachment.extension)


class Attachment(models.Model):
    """A checked file that hangs on a post, or on a draft until that is sent."""

    EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(
        Post,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name="tulisan",
    )
    draft = models.ForeignKey(
        Draft,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name="draf",
    )
    file = models.FileField("berkas", upload_to=_stored_name, max_length=120)
    original_name = models.CharField("nama asal", max_length=120)
    content_type = models.CharField("jenis isi", max_length=40)
    size = models.PositiveIntegerField("ukuran (byte)")
    pages = models.PositiveSmallIntegerField("halaman")
    sha256 = models.CharField("sidik berkas", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah", default=timezone.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering = ["uploaded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=True) | Q(draft__isnull=True),
                name="attachment_of_a_post_or_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=["application/pdf", "image/jpeg", "image/png"]),
                name="attachment_is_pdf_or_image",
                violation_error_message="Berkas harus PDF, JPEG, atau PNG.",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def extension(self) -> str:
        return self.EXTENSIONS[self.content_type]


class Thanks(models.Model):
    """Thanks ("terima kasih") for a post, once from each."""

    post = models.ForeignKey(
        Post,
        on_delete=models.CASCADE,
        related_name="thanks",
        verbose_name="tulisan",
        db_index=False,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="akun"
    )
    created_at = models.DateTimeField("pada", default=timezone.now)

    class Meta:
        verbose_name = "terima kasih"
        verbose_name_plural = "terima kasih"
        ordering = [F("created_at").asc(), "id"]
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="thanks_once_a_post")]

    def __str__(self) -> str:
        return f"akun {self.user_id} untuk tulisan {self.post_id}"


class MeToo(models.Model):
    """Somebody else has this question ("saya juga")."""

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="metoo", verbose_name="topik", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="akun"
    )
    created_at = models.DateTimeField("pada", default=timezone.now)

    class Meta:
        verbose_name = "saya juga"
        verbose_name_plural = "saya juga"
        constraints = [models.UniqueConstraint(fields=["topic", "user"], name="metoo_once_a_topic")]

    def __str__(self) -> str:
        return f"akun {self.user_id} untuk topik {self.topic_id}"
