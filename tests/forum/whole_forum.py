"""A forum in which everybody has a part and every topic of `who_sees` has come to its state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from epk.lib.files.checked import CheckedFile
from forum.actions import consultation, moderation, publication, rearranging, writing
from forum.actions.telling import tell_of_post
from forum.models import Category, Decision, Draft, Post, Stance, Suspension, Topic, TopicFollow
from notifications.actions import compose_due
from notifications.models import Notification
from registry.erasure import anonymise_officer
from tests.cast import make_siti
from tests.factories import make_province, make_regency, make_unit, make_user
from tests.forum.made import (
    make_attachment,
    make_category,
    make_colleague,
    make_consultation,
    make_reply,
    make_topic,
    words,
)
from tests.forum.who_sees import FILE, NAME, OLD, STATES, TEXT, TITLE, word

WHY = "Sesuai aturan forum."
COMMON = "kucing"
"""Stands in every title and text, so that one search finds all of them."""


@dataclass(frozen=True)
class Spot:
    """Where a state is found: by the numbers that were known before it came about."""

    name: str
    topic: int
    post: int
    file: str
    decision: int

    @property
    def paths(self) -> tuple[str, str]:
        return f"topik/{self.topic}", f"pos/{self.post}"


@dataclass(frozen=True)
class Forum:
    people: Mapping[str, User | None]
    sessions: Mapping[str, str]
    spots: Mapping[str, Spot]
    links: int
    """A topic whose post links to every topic and post of the states."""
    draft_file: str
    linked: str = field(repr=False)

    def visitor(self, role: str) -> Client:
        client = Client()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


def whole_forum() -> Forum:
    people = _people()
    spots = {name: _made(name, people) for name in STATES if name != "draf"}
    anonymise_officer(people["erased"].officer, by=people["superuser"], reason=WHY)
    draft = Draft.objects.create(
        user=people["author"],
        place="topik-baru",
        kind="diskusi",
        title=word(TITLE, "draf"),
        source=word(TEXT, "draf"),
    )
    hung = make_attachment(make_topic(people["author"]).posts.get(), _file("draf"))
    type(hung).objects.filter(pk=hung.pk).update(draft=draft, post=None)
    _follow_ups(people, spots)
    _mails()
    paths = [f"/forum/{what}/" for at in spots.values() for what in at.paths]
    linked = "\n".join(f"[{path}]({path})" for path in paths)
    links = make_topic(people["moderator"], title="Penghubung", source=linked)
    sessions = {role: _session(user) for role, user in people.items() if role != "nobody"}
    User.objects.filter(pk=people["deactivated"].pk).update(is_active=False)
    return Forum({**people, "nobody": None}, sessions, spots, links.pk, str(hung.pk), linked)


def _people() -> dict[str, User]:
    make_province()
    siti = make_siti(make_unit(make_regency()))
    people = {"author": siti}
    for role in ("officer", "follower", "mentioned", "suspended", "guest", "left", "deactivated"):
        people[role] = make_colleague(f"Rekan {role.capitalize()}", expertise="")
    hidden = word(NAME, "pribadi")
    people["asker"] = make_colleague(f"Asri {hidden}", expertise="")
    people["counsellor"] = make_colleague(f"Candra {hidden}")
    people["erased"] = make_colleague(f"Erasia {word(NAME, 'penulisnyahilang')}", expertise="")
    named = {"moderator": "moderator", "pembina": "pembina", "ditjen": "admin_ditjen"}
    for role, code in named.items():
        people[role] = make_user(f"{role}@contoh.example", f"Kerja {role.capitalize()}", code)
    people["redaksi"] = make_user("redaksi@contoh.example", "Agus", "redaksi")
    people["provinsi"] = make_user("prov@contoh.example", "Dewi", "admin_provinsi", province="32")
    people["superuser"] = make_user("admin@contoh.example", "Admin", is_superuser=True)
    now = timezone.now()
    decision = Decision.objects.create(
        verb="tangguhkan", by=people["moderator"], reason=WHY, person=people["suspended"]
    )
    Suspension.objects.create(
        person=people["suspended"], decision=decision, ends_at=now + dt.timedelta(days=3)
    )
    return people


def closed() -> Category:
    only = ["pembina"]
    return make_category("tertutup", readers=only, starters=only, repliers=only)


def _made(name: str, people: dict[str, User]) -> Spot:
    _take_time()
    topic, writer = _begun(name, people)
    if name == "terbit":
        post = topic.posts.get(number=2)
        return Spot(name, topic.pk, post.pk, "", 0)
    told = f"@{people['mentioned'].officer.register_number}"
    TopicFollow.objects.create(user=people["follower"], topic=topic, stance=Stance.FOLLOWED)
    post = make_reply(topic, writer, f"{word(OLD, name)} {COMMON} {told}")
    tell_of_post(post, by=writer)
    source = f"{word(TEXT, name)} {COMMON} {told}"
    writing.edit_post(post, source=source, seen_version=1, by=writer)
    file = make_attachment(post, _file(name))
    if name != "terarsip":
        post.refresh_from_db()
    before = Decision.objects.count()
    _comes_about(name, topic, post, people)
    decided = (
        Decision.objects.order_by("-pk").first() if Decision.objects.count() > before else None
    )
    return Spot(name, topic.pk, post.pk, str(file.pk), decided.pk if decided else 0)


def _take_time() -> None:
    """The pace at which one may write does not matter here."""
    before = timezone.now() - dt.timedelta(hours=2)
    Post.objects.update(created_at=before)
    Post.objects.filter(edited_at__isnull=False).update(edited_at=before)


def _begun(name: str, people: dict[str, User]) -> tuple[Topic, User]:
    title, source = f"{word(TITLE, name)} {COMMON}", f"Apakah {COMMON} itu?"
    if name in {"pribadi", "selesai", "dilaporkan"}:
        number = people["counsellor"].officer.register_number
        topic = make_consultation(people["asker"], colleague=number, title=title, source=source)
        for role in ("guest", "left"):
            guest = people[role].officer.register_number
            consultation.invite(topic, colleague=guest, by=people["asker"])
        return topic, people["asker"]
    if name == "terbit":
        return _published(title, people), people["asker"]
    if name == "terbatas":
        return make_topic(people["pembina"], closed(), title=title, source=source), people[
            "pembina"
        ]
    category = make_category("arsip-lama") if name == "terarsip" else None
    writer = people["erased" if name == "penulisnyahilang" else "author"]
    return make_topic(writer, category, title=title, source=source), writer


def _published(title: str, people: dict[str, User]) -> Topic:
    number = people["counsellor"].officer.register_number
    asked = make_consultation(people["asker"], colleague=number, title="Yang akan terbit")
    writing.reply(asked, words("Begini."), by=people["counsellor"])
    text = publication.Text(
        make_category(), title, f"Bagaimana {COMMON}?", f"{word(TEXT, 'terbit')} {COMMON}"
    )
    publication.propose_text(
        asked, text, seen_version=0, name_consultant=False, by=people["counsellor"]
    )
    public = publication.agree(asked, seen_version=1, by=people["asker"])
    assert public is not None
    return public


def _comes_about(name: str, topic: Topic, post: Post, people: dict[str, User]) -> None:
    judge: dict[str, Any] = {"by": people["moderator"], "reason": WHY}
    match name:
        case "terkunci":
            moderation.lock_topic(topic, **judge)
        case "terarsip":
            make_category("arsip-lama", archived_at=timezone.now())
        case "tersembunyi":
            moderation.hide_topic(topic, **judge)
        case "terpindah":
            moderation.move_topic(topic, closed(), **judge)
        case "tergabung" | "gabungtertutup" | "gabungtersembunyi":
            _merged(name, topic, people["moderator"])
        case "posnyasembunyi":
            moderation.hide_post(post, **judge)
        case "posnyahapus":
            writing.delete_post(post, by=people["author"])
        case "posnyapindah":
            rearranging.split_posts(topic, [2], title="Yang dipisah", category=closed(), **judge)
        case "pribadi" | "selesai" | "dilaporkan":
            _in_private(name, topic, post, people)


def _merged(name: str, topic: Topic, judge: User) -> None:
    place = closed() if name == "gabungtertutup" else None
    target = make_topic(judge, place, title="Tujuan")
    rearranging.merge_topics(topic, target, by=judge, reason=WHY)
    if name == "gabungtersembunyi":
        Topic.objects.filter(pk=target.pk).update(hidden_at=timezone.now())


def _in_private(name: str, topic: Topic, post: Post, people: dict[str, User]) -> None:
    consultation.leave(topic, by=people["left"])
    if name == "selesai":
        consultation.close(topic, by=people["asker"])
    if name == "dilaporkan":
        moderation.report_post(post, reason="menyerang", by=people["guest"])


def _follow_ups(people: dict[str, User], spots: Mapping[str, Spot]) -> None:
    """A reply that somebody has begun everywhere while they might."""
    for spot in spots.values():
        Draft.objects.create(user=people["follower"], place=f"balas-{spot.topic}", source="Belum")


def _mails() -> None:
    """Written now, after everything has come about, of what was told before it."""
    now = timezone.now()
    due = Notification.objects.filter(due_at__isnull=False)
    due.update(created_at=now - dt.timedelta(days=2), due_at=now)
    compose_due(60)


def _file(name: str) -> CheckedFile:
    named = word(FILE, name)
    return CheckedFile.of(named.encode(), extension="pdf", pages=1, original_name=f"{named}.pdf")


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
