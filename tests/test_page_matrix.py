"""Every address, the admin's included, before everyone: whom it lets in, and that reading is reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from epk.lib import mail
from epk.lib.files.checked import CheckedFile
from epk.management.commands.list_pages import BEGIN, DOCUMENT, END
from epk.page_classes import (
    ACTS,
    PAGES,
    TABLE_NAME,
    TABLES,
    Audience,
    Entry,
    Page,
    as_markdown,
    entries,
    page_of,
)
from forum.actions.writing import mark_read
from forum.models import Decision, Regulation
from news.models import Category as NewsCategory
from notifications.models import Event, Job, Mail, Notification, PausedAddress
from registry.actions import note_view, set_photo, store_document
from registry.models import AccessRecord, Expertise, Officer
from registry.rules import Field
from tests.cast import make_siti
from tests.factories import make_province, make_regency, make_unit, make_user
from tests.forum.made import (
    make_answered,
    make_attachment,
    make_category,
    make_reply,
    make_topic,
)
from tests.news.made import make_article
from tests.news.samples import news_samples
from tests.pages import ARGUMENTS

pytestmark = [pytest.mark.walk, pytest.mark.django_db]

ALL = entries()
OUR_OWN = [entry for entry in ALL if not entry.name.startswith("admin:")]
VIEWERS = ("nobody", "siti", "dewi", "rina", "agus", "maya", "admin")
ADMITTED: dict[Audience, frozenset[str]] = {
    Audience.PUBLIC: frozenset(VIEWERS),
    Audience.LOGGED_IN: frozenset(VIEWERS) - {"nobody"},
    Audience.OFFICER: frozenset({"siti"}),
    Audience.FORUM: frozenset({"siti", "rina", "maya", "admin"}),
    Audience.AUTHOR: frozenset({"siti"}),
    Audience.MODERATOR: frozenset({"maya", "admin"}),
    Audience.JUDGED: frozenset({"siti", "maya", "admin"}),
    Audience.PEMBINA: frozenset({"maya"}),
    Audience.EDITOR: frozenset({"agus", "admin"}),
    Audience.HOLDER: frozenset({"siti", "agus", "admin"}),
    Audience.ADDRESSED: frozenset({"siti", "dewi", "rina", "agus", "admin"}),
    Audience.FOLLOWER: frozenset({"dewi", "rina", "agus", "admin"}),
    Audience.PARTICIPANT: frozenset({"siti"}),
    Audience.CONCERNED: frozenset({"siti", "dewi", "rina", "admin"}),
    Audience.KEEPER: frozenset({"dewi", "rina", "admin"}),
    Audience.STAFF: frozenset({"dewi", "rina", "admin"}),
    Audience.DITJEN: frozenset({"rina", "admin"}),
    Audience.SUPERUSER: frozenset({"admin"}),
    Audience.NOBODY: frozenset(),
}
# What is in a file does not matter here, so none is opened.
PICTURE = CheckedFile.of(b"jpeg", extension="jpg", pages=1, original_name="SK.jpg")
# Whose view of a page is written down changes this table, and no other.
LOG_OF_READING = "registry_accessrecord"
# Forms need the token that protects them.
SETS_A_COOKIE = {"account_login", "account_reset_password", "registry:activation"}
# What a choice of the admin is asked for.
QUERIES = {
    "admin:registry_unit_choose": "posting&field_name=unit",
    "admin:registry_officer_choose": "document&field_name=officer",
    "admin:registry_document_choose": "posting&field_name=document",
    "admin:registry_region_choose": "unit&field_name=region",
    "admin:registry_expertise_choose": "officerexpertise&field_name=expertise",
}

Cast = Mapping[str, User | None]


@dataclass(frozen=True)
class World:
    """People, rows and sessions, made once for all tests of this module; none of them is kept."""

    cast: Cast
    samples: dict[str, dict[str, Any]]
    sessions: dict[str, str]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        people = cast_of()
        sessions = {
            name: client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
            for name, user in people.items()
            if user is not None
        }
        yield World(people, samples_of(people), sessions)
        transaction.set_rollback(True)


@pytest.fixture
def world(made: World, db: None) -> World:
    """In a transaction of its own within that of the module: what a test does is undone."""
    return made


@pytest.fixture
def samples(world: World) -> dict[str, dict[str, Any]]:
    return world.samples


@pytest.fixture
def clients(world: World) -> dict[str, Client]:
    return {name: visitor(world, name) for name in world.cast}


def visitor(world: World, name: str, **options: Any) -> Client:
    """A browser that is logged in already."""
    client = Client(**options)
    if name in world.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[name]
    return client


def cast_of() -> Cast:
    make_province()
    siti = make_siti(make_unit(make_regency()))
    set_photo(siti.officer, PICTURE, by=siti)
    Officer.objects.filter(user=siti).update(photo_public=True)
    return {
        "nobody": None,
        "siti": siti,
        "dewi": make_user("dewi@demo.example", "Dewi", "admin_provinsi", province="32"),
        "rina": make_user("rina@demo.example", "Rina", "admin_ditjen"),
        "agus": make_user("agus@demo.example", "Agus", "redaksi"),
        "maya": make_user("maya@demo.example", "Maya", "moderator", "pembina"),
        "admin": make_user("admin@demo.example", "Admin", is_superuser=True),
    }


def samples_of(cast: Cast) -> dict[str, dict[str, Any]]:
    """For each address that takes arguments some that exist: rows of Siti, and where she serves."""
    siti = cast["siti"]
    officer = Officer.objects.get(user=siti)
    document = store_document(officer, PICTURE, kind="sk", by=cast["rina"])
    unit = officer.postings.get().unit
    rows: dict[str, Any] = {
        "registry_officer": officer,
        "registry_unit": unit,
        "registry_document": document,
        "registry_region": unit.region,
        "registry_expertise": Expertise.objects.first(),
        "accounts_user": siti,
        "forum_category": make_category(),
        "news_article": make_article("Dilihat di admin", by=cast["agus"]),
        "news_category": NewsCategory.objects.first(),
        "accounts_rolegrant": siti.grants.get(),
        "registry_accessrecord": seen(officer, cast["rina"]),
        "notifications_mail": written(),
        "notifications_notification": in_trouble(siti),
        "notifications_pausedaddress": PausedAddress.objects.create(
            address="hilang@contoh.example", reason="5.1.1"
        ),
        "notifications_job": Job.objects.latest("pk"),
    }
    found = {name: arguments(officer) for name, arguments in ARGUMENTS.items()}
    found["registry:document"]["document_id"] = document.pk
    found |= of_the_forum(cast)
    found |= news_samples(cast["agus"], cast["siti"])
    for table, row in rows.items():
        for act in ACTS:
            found[f"admin:{table}_{act}"] = {"object_id": quote(row.pk)}
    kind = ContentType.objects.get_for_model(unit)
    return found | {
        "admin:app_list": {"app_label": "registry"},
        "admin:view_on_site": {"content_type_id": kind.pk, "object_id": unit.pk},
        "admin:(lainnya)": {"url": "tidak/ada/"},
    }


def of_the_forum(cast: Cast) -> dict[str, dict[str, Any]]:
    """A topic that all the cast have read, with a second post of Siti's and a file of it."""
    topic = make_topic(cast["maya"])
    stranger = make_reply(topic, make_user("lain@demo.example", "Lain", "pengantar_kerja"))
    post = make_reply(topic, cast["siti"])
    file = make_attachment(post, PICTURE)
    for person in cast.values():
        if person is not None:
            mark_read(topic, post.number, by=person)
    samples: dict[str, dict[str, Any]] = {"forum:attachment": {"attachment_id": file.pk}}
    for name in ("topic", "topic_print", "reply", "topic_follow", "topic_metoo"):
        samples[f"forum:{name}"] = {"topic_id": topic.pk}
    private = make_answered(cast["siti"])
    for name in ("publication", "publication_agree", "publication_withdraw"):
        samples[f"forum:{name}"] = {"topic_id": private.pk}
    for name in ("decline", "choose", "invite", "leave", "close"):
        samples[f"forum:consultation_{name}"] = {"topic_id": private.pk}
    for name in ("post", "post_edit", "post_history", "post_delete", "post_thanks"):
        samples[f"forum:{name}"] = {"post_id": post.pk}
    for name in ("post_report", "post_moderate"):
        samples[f"forum:{name}"] = {"post_id": stranger.pk}
    samples["forum:topic_moderate"] = {"topic_id": topic.pk}
    decision = Decision.objects.create(
        verb="tegur", by=cast["admin"], reason="Kasar.", post=post, person=cast["siti"]
    )
    samples["forum:decision"] = {"decision_id": decision.pk}
    samples["forum:post_verify"] = {"post_id": post.pk}
    regulation = Regulation.objects.create(name="UU 13/2003", in_force_from=dt.date(2003, 3, 25))
    for name in ("edit", "reinstate", "replace"):
        samples[f"forum:regulation_{name}"] = {"regulation_id": regulation.pk}
    return samples


