"""A forum in which every table of the export holds something."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from epk.lib.files.checked import CheckedFile
from forum.actions import moderation, reading, writing
from forum.exchange.tables import TABLES
from forum.models import (
    Appeal,
    Attachment,
    Availability,
    CategoryFollow,
    CategoryRead,
    Citation,
    Draft,
    Post,
    Publication,
    ReadMark,
    Regulation,
    Report,
    Suspension,
    Topic,
    Verification,
)
from tests.forum.made import (
    make_answered,
    make_attachment,
    make_category,
    make_reply,
    make_topic,
)

FILE = CheckedFile.of(
    b"\xff\xd8\xff isi", extension="jpg", pages=1, original_name="Surat “tugas”.jpg"
)


def fill(siti: User, budi: User, maya: User) -> None:
    """Through the actions where that is short, else by rows as the actions write them."""
    question = make_topic(siti, source="Lihat /forum/topik/1/ dan **tebal** \U0001f600 <b>&amp;")
    answer = make_reply(question, budi)
    writing.edit_post(answer, source="Boleh, dengan SK.", title="", seen_version=1, by=budi)
    writing.delete_post(make_reply(question, budi, "Salah kamar"), by=budi)
    make_attachment(answer, FILE)
    reading.thank(answer, by=siti)
    reading.join_question(question, by=budi)
    writing.mark_read(question, 2, by=siti)
    _vouch(question, answer, maya)
    _moderate(question, siti, budi, maya)
    _own(siti)
    _consult(siti)
    empty = [table.name for table in TABLES if not table.rows.exists()]
    assert empty == []


def _vouch(question: Topic, answer: Post, maya: User) -> None:
    new = Regulation.objects.create(name="Permenaker 1/2026", in_force_from=dt.date(2026, 1, 2))
    old = Regulation.objects.create(
        name="Permenaker 39/2016",
        in_force_from=dt.date(2016, 1, 2),
        replaced_on=dt.date(2026, 1, 2),
        replaced_by=new,
    )
    verification = Verification.objects.create(
        post=answer,
        verified_by=maya,
        verified_by_name="Maya Sari",
        valid_until=dt.date(2027, 1, 1),
        review_from=dt.date(2026, 1, 2),
    )
    Citation.objects.create(verification=verification, regulation=old, article="Pasal 12")
    Topic.objects.filter(pk=question.pk).update(accepted=answer, verification=verification)
    Post.objects.filter(pk=answer.pk).update(standing=Post.Standing.VERIFIED)


def _moderate(question: Topic, siti: User, budi: User, maya: User) -> None:
    rude = make_reply(question, budi, "Kasar")
    Report.objects.create(post=rude, reporter=siti, reason="menyerang", details="Menyebut nama")
    moderation.hide_post(rude, by=maya, reason="Menyerang orang.")
    decision = moderation.suspend_author(rude, days=7, by=maya, reason="Berulang.")
    assert Suspension.objects.filter(decision=decision).exists()
    Appeal.objects.create(decision=decision, by=budi, text="Saya tidak bermaksud begitu.")


def _own(siti: User) -> None:
    draft = Draft.objects.create(user=siti, place="topik-baru", source="Belum selesai")
    attachment = Attachment(
        draft=draft,
        original_name="rancangan.jpg",
        content_type=FILE.content_type,
        size=FILE.size,
        pages=1,
        sha256=FILE.sha256,
        uploaded_by=siti,
    )
    attachment.file.save("berkas.jpg", FILE.content, save=False)
    attachment.save(force_insert=True)
    category = make_category("karier")
    CategoryRead.objects.create(user=siti, category=category, read_at=timezone.now())
    CategoryFollow.objects.create(user=siti, category=category, stance="ikut")
    Availability.objects.create(user=siti, takes_questions=False)
    assert ReadMark.objects.filter(user=siti).exists()


def _consult(siti: User) -> None:
    private = make_answered(siti)
    Publication.objects.create(
        consultation=private.consultation,
        category=make_category(),
        title="Tanpa nama",
        question="Bagaimana sebaiknya?",
        answer="Sebaiknya begini.",
    )
