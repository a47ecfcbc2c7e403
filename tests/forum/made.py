"""Makes categories, topics and posts for tests, through the actions that people use."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from accounts.models import User
from epk.lib.files import CheckedFile
from forum.actions.consultation import ask
from forum.actions.writing import Words, add_post, reply
from forum.models import Attachment, Category, Post, Topic
from registry.bylines import byline_of
from registry.models import Expertise, Unit
from tests.factories import make_officer, make_user


def make_category(slug: str = "umum", **fields: Any) -> Category:
    """A category that every member reads and writes; the seeded one if it is there."""
    defaults = {"name": slug.replace("-", " ").capitalize(), **fields}
    found, _ = Category.objects.get_or_create(slug=slug, defaults=defaults)
    for name, value in fields.items():
        setattr(found, name, value)
    if fields:
        found.save()
    return found


def words(source: str = "Apakah ada yang pernah mengalaminya?") -> Words:
    return Words(source, uuid.uuid4())


def make_topic(
    by: User,
    category: Category | None = None,
    *,
    title: str = "Angka kredit saat cuti di luar tanggungan",
    kind: str = Topic.Kind.QUESTION,
    source: str = "Apakah ada yang pernah mengalaminya?",
    at: dt.datetime | None = None,
) -> Topic:
    """A topic with its first post; the pace at which one may write does not matter here."""
    byline = byline_of(by)
    topic = Topic.objects.create(
        kind=kind,
        category=category or make_category(),
        title=title,
        author=by,
        author_name=byline.author_name,
        created_at=at or timezone.now(),
    )
    add_post(topic, words(source), by=by, byline=byline, at=at)
    topic.refresh_from_db()
    return topic


def make_reply(
    topic: Topic, by: User, source: str = "Boleh, sepanjang ada SK.", at: dt.datetime | None = None
) -> Post:
    return add_post(topic, words(source), by=by, byline=byline_of(by), at=at)


def make_attachment(post: Post, checked: CheckedFile) -> Attachment:
    attachment = Attachment(
        post=post,
        original_name=checked.original_name,
        content_type=checked.content_type,
        size=checked.size,
        pages=checked.pages,
        sha256=checked.sha256,
        uploaded_by=post.author,
    )
    attachment.file.save(f"berkas.{checked.extension}", checked.content, save=False)
    attachment.save(force_insert=True)
    Post.objects.filter(pk=post.pk).update(attachment_count=1)
    return attachment


def make_colleague(
    name: str, unit: Unit | None = None, *, expertise: str = "Bimbingan jabatan", **fields: Any
) -> User:
    """An officer with an account, who can be asked about one field."""
    named = (expertise,) if expertise else ()
    officer = make_officer(name, unit=unit, expertise=named, **fields)
    email = f"{officer.register_number.lower()}@contoh.example"
    officer.user = make_user(email, name, "pengantar_kerja", nip=officer.nip)
    officer.save(update_fields=["user"])
    return officer.user


def the_expertise(name: str = "Bimbingan jabatan") -> Expertise:
    code = name.lower().replace(" ", "-")
    return Expertise.objects.get_or_create(code=code, defaults={"name": name})[0]


def make_consultation(
    by: User, *, colleague: str | None = None, title: str = "Rahasia dinas kami", **fields: Any
) -> Topic:
    """Asked of whom the register proposes first."""
    source = fields.pop("source", "Bagaimana sebaiknya?")
    return ask(the_expertise(), title=title, words=words(source), colleague=colleague, by=by)


def make_answered(by: User) -> Topic:
    """A consultation that a colleague has answered, who is made for it."""
    rekan = make_colleague("Rekan Penjawab")
    topic = make_consultation(by, colleague=rekan.officer.register_number)
    reply(topic, words("Sebaiknya begini."), by=rekan)
    return topic