def seen(officer: Officer, viewer: User) -> AccessRecord:
    note_view(officer, [Field.NIP], by=viewer, channel=AccessRecord.Channel.PROFILE)
    return AccessRecord.objects.latest("pk")


def in_trouble(person: User) -> Notification:
    """A notification of which no mail could be made; no other stands in the admin."""
    event = Event.objects.create(kind="accounts.new_device", subject="akun-1", item="1")
    return Notification.objects.create(
        event=event, recipient=person, kind=event.kind, subject=event.subject, trouble="KeyError"
    )


def written() -> Mail:
    """A mail, with the job that is to deliver it."""
    facts = {"name": "Siti", "sentence": "Sandi diganti.", "now": timezone.now()}
    mail.send("accounts/mail/security_notice.txt", facts, to="siti@contoh.example")
    return Mail.objects.latest("pk")


def client_of(user: User | None, **options: Any) -> Client:
    client = Client(**options)
    if user is not None:
        client.force_login(user)
    return client


def address_of(entry: Entry, samples: Mapping[str, dict[str, Any]]) -> str:
    path = entry.path(**samples.get(entry.name, {}))
    query = QUERIES.get(entry.name)
    return f"{path}?app_label=registry&model_name={query}" if query else path


def expected(page: Page, viewer: str) -> int:
    if viewer in ADMITTED[page.audience]:
        return page.entered if page.entered and viewer != "nobody" else page.answer
    return 302 if viewer == "nobody" else page.refusal


