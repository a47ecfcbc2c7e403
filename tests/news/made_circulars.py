"""Circulars for the tests of the news board: live ones with their readers, drafts of editors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from accounts.models import User
from news.actions.circulars import Files, begin_circular
from news.models import Circular, CircularVersion, Reader
from news.rendering import rendered
from registry.models import Officer
from tests.factories import make_user

HOUR = dt.timedelta(hours=1)
VALUES: dict[str, Any] = {
    "letter": "B-12/PK/XI/2026",
    "title": "Pemutakhiran data penempatan semester II",
    "summary": "",
    "source": "Lengkapi data penempatan **sebelum** batas waktu.",
    "deadline": None,
    "publish_from": None,
    "provinces": [],
    "tiers": [],
    "jenjang": [],
    "roles": [],
}


def make_circular(
    readers: Iterable[User] = (),
    *,
    title: str = "Pemutakhiran data penempatan semester II",
    by: User | None = None,
    published: dt.datetime | None = None,
    withdrawn_at: dt.datetime | None = None,
    **values: Any,
) -> Circular:
    """Live since an hour ago, with these people as its frozen audience."""
    moment = published or timezone.now() - HOUR
    circular = Circular.objects.create(
        title=title, publish_from=moment, created_by=by, withdrawn_at=withdrawn_at
    )
    source = values.pop("source", VALUES["source"])
    version = CircularVersion.objects.create(
        **{
            "circular": circular,
            "number": 1,
            "state": "terbit",
            "title": title,
            "source": source,
            "html": rendered(source, {}),
            "letter": VALUES["letter"],
            "change": "pertama",
            "writer": by,
            "writer_name": by.name if by else "",
            "saved_by": by,
            "decided_at": moment,
            **values,
        }
    )
    circular.live = circular.asking = version
    circular.save(update_fields=["live", "asking"])
    for user in readers:
        ask(circular, user)
    return circular


def ask(circular: Circular, user: User, province: str | None = None, **values: Any) -> Reader:
    """One more reader, as the register has them today."""
    assert circular.asking is not None
    today = timezone.localdate()
    officer = Officer.objects.joined_on(today).for_list().of_account(user).first()
    posting = officer.current_posting if officer else None
    code = posting.unit.region_id[:2] if posting and posting.unit.region_id else ""
    return Reader.objects.create(
        **{
            "version": circular.asking,
            "user": user,
            "officer": officer,
            "position": circular.asking.readers.count() + 1,
            "name": user.name,
            "unit": posting.unit.name if posting else "",
            "province_code": code if province is None else province,
            "asked_at": circular.publish_from,
            **values,
        }
    )


def make_draft(by: User, **values: Any) -> CircularVersion:
    return begin_circular(values=VALUES | values, files=Files(), by=by)


def make_lina() -> User:
    """A second editor, beside Agus."""
    return make_user("lina@demo.example", "Lina Marpaung", "redaksi")
