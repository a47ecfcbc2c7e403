"""The inbox: what may be seen, in groups, read and unread, page by page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from epk.lib.notices import Kind, notify
from notifications.actions import sweep_inbox
from notifications.models import Event, Notification
from notifications.presenters import HIDDEN, TROUBLED
from tests.notifications.kinds import Board, declared

INBOX = reverse("notifications:inbox")
QUERIES = 8


@pytest.fixture
def board(siti: User) -> Board:
    return Board(followers=[siti.pk])


@pytest.fixture
def reply(board: Board) -> Iterator[Kind]:
    kind = board.kind()
    with declared(kind):
        yield kind


@pytest.fixture
def reader(client: Client, siti: User) -> Client:
    client.force_login(siti)
    return client


def _tell(kind: Kind, *items: str, subject: str = "topic-1") -> None:
    for item in items:
        notify(kind, subject=subject, item=item)


def _html(client: Client, query: str = "") -> str:
    response = client.get(INBOX, QUERY_STRING=query)
    assert response.status_code == 200
    return response.content.decode()


def _group(kind: Kind, subject: str = "topic-1", up_to: int | None = None) -> dict[str, str]:
    newest = Notification.objects.latest("pk").pk
    return {"jenis": kind.name, "pokok": subject, "sampai": str(up_to or newest)}


def _unread() -> int:
    return Notification.objects.unread().count()


# --- What may not be seen, and what is none ------------------------------------------------------


def test_only_what_may_be_seen_is_counted_and_named(
    reader: Client, reply: Kind, board: Board
) -> None:
    _tell(reply, "post-1", "post-2", "post-3")
    board.hidden.add("post-2")
    assert "2 balasan baru di Topik topic-1" in _html(reader)
    board.hidden.update({"post-1", "post-3"})
    html = _html(reader)
    assert "Topik topic-1" not in html
    assert HIDDEN in html


def test_opening_what_may_not_be_seen_any_more(reader: Client, reply: Kind, board: Board) -> None:
    _tell(reply, "post-1")
    board.hidden.add("post-1")
    response = reader.post(reverse("notifications:open_group"), _group(reply), follow=True)
    assert "tidak lagi dapat Anda lihat" in response.content.decode()
    assert _unread() == 0


def test_opening_what_fails_says_so(reader: Client, reply: Kind, board: Board) -> None:
    _tell(reply, "post-1")
    board.broken.add("post-1")
    response = reader.post(reverse("notifications:open_group"), _group(reply), follow=True)
    assert "tidak lagi dapat Anda lihat" in response.content.decode()


def test_nobody_reads_or_marks_the_rows_of_others(client: Client, reply: Kind, budi: User) -> None:
    _tell(reply, "post-1")
    client.force_login(budi)
    assert "Belum ada pemberitahuan" in _html(client)
    for name in ("open_group", "mark_read", "mark_unread"):
        response = client.post(reverse(f"notifications:{name}"), _group(reply))
        assert response.headers["Location"].startswith(INBOX)
    assert _unread() == 1


@pytest.mark.parametrize("name", ["open_group", "mark_read", "mark_unread"])
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"jenis": "x"},
        {"jenis": "x" * 61, "pokok": "y", "sampai": "1"},
        {"jenis": "\0", "pokok": "\0", "sampai": "1"},
        {"jenis": "x", "pokok": "y", "sampai": "1" + "0" * 30},
        {"jenis": "x", "pokok": "y", "sampai": "satu"},
        {"sampai": "-1"},
    ],
)
def test_junk_gets_a_sentence(reader: Client, reply: Kind, name: str, sent: dict[str, str]) -> None:
    _tell(reply, "post-1")
    response = reader.post(reverse(f"notifications:{name}"), sent, follow=True)
    assert response.redirect_chain[-1][0].startswith(INBOX)
    assert "tidak ada lagi" in response.content.decode()
    assert _unread() == 1


@pytest.mark.parametrize(
    "query", ["halaman=0", "halaman=x", "halaman=99", "status=x", "kelompok=x", "kelompok=%00"]
)
def test_an_odd_address_shows_what_it_can(reader: Client, reply: Kind, query: str) -> None:
    _tell(reply, "post-1")
    assert "Balasan baru di Topik topic-1" in _html(reader, query)


@pytest.mark.parametrize("back", ["https://jahat.example/", "//jahat.example", "/x\r\ny", "?"])
def test_a_button_leads_back_into_the_inbox_only(reader: Client, reply: Kind, back: str) -> None:
    _tell(reply, "post-1")
    response = reader.post(reverse("notifications:mark_read"), {**_group(reply), "kembali": back})
    assert response.headers["Location"] == INBOX


def test_it_is_not_for_visitors(client: Client, reply: Kind) -> None:
    for name in ("inbox", "preferences"):
        response = client.get(reverse(f"notifications:{name}"))
        assert response.headers["Location"].startswith(reverse("account_login"))
    for name in ("open_group", "mark_read", "mark_unread"):
        response = client.post(reverse(f"notifications:{name}"), {"jenis": reply.name})
        assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_kind_that_fails_does_not_close_the_inbox(
    reader: Client, reply: Kind, board: Board, siti: User, caplog: pytest.LogCaptureFixture
) -> None:
    sound = Board([siti.pk]).kind("uji.kabar")
    with declared(sound):
        _tell(reply, "post-1")
        _tell(sound, "kabar-1", subject="kabar")
        board.broken.add("post-1")
        html = _html(reader)
    assert "Balasan baru di Topik kabar" in html
    assert TROUBLED in html
    assert "what may be seen of topic-1 cannot be told" in caplog.text


# --- What it is for -------------------------------------------------------------------------------


def test_opening_leads_to_the_first_unread_and_reads_the_group(
    reader: Client, reply: Kind, siti: User
) -> None:
    _tell(reply, "post-1", "post-2", "post-3")
    Notification.objects.filter(event__item="post-1").update(read_at=timezone.now())
    _tell(reply, "post-7", subject="topic-2")
    sent = _group(reply)
    _tell(reply, "post-4")
    response = reader.post(reverse("notifications:open_group"), sent)
    assert response.headers["Location"] == "/forum/topic-1/#post-2"
    left = Notification.objects.of(siti.pk).unread().values_list("event__item", flat=True)
    # What came after the page was shown has not been read.
    assert set(left) == {"post-7", "post-4"}


def test_mark_one_read_and_unread_again(reader: Client, reply: Kind) -> None:
    _tell(reply, "post-1", "post-2")
    reader.post(reverse("notifications:mark_read"), _group(reply))
    assert _unread() == 0
    html = _html(reader)
    assert "Tandai belum dibaca" in html
    assert "Balasan baru di Topik topic-1" in html
    reader.post(reverse("notifications:mark_unread"), _group(reply))
    assert _unread() == 1


def test_mark_all_read_up_to_what_was_shown(reader: Client, reply: Kind) -> None:
    _tell(reply, "post-1")
    _tell(reply, "post-2", subject="topic-2")
    shown = Notification.objects.latest("pk").pk
    assert f'name="sampai" value="{shown}"' in _html(reader)
    _tell(reply, "post-3", subject="topic-3")
    response = reader.post(reverse("notifications:mark_read"), {"sampai": str(shown)}, follow=True)
    assert "2 pemberitahuan ditandai sudah dibaca" in response.content.decode()
    assert _unread() == 1


def test_marking_all_keeps_to_the_filter(reader: Client, reply: Kind, siti: User) -> None:
    other = Kind(**{**vars(Board([siti.pk]).kind("uji.kabar")), "group": "Kabar"})
    with declared(other):
        _tell(reply, "post-1")
        _tell(other, "kabar-1")
        html = _html(reader, "kelompok=kabar")
        assert "Kabar ·" in html
        assert "Forum ·" not in html
        reader.post(
            reverse("notifications:mark_read"),
            {"sampai": _group(reply)["sampai"], "kembali": f"{INBOX}?kelompok=kabar"},
        )
        assert Notification.objects.unread().get().kind == reply.name


def test_all_can_be_read_from_a_page_that_shows_none_unread(reader: Client, reply: Kind) -> None:
    _tell(reply, "post-1")
    for number in range(20):
        _tell(reply, "post-1", subject=f"topic-baru-{number}")
    Notification.objects.exclude(subject="topic-1").update(read_at=timezone.now())
    html = _html(reader)
    assert "topic-1</button>" not in html
    assert "Tandai semua dibaca" in html
    Notification.objects.update(read_at=timezone.now())
    assert "Tandai semua dibaca" not in _html(reader)


def test_the_filter_for_unread(reader: Client, reply: Kind) -> None:
    _tell(reply, "post-1")
    reader.post(reverse("notifications:mark_read"), _group(reply))
    _tell(reply, "post-2", subject="topic-2")
    html = _html(reader, "status=belum")
    assert "topic-2" in html
    assert "Topik topic-1" not in html
    assert "Tidak ada di sini" not in html
    reader.post(reverse("notifications:mark_read"), _group(reply, "topic-2"))
    assert "Tidak ada di sini" in _html(reader, "status=belum")


def test_newest_groups_first_over_pages(reader: Client, reply: Kind) -> None:
    for number in range(45):
        _tell(reply, "post-1", subject=f"topic-{number}")
    first, last = _html(reader), _html(reader, "halaman=3")
    assert re.findall(r"di Topik (topic-\d+)</button>", first)[:2] == ["topic-44", "topic-43"]
    assert len(re.findall(r"di Topik (topic-\d+)</button>", last)) == 5
    assert "1–20 dari 45" in first
    assert _html(reader, "halaman=99").count("inbox__open") == 5


def test_the_masthead_counts_and_stops_counting(reader: Client, reply: Kind) -> None:
    home = reverse("home")
    assert "belum dibaca" not in reader.get(home).content.decode()
    _tell(reply, *(f"post-{number}" for number in range(99)))
    assert "Notifikasi, 99 belum dibaca" in reader.get(home).content.decode()
    _tell(reply, "post-99", "post-100")
    assert "Notifikasi, 99+ belum dibaca" in reader.get(home).content.decode()


def test_a_large_group_is_not_counted_to_its_end(reader: Client, reply: Kind, board: Board) -> None:
    _tell(reply, *(f"post-{number:02}" for number in range(60)))
    assert "60 balasan baru" in _html(reader)
    _tell(reply, "post-60")
    assert "60+ balasan baru" in _html(reader)
    board.hidden.add("post-03")
    assert "59+ balasan baru" in _html(reader)


def test_what_may_still_be_seen_of_a_group_is_shown(
    reader: Client, reply: Kind, board: Board
) -> None:
    """Though the newest that was read, or the oldest fifty that were not, are hidden."""
    _tell(reply, *(f"post-{number:02}" for number in range(55)))
    board.hidden.update(f"post-{number:02}" for number in range(52))
    assert "3 balasan baru" in _html(reader)
    Notification.objects.update(read_at=timezone.now())
    board.hidden.add("post-54")
    assert "Balasan baru di Topik topic-1" in _html(reader)


def test_an_event_from_before_its_sentence_changed(
    reader: Client, reply: Kind, board: Board
) -> None:
    now = Kind(**{**vars(board.kind("uji.baru")), "one": "{what} baru", "sample": {"what": "x"}})
    with declared(now):
        notify(now, subject="topic-1", item="post-1", facts={"what": "Balasan"})
        Event.objects.update(facts={})
        assert TROUBLED in _html(reader)
        response = reader.post(reverse("notifications:open_group"), _group(now))
        assert response.headers["Location"] == "/forum/topic-1/#post-1"


def test_kinds_that_share_who_may_see_are_asked_together(
    reader: Client, reply: Kind, board: Board
) -> None:
    others = [board.kind(f"uji.lain{number}") for number in range(5)]
    with declared(*others):
        for kind in (reply, *others):
            _tell(kind, "post-1", subject=kind.name)
        board.asked = 0
        _html(reader)
    assert board.asked == 1


def test_5000_rows_cost_no_more_queries_than_two(
    reader: Client, reply: Kind, board: Board, siti: User
) -> None:
    _tell(reply, "post-1", "post-2")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            _html(reader)
        return len(captured)

    few, asked = queries(), board.asked
    events = Event.objects.bulk_create(
        Event(kind=reply.name, subject=f"topic-{number % 700}", item=f"post-{number}")
        for number in range(10, 5010)
    )
    Notification.objects.bulk_create(
        Notification(event=event, recipient=siti, kind=event.kind, subject=event.subject)
        for event in events
    )
    board.asked = 0
    assert queries() == few <= QUERIES
    assert board.asked == asked == 1


def test_rows_go_after_a_year(reply: Kind) -> None:
    _tell(reply, "post-1", "post-2")
    old = timezone.now() - dt.timedelta(days=366)
    Notification.objects.filter(event__item="post-1").update(created_at=old, due_at=None, span="")
    Event.objects.filter(item="post-1").update(created_at=old)
    sweep_inbox()
    assert list(Event.objects.values_list("item", flat=True)) == ["post-2"]
    assert Notification.objects.count() == 1