def state() -> dict[str, str]:
    """A checksum of every table, and how far every sequence is."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if name != LOG_OF_READING]
        parts = [
            f"SELECT '{name}', count(*) || ':' || "
            f"coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM \"{name}\" t"
            for name in tables
        ]
        cursor.execute(" UNION ALL ".join(parts))
        found = dict(cursor.fetchall())
        cursor.execute(
            "SELECT sequencename, coalesce(last_value, 0)::text FROM pg_sequences"
            " WHERE sequencename <> %s",
            [f"{LOG_OF_READING}_id_seq"],
        )
        return found | dict(cursor.fetchall())


class TestEveryAddress:
    def test_is_classified(self) -> None:
        assert [entry.name for entry in ALL if page_of(entry.name) is None] == []

    def test_has_a_name_of_its_own(self) -> None:
        names = [entry.name for entry in ALL]
        assert sorted(set(names)) == sorted(names)
        assert len(names) > 70

    def test_of_the_list_is_there(self) -> None:
        """Nothing stands in the list that the site map has no longer."""
        names = {entry.name for entry in ALL}
        assert set(PAGES) <= names
        tables = {found["table"] for name in names if (found := TABLE_NAME.fullmatch(name))}
        assert set(TABLES) <= tables

    def test_is_in_the_printed_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("list_pages")
        printed = capsys.readouterr().out
        assert printed == as_markdown()
        assert printed.count("\n") == len(ALL) + 2
        assert "belum digolongkan" not in printed
        kept = DOCUMENT.read_text().partition(BEGIN)[2].partition(END)[0]
        assert kept == printed, "run: python manage.py list_pages --write"

    def test_is_open_where_its_class_says_so_and_nowhere_else(self) -> None:
        opened = {entry.name for entry in ALL if entry.is_public}
        public = {
            e.name for e in ALL if (page := page_of(e.name)) and page.audience is Audience.PUBLIC
        }
        assert opened - {"admin:login"} == public


@pytest.mark.parametrize("entry", ALL, ids=str)
class TestEach:
    def test_answers_everyone_as_its_class_says(
        self, entry: Entry, clients: dict[str, Client], samples: dict[str, dict[str, Any]]
    ) -> None:
        page, address = page_of(entry.name), address_of(entry, samples)
        answers = {name: clients[name].get(address) for name in VIEWERS}
        statuses = {name: answer.status_code for name, answer in answers.items()}
        assert statuses == {name: expected(page, name) for name in VIEWERS}
        if statuses["nobody"] == 302 and page.audience is not Audience.PUBLIC:
            target = answers["nobody"].headers["Location"]
            assert target.startswith((reverse("account_login"), reverse("admin:login")))

    def test_changes_nothing_by_being_read(
        self, entry: Entry, clients: dict[str, Client], samples: dict[str, dict[str, Any]]
    ) -> None:
        address, before = address_of(entry, samples), state()
        for name, client in clients.items():
            client.get(address)
            if name == "admin":
                client.head(address)
                client.options(address)
        assert state() == before

    def test_takes_no_post_without_a_token(
        self, entry: Entry, world: World, samples: dict[str, dict[str, Any]]
    ) -> None:
        address = address_of(entry, samples)
        strict = [
            visitor(world, name, enforce_csrf_checks=True) for name in ("nobody", "siti", "admin")
        ]
        before = state()
        for client in strict:
            response = client.post(address, {"q": "x", "_save": "1", "post": "yes"})
            if page_of(entry.name).token:
                assert response.status_code == 403
                assert state() == before
            else:
                assert response.status_code != 403


@pytest.mark.parametrize("entry", OUR_OWN, ids=str)
def test_methods_are_what_the_table_says(
    entry: Entry, clients: dict[str, Client], samples: dict[str, dict[str, Any]]
) -> None:
    page, address = page_of(entry.name), address_of(entry, samples)
    for name in ADMITTED[page.audience]:
        got = clients[name].get(address)
        assert (got.status_code == 405) is ("GET" not in page.methods)
        posted = clients[name].post(address)
        assert (posted.status_code == 405) is ("POST" not in page.methods)


@pytest.mark.parametrize("entry", [entry for entry in ALL if entry.is_public], ids=str)
def test_a_public_page_sets_no_cookie(
    entry: Entry, client: Client, samples: dict[str, dict[str, Any]]
) -> None:
    response = client.get(address_of(entry, samples))
    assert bool(response.cookies) is (entry.name in SETS_A_COOKIE)
