"""Data saya forgets no table: a new one with a reference to a person has to be told there."""

from __future__ import annotations

import json
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.personal_data import LongSection
from epk.personal_data import SOURCES, sections_of
from registry.models import Officer
from tests.epk.test_own_data import officer, papers  # noqa: F401  (one of each record)

# References to a person that are not told under that person, each with the reason.
NOT_TOLD = {
    # Whose row it is, is told under that person; here the account is only named as the actor.
    "registry.Document.uploaded_by",
    "accounts.RoleGrant.given_by",
    "registry.Anonymisation.by",
    "forum.Appeal.decided_by",
    "news.Article.created_by",
    "news.Comment.moderated_by",
    "news.ArticleVersion.saved_by",
    "news.Circular.created_by",
    "news.CircularVersion.saved_by",
    "news.Event.created_by",
    # The same person as the account of the row, under which it is told.
    "news.Reader.officer",
    "news.Registration.decided_by",
    "news.Attendance.by",
    "news.Attendance.undone_by",
    "news.Certificate.issued_by",
    "news.Certificate.revoked_by",
    "forum.Member.invited_by",
    # Who caused an event; whom it was told to, is told under them.
    "notifications.Event.by",
    # Between two records of one person: both are told.
    "registry.Officer.merged_into",
    # Django's own permission rows, which the portal does not use: rights come from grants.
    "accounts.User_groups.user",
    "accounts.User_user_permissions.user",
    # A view of the library over the history tables, which are told themselves.
    "pghistory.MiddlewareEvents.user",
}


def test_every_table_that_refers_to_a_person_is_told(agus: User) -> None:
    """A new table with a reference to User or Officer has to be told, or named above with why."""
    people: tuple[type[models.Model], ...] = (User, Officer)
    references = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model in people
        and not issubclass(model, pghistory.models.Event)
    }
    told = {table.holds for source in SOURCES for table in source.TABLES}
    for section in sections_of(agus):
        told |= section.holds if isinstance(section, LongSection) else set()
    assert len(references) >= 15
    assert references - told - NOT_TOLD == set()
    assert references >= NOT_TOLD, "an exception that is none any more"


@pytest.mark.usefixtures("papers")
def test_every_history_of_the_record_is_told(client: Client, siti: User) -> None:
    """The histories of all tables that refer to an officer, found by the references themselves."""
    client.force_login(siti)
    copy = json.loads(client.get(reverse("own_data_json")).content)
    parts = {part["kode"]: part for part in copy["bagian"]}
    told = {item["data"] for row in parts["riwayat"]["baris"] for item in row["perubahan"]}
    events: Any = [
        model for model in apps.get_models() if issubclass(model, pghistory.models.Event)
    ]
    tracked = {
        str(event.pgh_tracked_model._meta.verbose_name)
        for event in events
        if any(field.related_model is Officer for field in event._meta.fields)
    }
    assert {name.lower() for name in told} >= {name.lower() for name in tracked}
