"""The outbox and the queue in the admin: no text, no whole address, no argument; tried again."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from epk.lib.jobs import enqueue
from notifications import outage
from notifications.addresses import pause_address
from notifications.models import Job, Mail, PausedAddress
from tests.jobs import empty_queue, run_jobs, waiting_jobs
from tests.mail_server import MailServer

MAILS = reverse("admin:notifications_mail_changelist")
PAUSED = reverse("admin:notifications_pausedaddress_changelist")
JOBS = reverse("admin:notifications_job_changelist")
SECRET = "https://contoh.example/rahasia"
SITI = "siti.wulandari@contoh.example"


def write(subject: str = "Aktivasi akun", to: str = SITI) -> Mail:
    send_mail(subject, SECRET, "Portal <portal@contoh.example>", [to])
    return Mail.objects.latest("id")


def fail(mail: Mail, **changed: Any) -> Mail:
    values = {"state": "gagal", "failed_at": timezone.now(), "next_try": None} | changed
    Mail.objects.filter(pk=mail.pk).update(**values)
    empty_queue()
    return mail


def fail_job() -> int:
    """A job that has failed, as a worker leaves it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('default', 'accounts.jobs.invite', %s, 'failed', 1) RETURNING id",
            [json.dumps({"nip": "198609262015051001"})],
        )
        return int(cursor.fetchone()[0])


