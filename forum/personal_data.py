"""What the forum holds about a person: what they wrote, read, follow, and what was decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.urls import reverse

from epk.lib.personal_data import Item, LongSection, Row, Table
from epk.lib.values import in_words
from forum.models import Post, Topic

if TYPE_CHECKING:
    from accounts.models import User

OUT_OF_SIGHT: Final = "Topik yang tidak lagi dapat Anda lihat"
TABLES = (
    Table(
        "draf-forum",
        "Draf di forum",
        "forum.Draft",
        ("user",),
        {"place": "", "title": "", "source": "", "saved_at": ""},
        order="-saved_at",
    ),
    Table(
        "lampiran-forum",
        "Lampiran yang Anda unggah di forum",
        "forum.Attachment",
        ("uploaded_by",),
        {"original_name": "", "size": "", "uploaded_at": "", "id": "Nomor"},
        order="-uploaded_at",
        url=lambda row: reverse("forum:attachment", args=[row["id"]]),
    ),
    Table(
        "umpan-forum",
        "Alamat umpan forum Anda",
        "forum.FeedKey",
        ("user",),
        {"created_at": "", "used_at": ""},
    ),
    Table(
        "terima-kasih",
        "Terima kasih yang Anda berikan",
        "forum.Thanks",
        ("user",),
        {"post_id": "Nomor tulisan", "created_at": ""},
        order="-created_at",
    ),
    Table(
        "saya-juga",
        "Pertanyaan orang lain yang juga Anda punyai",
        "forum.MeToo",
        ("user",),
        {"topic_id": "Nomor topik", "created_at": ""},
        order="-created_at",
    ),
    Table(
        "ikutan-topik",
        "Topik yang Anda ikuti atau bisukan",
        "forum.TopicFollow",
        ("user",),
        {"topic_id": "Nomor topik", "stance": "", "created_at": ""},
        order="-created_at",
    ),
    Table(
        "ikutan-kategori",
        "Kategori yang Anda ikuti atau bisukan",
        "forum.CategoryFollow",
        ("user",),
        {"category__name": "", "stance": "", "created_at": ""},
        order="-created_at",
    ),
    Table(
        "dibaca-kategori",
        "Sampai kapan kategori Anda tandai sudah dibaca",
        "forum.CategoryRead",
        ("user",),
        {"category__name": "", "read_at": ""},
    ),
    Table(
        "verifikasi",
        "Jawaban yang Anda verifikasi",
        "forum.Verification",
        ("verified_by",),
        {"post_id": "Nomor tulisan", "verified_at": "", "valid_until": "", "ended_at": ""},
        order="-verified_at",
    ),
    Table(
        "laporan-forum",
        "Tulisan yang Anda laporkan",
        "forum.Report",
        ("reporter",),
        {
            "post_id": "Nomor tulisan",
            "reason": "",
            "details": "",
            "created_at": "",
            "closed_at": "",
        },
        order="-created_at",
    ),
    Table(
        "tindakan-forum",
        "Tindakan moderasi terhadap Anda",
        "forum.Decision",
        ("person",),
        {"verb": "", "reason": "", "created_at": ""},
        order="-created_at",
    ),
    Table(
        "tindakan-moderator",
        "Tindakan moderasi yang Anda ambil",
        "forum.Decision",
        ("by",),
        {"verb": "", "reason": "", "created_at": ""},
        order="-created_at",
    ),
    Table(
        "penangguhan",
        "Penangguhan hak menulis",
        "forum.Suspension",
        ("person",),
        {"begins_at": "", "ends_at": "", "lifted_at": ""},
        order="-begins_at",
    ),
    Table(
        "keberatan",
        "Keberatan Anda",
        "forum.Appeal",
        ("by",),
        {
            "text": "",
            "created_at": "",
            "decided_at": "",
            "upheld": "",
            "answer": "",
            "not_undone": "",
        },
        order="-created_at",
    ),
    Table(
        "konsultasi",
        "Konsultasi yang Anda ikuti",
        "forum.Member",
        ("user",),
        {"topic_id": "Nomor konsultasi", "part": "", "joined_at": "", "left_at": ""},
        order="-joined_at",
    ),
    Table(
        "penugasan-konsultasi",
        "Konsultasi yang ditujukan kepada Anda",
        "forum.Assignment",
        ("user",),
        {"consultation_id": "Nomor konsultasi", "assigned_at": "", "due_on": "", "outcome": ""},
        order="-assigned_at",
    ),
    Table(
        "kesediaan-konsultasi",
        "Kesediaan menerima konsultasi",
        "forum.Availability",
        ("user",),
        {"takes_questions": "", "away_from": "", "away_until": ""},
    ),
)


def long_sections(user: User) -> list[LongSection]:
    """What somebody wrote, and how far they have read."""
    return [
        LongSection(
            "tulisan-forum",
            "Tulisan Anda di forum",
            lambda: Post.objects.filter(author=user).order_by("-pk"),
            lambda posts: _posts(user, posts),
            intro="Juga yang sudah dihapus atau disembunyikan: dari yang dihapus tinggal tempatnya.",
            holds=frozenset({"forum.Post.author", "forum.Topic.author"}),
        ),
        LongSection(
            "versi-tulisan",
            "Versi sebelumnya dari tulisan Anda",
            lambda: _rows("PostRevision").filter(written_by=user).order_by("-pk"),
            lambda rows: _told(rows, ("post_id", "version", "title", "source", "written_at")),
            holds=frozenset({"forum.PostRevision.written_by"}),
        ),
        LongSection(
            "dibaca-topik",
            "Sampai tulisan mana Anda membaca topik",
            lambda: _rows("ReadMark").filter(user=user).order_by("-pk"),
            lambda rows: _told(rows, ("topic_id", "last_number")),
            holds=frozenset({"forum.ReadMark.user"}),
        ),
    ]


def _rows(name: str) -> Any:
    return apps.get_model("forum", name)._default_manager


def _posts(user: User, posts: Sequence[Any]) -> list[Row]:
    """Under the title that the topic has now, as far as they may still know of it."""
    seen = Topic.objects.visible_to(user).filter(pk__in={post.topic_id for post in posts})
    titles = dict(seen.values_list("pk", "title"))
    found = []
    for post in posts:
        title = titles.get(post.topic_id, OUT_OF_SIGHT)
        row = _told([post], ("created_at", "state", "source", "author_name", "author_unit"))[0]
        items = [Item("topik", "Topik", title, title), *row.items]
        found.append(Row(items, url=reverse("forum:post", args=[post.pk])))
    return found


def _told(rows: Sequence[Any], columns: Sequence[str]) -> list[Row]:
    return [Row([_item(row, column) for column in columns]) for row in rows]


def _item(row: Any, column: str) -> Item:
    field = row._meta.get_field(column.removesuffix("_id"))
    value = getattr(row, column)
    label = str(field.verbose_name).capitalize()
    if column.endswith("_id"):
        return Item(column, f"Nomor {field.verbose_name}", str(value), value)
    whole = value.isoformat() if hasattr(value, "isoformat") else value
    return Item(column, label, in_words(field, value), whole)
