"""One notice of every kind that the portal declares, in one inbox and in one digest."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from accounts.notices import subject_of as subject_of_account
from epk.lib.notices import Choice, Kind, Ref, kinds
from forum.models import Decision, Member, Post, Topic
from forum.notices import item_of, subject_of
from forum.notices.moderation import QUEUE, REPORTED
from forum.notices.moderation import subject_of as subject_of_decision
from notifications.actions import compose_due
from notifications.models import Digest, Event, Mail, Notification
from notifications.presenters import HIDDEN, TROUBLED
from registry.models import Officer
from registry.notices import subject_of as subject_of_record
from tests.forum.made import make_reply, make_topic
from tests.news.samples import ref_of_kind

pytestmark = pytest.mark.django_db
INBOX = reverse("notifications:inbox")
QUERIES = 8


@pytest.fixture
def moderator(siti: User) -> User:
    """An officer who moderates and edits, so that every kind may come to them."""
    since = timezone.localdate() - dt.timedelta(days=1)
    for role in (RoleGrant.Role.MODERATOR, RoleGrant.Role.REDAKSI):
        RoleGrant.objects.create(user=siti, role=role, valid_from=since)
    return User.objects.get(pk=siti.pk)


def make_private_topic(user: User) -> Topic:
    topic = make_topic(user, title="Rahasia dinas kami")
    topic.kind, topic.category = Topic.Kind.CONSULTATION, None
    topic.save()
    Member.objects.create(topic=topic, user=user, part=Member.Part.ASKER)
    return topic


def make_ref(kind: Kind, user: User, post: Post, private: Topic, decision: Decision) -> Ref:
    """Something that this kind tells of and that the user may see."""
    if kind.name == "forum.report_waiting":
        return Ref(QUEUE, f"{REPORTED}1")
    if kind.name == "forum.decision":
        return Ref(subject_of_decision(decision), subject_of_decision(decision))
    if kind.name == "registry.record_changed":
        return Ref(subject_of_record(Officer.objects.of_account(user).get()), "1")
    if kind.name.startswith("news."):
        return ref_of_kind(kind.name, user)
    if kind.group in {"Konsultasi", "Forum"}:
        is_private = kind.group == "Konsultasi"
        post_ref = Ref(subject_of(post), item_of(post))
        return Ref(f"topic-{private.pk}", "penugasan-1") if is_private else post_ref
    return Ref(subject_of_account(user), "1")


def tell_all(user: User, other: User, *, times: int = 1) -> int:
    """How many notices of how many kinds; each of another subject where that is possible."""
    private = make_private_topic(user)
    for time in range(times):
        post = make_reply(make_topic(other), other)
        decision = Decision.objects.create(
            verb=Decision.Verb.HIDE_POST, reason="Salah tempat", post=post, person=user, by=other
        )
        for kind in kinds():
            ref = make_ref(kind, user, post, private, decision)
            facts = {name: text for name, text in (kind.sample or {}).items() if name != "title"}
            event, _ = Event.objects.get_or_create(
                kind=kind.name,
                subject=ref.subject,
                item=ref.item if ref.item != "1" else f"{time}",
                defaults={"facts": facts},
            )
            Notification.objects.get_or_create(
                event=event, recipient=user, kind=kind.name, subject=ref.subject
            )
    return len(kinds())


@pytest.mark.parametrize("times", [1, 3])
def test_an_inbox_of_every_kind_keeps_to_its_queries(
    client: Client, moderator: User, budi: User, times: int
) -> None:
    tell_all(moderator, budi, times=times)
    client.force_login(moderator)
    for page in range(1, 4):
        with CaptureQueriesContext(connection) as captured:
            html = client.get(INBOX, {"halaman": page}).content.decode()
        assert len(captured) <= QUERIES, "\n".join(query["sql"][:160] for query in captured)
        assert HIDDEN not in html
        assert TROUBLED not in html


def test_every_kind_says_something(client: Client, moderator: User, budi: User) -> None:
    tell_all(moderator, budi)
    client.force_login(moderator)
    html = "".join(client.get(INBOX, {"halaman": page}).content.decode() for page in range(1, 4))
    for kind in kinds():
        assert f'value="{kind.name}"' in html, kind.name


def test_a_digest_of_every_kind_asks_no_more_than_one_of_a_kind_for_each_way_of_asking(
    moderator: User, budi: User
) -> None:
    tell_all(moderator, budi)
    due = timezone.now() - dt.timedelta(minutes=1)
    few = list({kind.seen: kind.name for kind in kinds()}.values())
    assert len(few) < len(kinds())

    def queries(names: list[str]) -> int:
        Notification.objects.filter(kind__in=names).update(span=Choice.DAILY, due_at=due, mail=None)
        with CaptureQueriesContext(connection) as captured:
            compose_due()
        mails = Mail.objects.filter(event_key__startswith="digest-")
        assert mails.count() == 1
        Notification.objects.update(mail=None)
        Digest.objects.all().delete()
        mails.delete()
        return len(captured)

    counts = [queries(few), queries([kind.name for kind in kinds()])]
    assert counts[1] <= counts[0]
