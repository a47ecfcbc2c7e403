"""Every write to every table leaves a history row that nobody can alter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from accounts.models import User
from registry.actions import change
from registry.models import (
    CompetencyTest,
    Document,
    Education,
    Officer,
    RegisterCounter,
    Training,
    Unit,
)
from tests.factories import make_officer


def tracked() -> list[type[models.Model]]:
    """All tables of ours that hold records: everything but the histories themselves."""
    configs = [apps.get_app_config(app) for app in ("registry", "notifications", "accounts")]
    models_ = [
        model for config in configs for model in config.get_models(include_auto_created=True)
    ]
    return [
        model
        for model in models_
        if not issubclass(model, pghistory.models.Event) and model._meta.label not in UNTRACKED
    ]


UNTRACKED = {
    # Gone once it is answered; the change itself is in the history of the account.
    "accounts.EmailChange",
    # The texts hold links that let somebody in; they are emptied, which a history would undo.
    "notifications.Mail",
    # What one was told and how one wants to be told: nobody else changes it, and it goes in a year.
    "notifications.Event",
    "notifications.Notification",
    "notifications.Preference",
    "notifications.MailHours",
    "notifications.Digest",
    # What holds now of a mailbox or of the mail server, and goes when it holds no more.
    "notifications.PausedAddress",
    "notifications.Outage",
    # The library's table under a name of ours; rows go when their work is done.
    "notifications.Job",
    # Counts of a few minutes, of nobody who could be named.
    "accounts.ThrottleCount",
    # What one wrote has a history of its own that every reader sees (PostRevision); what became of
    # a topic stands in the moderators' log. Counters would else write two rows for each reply.
    "forum.Topic",
    "forum.Post",
    "forum.PostRevision",
    "forum.Attachment",
    # One's own: what one has begun to write, read, thanked for, follows.
    "forum.Draft",
    "forum.Thanks",
    "forum.MeToo",
    "forum.ReadMark",
    "forum.CategoryRead",
    "forum.TopicFollow",
    "forum.CategoryFollow",
    "forum.Availability",
    "forum.FeedKey",
    # Each row is dated and ended, never overwritten; what a moderator decided stands in the log.
    "forum.Report",
    "forum.Suspension",
    "forum.Appeal",
    "forum.Consultation",
    "forum.Member",
    "forum.Assignment",
    "forum.Publication",
    # Logs that nobody can alter are their own history.
    "forum.Decision",
    "registry.AccessRecord",
    "registry.Anonymisation",
    # Django's own permission rows: the roles are in RoleGrant, which is tracked.
    "accounts.User_groups",
    "accounts.User_user_permissions",
}


def event_of(model: type[models.Model]) -> Any:
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


@pytest.fixture
def one_of_each(siti: User, disnaker_indramayu: Unit) -> None:
    officer = siti.officer
    Education.objects.create(officer=officer, level="s1", institution="Universitas X", year=2008)
    Training.objects.create(
        officer=officer, name="Diklat", start=dt.date(2016, 1, 1), end=dt.date(2016, 1, 9)
    )
    CompetencyTest.objects.create(officer=officer, jenjang="ahli_muda", date=dt.date(2021, 5, 1))
    Document.objects.create(
        officer=officer,
        original_name="sk.pdf",
        content_type="application/pdf",
        size=1,
        pages=1,
        sha256="0" * 64,
    )


def test_there_are_tables_to_track() -> None:
    assert len(tracked()) >= 16


@pytest.mark.parametrize("model", tracked(), ids=lambda model: model._meta.label)
def test_raw_update_and_delete_leave_their_rows(
    model: type[models.Model], one_of_each: None
) -> None:
    table, pk = model._meta.db_table, model._meta.pk.column if model._meta.pk else "id"
    events = event_of(model).objects
    row = model._default_manager.first()
    assert row is not None, f"no {model.__name__} to change"
    column, value = CHANGES[model.__name__]
    before = events.count()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {value} WHERE {pk} = %s", [row.pk])
    assert events.count() == before + 1
    assert events.order_by("-pgh_id")[0].pgh_label == "update"
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"DELETE FROM {table} WHERE {pk} = %s", [row.pk])
        assert events.filter(pgh_label="delete").count() == 1
        transaction.set_rollback(True)


CHANGES = {
    "CompetencyTest": ("passed", "false"),
    "Document": ("original_name", "'lain.pdf'"),
    "Education": ("year", "1999"),
    "Expertise": ("name", "'Lain'"),
    "JenjangRecord": ("jenjang", "'ahli_utama'"),
    "Officer": ("name", "'Nama Lain'"),
    "OfficerExpertise": ("expertise_id", "(SELECT max(id) FROM registry_expertise)"),
    "PangkatRecord": ("golongan", "'IV/e'"),
    "Posting": ("sk_number", "'SK baru'"),
    "Region": ("name", "'Nama baru'"),
    "RegisterCounter": ("last_number", "last_number + 5"),
    "StatusRecord": ("status", "'meninggal'"),
    "Training": ("name", "'Diklat lain'"),
    "Unit": ("phone", "'021'"),
    "User": ("name", "'Nama lain'"),
    "RoleGrant": ("reason", "'lain'"),
}


@pytest.mark.parametrize("model", tracked(), ids=lambda model: model._meta.label)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_history_cannot_be_altered(
    model: type[models.Model], statement: str, one_of_each: None
) -> None:
    event = event_of(model)
    assert event.objects.exists()
    with (
        pytest.raises(DatabaseError, match=r"pgtrigger|history|Cannot|emptied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(event._meta.db_table))


def test_context_names_person_and_reason(siti: User, rina: User) -> None:
    officer = siti.officer
    with change(by=rina, reason="Perbaikan ejaan"):
        officer.name = "Siti Wulan"
        officer.save()
    event = event_of(Officer).objects.filter(pgh_obj=officer).order_by("-pgh_id")[0]
    assert (event.name, event.pgh_label) == ("Siti Wulan", "update")
    assert event.pgh_context.metadata == {"user": rina.pk, "reason": "Perbaikan ejaan"}


def test_last_state_of_a_removed_record_stays(siti: User, rina: User) -> None:
    training = Training.objects.create(
        officer=siti.officer, name="Keliru", start=dt.date(2016, 1, 1), end=dt.date(2016, 1, 9)
    )
    key = training.pk
    with change(by=rina, reason="Salah orang"):
        training.delete()
    event = event_of(Training).objects.get(pgh_obj_id=key, pgh_label="delete")
    assert event.name == "Keliru"
    assert event.pgh_context.metadata["reason"] == "Salah orang"


def test_password_is_not_kept_in_the_history(siti: User) -> None:
    names = {field.name for field in event_of(User)._meta.fields}
    assert not names & {"password", "last_login"}


def test_no_change_leaves_no_row_and_no_version(db: None) -> None:
    officer = make_officer()
    events = event_of(Officer).objects.filter(pgh_obj=officer)
    before = events.count()
    officer.save()
    officer.refresh_from_db()
    assert (events.count(), officer.version) == (before, 1)
    officer.bio = "Baru"
    officer.save()
    officer.refresh_from_db()
    assert (events.count(), officer.version) == (before + 1, 2)
    assert RegisterCounter.objects.count() == 1
