"""Taking a person out of inbox and outbox: rows, choices, mails to whatever address."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from epk.lib import mail
from epk.lib.notices import notify
from notifications.actions import choose_hours, compose_due, forget_inbox, forget_person
from notifications.models import Digest, Event, Mail, MailHours, Notification, Preference
from tests.clock import Clock
from tests.notifications.kinds import Board, declared


@pytest.mark.django_db
def test_nothing_is_left_and_nothing_of_others_goes(siti: User, budi: User, clock: Clock) -> None:
    board = Board(followers=[siti.pk, budi.pk])
    kind = board.kind()
    with declared(kind):
        notify(kind, subject="topic-1", item="post-1", by=None)
        board.followers = [siti.pk]
        notify(kind, subject="topic-2", item="post-2", by=budi)
        board.followers = [budi.pk]
        notify(kind, subject="topic-3", item="post-3", by=siti)
        clock.move(days=1)
        compose_due()
    choose_hours(MailHours(user=siti))
    for user in (siti, budi):
        Preference.objects.create(user=user, kind=kind.name, choice="segera")
        mail.send(
            "notifications/mail/test.txt",
            {"written_at": "hari ini"},
            to=f"lama-{user.email}",
            user_id=user.pk,
        )
    forget_inbox(siti)
    forget_person([siti.email], user_ids=[siti.pk])
    for table in (Notification, Event, Digest, Mail, Preference):
        assert table.objects.exists(), table
    assert not Notification.objects.of(siti.pk).exists()
    own: Any = (Digest, Preference, MailHours, Mail)
    for table in own:
        assert not table.objects.filter(user=siti).exists(), table
    assert set(Event.objects.values_list("item", "by")) == {("post-1", None), ("post-3", None)}