@pytest.fixture
def ditjen(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


def try_again(client: Client, *mails: Mail) -> Any:
    chosen = {"action": "try_again", "_selected_action": [mail.pk for mail in mails]}
    return client.post(MAILS, chosen, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("address", [MAILS, JOBS, PAUSED])
def test_only_nationwide_staff_and_superusers_look(
    client: Client, address: str, dewi: User, siti: User, rina: User, admin: User
) -> None:
    assert "/akun/masuk/" in client.get(address).headers["Location"]
    for user, status in ((dewi, 403), (siti, 403), (rina, 200), (admin, 200)):
        client.force_login(user)
        assert client.get(address).status_code == status, user


def test_the_list_shows_no_text_and_no_whole_address(ditjen: Client) -> None:
    mail = write()
    fail(mail, last_error="550 No such user")
    for address in (MAILS, reverse("admin:notifications_mail_change", args=[mail.pk])):
        html = ditjen.get(address).content.decode()
        assert "s***@contoh.example" in html
        assert "Aktivasi akun" in html
        assert "550 No such user" in html
        assert SITI not in html
        assert SECRET not in html


def test_the_standing_of_a_mail_in_words(ditjen: Client, smtp: MailServer) -> None:
    write("Terkirim")
    run_jobs()
    write("Menunggu")
    fail(write("Gagal"), attempts=6)
    html = ditjen.get(MAILS).content.decode()
    for words in ("terkirim ", "menunggu; percobaan ke-1: ", "gagal setelah 6 percobaan, "):
        assert words in html


def test_the_heading_says_how_the_queue_stands(ditjen: Client) -> None:
    assert "0 menunggu, 0 gagal" in ditjen.get(MAILS).content.decode()
    write()
    fail(write())
    Mail.objects.update(created_at=timezone.now() - dt.timedelta(minutes=4, seconds=9))
    html = ditjen.get(MAILS).content.decode()
    assert "Surat keluar: 1 menunggu (terlama 4 menit), 1 gagal" in html


def test_the_heading_tells_of_a_server_that_is_away(ditjen: Client) -> None:
    outage.begin("Mati")
    assert "Server surat tidak dapat dipakai sejak " in ditjen.get(MAILS).content.decode()


def test_a_cancelled_mail_says_so(ditjen: Client) -> None:
    mail = write()
    fail(mail, state="dibatalkan", failed_at=None, cancelled_at=timezone.now())
    assert "dibatalkan " in ditjen.get(MAILS).content.decode()
    assert said(try_again(ditjen, mail)) == ["1 surat masuk antrean lagi."]


def test_paused_addresses_are_shown_in_parts_and_used_again(ditjen: Client) -> None:
    pause_address(SITI, code="5.1.1", answer="550 5.1.1 No such user")
    pause_address("budi@contoh.example", code="550", answer="550 x", bounced=True)
    row = PausedAddress.objects.get(address=SITI)
    for address in (PAUSED, reverse("admin:notifications_pausedaddress_change", args=[row.pk])):
        html = ditjen.get(address).content.decode()
        assert "s***@contoh.example" in html
        assert "5.1.1 No such user" in html
        assert SITI not in html
    chosen = {"action": "use_again", "_selected_action": [row.pk, "x\0"]}
    assert said(ditjen.post(PAUSED, chosen, follow=True)) == ["1 alamat dipakai lagi."]
    assert [row.address for row in PausedAddress.objects.all()] == ["budi@contoh.example"]
    assert ditjen.get(PAUSED, {"q": "budi"}).context["cl"].result_count == 0
    assert ditjen.get(PAUSED, {"q": "Budi@contoh.example"}).context["cl"].result_count == 1


def test_nobody_else_uses_an_address_again(client: Client, dewi: User) -> None:
    pause_address(SITI, code="550", answer="550 x")
    client.force_login(dewi)
    chosen = {"action": "use_again", "_selected_action": [PausedAddress.objects.get().pk]}
    assert client.post(PAUSED, chosen).status_code == 403
    assert PausedAddress.objects.exists()


def test_what_a_notice_is_about_is_its_readers_alone(ditjen: Client) -> None:
    title = "Seorang rekan menunggu jawaban Anda: sanksi atasan saya"
    mail = write(title)
    Mail.objects.filter(pk=mail.pk).update(event_key="notice-7", required=False)
    for address in (MAILS, reverse("admin:notifications_mail_change", args=[mail.pk])):
        page = ditjen.get(address).content.decode()
        assert "Pemberitahuan (perihalnya" in page
        assert "sanksi" not in page


def test_found_by_the_whole_address_alone(ditjen: Client) -> None:
    write()
    for query, count in ((SITI, 1), (SITI.upper(), 1), ("siti", 0), ("contoh.example", 0)):
        rows = ditjen.get(MAILS, {"q": query}).context["cl"].result_count
        assert rows == count, query


def test_filtered_by_state_and_junk_is_ignored(ditjen: Client) -> None:
    write()
    fail(write("Gagal"))
    page = ditjen.get(MAILS, {"state__exact": "gagal"})
    assert [mail.subject for mail in page.context["cl"].result_list] == ["Gagal"]
    page = ditjen.get(MAILS, {"text__contains": "rahasia"}, follow=True)
    assert any("tidak dikenal" in message for message in said(page))


def test_jobs_are_filtered_by_state(ditjen: Client) -> None:
    write()
    job = fail_job()
    for state, rows in (("failed", [job]), ("doing", [])):
        page = ditjen.get(JOBS, {"keadaan": state})
        assert [row.pk for row in page.context["cl"].result_list] == rows
    assert ditjen.get(JOBS, {"keadaan": "x\0"}, follow=True).status_code == 200


def test_nothing_is_added_changed_or_deleted(ditjen: Client) -> None:
    mail, job = write(), fail_job()
    for name, key in (("mail", mail.pk), ("job", job)):
        change = reverse(f"admin:notifications_{name}_change", args=[key])
        assert ditjen.get(change).status_code == 200
        assert ditjen.post(change, {"subject": "Lain"}).status_code == 403
        assert ditjen.get(reverse(f"admin:notifications_{name}_add")).status_code == 403
        delete = reverse(f"admin:notifications_{name}_delete", args=[key])
        assert ditjen.post(delete, {"post": "yes"}).status_code == 403
    assert Mail.objects.get().subject == "Aktivasi akun"


def test_a_failed_mail_is_tried_again(ditjen: Client, smtp: MailServer) -> None:
    response = try_again(ditjen, fail(write()))
    assert said(response) == ["1 surat masuk antrean lagi."]
    run_jobs()
    assert smtp.only().recipients == (SITI,)


def test_what_cannot_be_tried_again_is_said(ditjen: Client) -> None:
    emptied, waiting = fail(write(), text=""), write()
    before = len(waiting_jobs())
    [sentence] = said(try_again(ditjen, emptied, waiting))
    assert sentence.startswith("2 surat tidak dapat dicoba lagi: masih menunggu, sudah")
    assert len(waiting_jobs()) == before


@pytest.mark.parametrize("who", ["dewi", "siti", None])
def test_nobody_else_tries_again(
    client: Client, who: str | None, request: pytest.FixtureRequest, db: None
) -> None:
    mail = fail(write())
    if who:
        client.force_login(request.getfixturevalue(who))
    response = client.post(MAILS, {"action": "try_again", "_selected_action": [mail.pk]})
    assert response.status_code == (403 if who else 302)
    assert Mail.objects.get().state == "gagal"


@pytest.mark.parametrize("chosen", ["9999999", "9" * 30, "x", "", "1\0"])
def test_a_choice_that_does_not_exist_changes_nothing(ditjen: Client, chosen: str) -> None:
    fail(write())
    response = ditjen.post(MAILS, {"action": "try_again", "_selected_action": [chosen]})
    assert response.status_code in {302, 200}
    assert Mail.objects.get().state == "gagal"


def test_jobs_are_shown_without_their_arguments(ditjen: Client) -> None:
    job = fail_job()
    for address in (JOBS, reverse("admin:notifications_job_change", args=[job])):
        html = ditjen.get(address).content.decode()
        assert "accounts.jobs.invite" in html
        assert "198609262015051001" not in html


@pytest.mark.parametrize("who", [None, "siti", "dewi"])
@pytest.mark.parametrize("action", ["again", "throw_away"])
def test_nobody_else_touches_a_job(
    client: Client, who: str | None, action: str, request: pytest.FixtureRequest, db: None
) -> None:
    job = fail_job()
    if who:
        client.force_login(request.getfixturevalue(who))
    response = client.post(JOBS, {"action": action, "_selected_action": [job]})
    assert response.status_code == (403 if who else 302)
    assert Job.objects.get(pk=job).status == "failed"


@pytest.mark.parametrize("action", ["again", "throw_away"])
def test_a_job_that_has_not_failed_is_left_alone(ditjen: Client, action: str) -> None:
    enqueue("notifications.jobs.deliver", lane=1)
    (job,) = waiting_jobs()
    data = {"action": action, "_selected_action": [job.pk, "9999999", "x"]}
    html = ditjen.post(JOBS, data, follow=True).content.decode()
    assert "1 pekerjaan tidak" in html
    (left,) = waiting_jobs()
    assert (left.pk, left.attempts) == (job.pk, job.attempts)


def test_a_failed_job_is_not_run_beside_its_like(ditjen: Client) -> None:
    failed = fail_job()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = 'x' WHERE id = %s", [failed])
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock)"
            " VALUES ('default', 'accounts.jobs.invite', 'x')"
        )
    data = {"action": "again", "_selected_action": [failed]}
    assert (
        "1 pekerjaan tidak dijalankan lagi" in ditjen.post(JOBS, data, follow=True).content.decode()
    )
    assert Job.objects.get(pk=failed).status == "failed"


