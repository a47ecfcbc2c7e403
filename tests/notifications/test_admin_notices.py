"""Notifications whose mail could not be composed, in the admin: seen, and composed again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.notices import Choice, Kind, notify
from notifications.actions import compose_due
from notifications.models import Mail, Notification
from tests.notifications.kinds import Board, declared

LIST = reverse("admin:notifications_notification_changelist")


@pytest.fixture
def board(siti: User) -> Board:
    return Board(followers=[siti.pk], broken={"post-1"})


@pytest.fixture
def kind(board: Board, clock: object) -> Iterator[Kind]:
    made = board.kind("uji.segera", Choice.AT_ONCE)
    with declared(made):
        notify(made, subject="topic-1", item="post-1")
        compose_due()
        yield made


def test_only_those_in_trouble_and_nobodys_address(
    client: Client, rina: User, siti: User, kind: Kind, board: Board
) -> None:
    board.broken.clear()
    notify(kind, subject="topic-1", item="post-2")
    client.force_login(rina)
    html = client.get(LIST).content.decode()
    assert "LookupError" in html
    assert html.count("s***@demo.example") == 1
    assert siti.email not in html
    assert Notification.objects.count() == 2


def test_composed_again(client: Client, rina: User, kind: Kind, board: Board) -> None:
    board.broken.clear()
    client.force_login(rina)
    row = Notification.objects.get()
    sent = {"action": "compose_again", "_selected_action": [row.pk, "\0", "x"]}
    response = client.post(LIST, sent, follow=True)
    assert "1 pemberitahuan disusun lagi" in response.content.decode()
    compose_due()
    assert kind.label
    assert Mail.objects.count() == 1


@pytest.mark.usefixtures("kind")
def test_not_for_others(client: Client, dewi: User, siti: User) -> None:
    for user in (dewi, siti):
        client.force_login(user)
        assert client.get(LIST).status_code == 403