def test_a_failed_job_runs_again(ditjen: Client) -> None:
    failed = fail_job()
    data = {"action": "again", "_selected_action": [failed]}
    assert "1 pekerjaan masuk antrean lagi" in ditjen.post(JOBS, data, follow=True).content.decode()
    assert [job.pk for job in waiting_jobs()] == [failed]


def test_a_failed_job_is_thrown_away(ditjen: Client) -> None:
    kept, gone = fail_job(), fail_job()
    data = {"action": "throw_away", "_selected_action": [gone]}
    assert "1 pekerjaan dibuang" in ditjen.post(JOBS, data, follow=True).content.decode()
    assert list(Job.objects.values_list("pk", flat=True)) == [kept]


def test_the_tables_of_the_library_have_no_page_of_their_own(ditjen: Client, admin: User) -> None:
    ditjen.force_login(admin)
    assert "procrastinate" not in ditjen.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("address", [MAILS, JOBS, PAUSED])
def test_as_many_queries_with_two_rows_as_with_twenty(ditjen: Client, address: str) -> None:
    counts = []
    for number in (2, 18):
        for _ in range(number):
            write()
            fail_job()
            pause_address(f"p{PausedAddress.objects.count()}@x.example", code="550", answer="x")
        with CaptureQueriesContext(connection) as queries:
            ditjen.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
