"""Who was in which session, who may have a certificate, and whose certificates there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.aggregates import JSONBAgg
from django.db import models
from django.db.models import Avg, Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

if TYPE_CHECKING:
    from news.queries.readers import Viewer
    from registry.queries import ListedOfficer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class AttendanceQuerySet(models.QuerySet[_Row_co]):
    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)


class CertificateQuerySet(models.QuerySet[_Row_co]):
    def of_account(self, user: Viewer) -> Self:
        return self.filter(registration__officer__user=user.pk)

    def with_code(self, code: str) -> Self:
        return self.filter(code=code)

    def undrawn(self) -> Self:
        return self.filter(file="")


@dataclass(frozen=True)
class Mark:
    """When somebody was noted in a session, and how."""

    at: dt.datetime
    method: str


@dataclass(frozen=True)
class Participant:
    """A registration that counts, with what was noted of it; `officer` is the record of today."""

    registration_id: int
    key: Any
    officer_id: int
    marks: Mapping[int, Mark]
    """By session, of those that take attendance."""
    evaluated: bool
    certificate_id: int | None
    certificate_code: str
    certificate_number: tuple[int, int] | None
    revoked: bool
    is_drawn: bool


def participants(event_id: int) -> list[Participant]:
    """All who are registered for an event (not those who wait or were refused): one query."""
    rows = _rows("Registration").filter(event=event_id, state="terdaftar")
    counted = Q(attendances__undone_at__isnull=True, attendances__session__takes_attendance=True)
    rows = rows.annotate(
        marks=JSONBAgg(
            JSONObject(
                session="attendances__session", at="attendances__at", method="attendances__method"
            ),
            filter=counted,
        ),
        evaluated=Exists(_rows("Evaluation").filter(registration=OuterRef("pk"))),
    ).order_by("officer__sort_key", "pk")
    found = rows.values_list(
        "pk",
        "key",
        "officer",
        "marks",
        "evaluated",
        "certificate__pk",
        "certificate__code",
        "certificate__year",
        "certificate__serial",
        "certificate__revoked_at",
        "certificate__file",
    )
    return [
        Participant(
            registration_id=pk,
            key=key,
            officer_id=officer,
            marks={
                mark["session"]: Mark(dt.datetime.fromisoformat(mark["at"]), mark["method"])
                for mark in marks or ()
            },
            evaluated=evaluated,
            certificate_id=certificate,
            certificate_code=code or "",
            certificate_number=(year, serial) if certificate else None,
            revoked=revoked is not None,
            is_drawn=bool(file),
        )
        for pk, key, officer, marks, evaluated, certificate, code, year, serial, revoked, file
        in found
    ]  # fmt: skip


def officers_of(keys: Sequence[int]) -> dict[int, ListedOfficer]:
    """By key, the officers as they stand in the register today."""
    officers: Any = apps.get_model("registry", "Officer")._default_manager
    rows = officers.as_of(timezone.localdate()).among(keys).listed()
    return {row.pk: row for row in rows}


def registration_of(user: Viewer, event_id: int) -> Any:
    """The registration of that account for that event; None without one that counts."""
    rows = _rows("Registration").filter(event=event_id, officer__user=user.pk, state="terdaftar")
    return rows.select_related("officer").first()


@dataclass(frozen=True)
class OwnProof:
    """What was noted of somebody at an event."""

    was_there: bool
    attended: int
    total: int
    evaluated: bool
    certificate_code: str


def with_proof(rows: Any) -> Any:
    """Registrations with `there`, `attended`, `total`, `evaluated` and `code`, for `proof_of`."""
    noted = _rows("Attendance").filter(registration=OuterRef("pk"), undone_at__isnull=True)
    counted = noted.filter(session__takes_attendance=True)
    sessions = _rows("Session").filter(event=OuterRef("event"), takes_attendance=True)
    return rows.annotate(
        there=Exists(noted),
        attended=_counted(counted, "registration"),
        total=_counted(sessions, "event"),
        evaluated=Exists(_rows("Evaluation").filter(registration=OuterRef("pk"))),
        code=F("certificate__code"),
    )


def proof_of(registration: Any) -> OwnProof | None:
    """Of a row of `with_proof`; None without one that counts."""
    if registration is None or registration.state != "terdaftar":
        return None
    return OwnProof(
        registration.there,
        registration.attended,
        registration.total,
        registration.evaluated,
        registration.code or "",
    )


def _counted(rows: Any, group: str) -> Coalesce:
    counted = rows.order_by().values(group).annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def attended_sessions(registration_id: int) -> set[int]:
    rows = _rows("Attendance").filter(registration=registration_id, undone_at__isnull=True)
    return set(rows.values_list("session", flat=True))


def counted_sessions(event_id: int) -> Any:
    """Those of a programme in which attendance is taken, in their order."""
    rows = _rows("Session").filter(event=event_id, takes_attendance=True)
    return rows.order_by("starts_at", "pk")


def evaluable_since(moment: dt.datetime) -> Any:
    """The events whose end was after that moment, and which somebody attended."""
    there = _rows("Attendance").filter(registration__event=OuterRef("pk"), undone_at__isnull=True)
    now = timezone.now()
    rows = _rows("Event").filter(
        Exists(there), ends_at__gt=moment, ends_at__lte=now, cancelled_at__isnull=True
    )
    return rows.order_by("pk")


def averages(event_id: int, names: Sequence[str]) -> dict[str, Any]:
    """Of the evaluations of an event: how many, and of each rating its average and how often 1 to 5."""
    rows = _rows("Evaluation").filter(registration__event=event_id)
    asked: dict[str, Any] = {"total": Count("pk")}
    for name in names:
        asked[f"{name}_average"] = Avg(name)
        for value in range(1, 6):
            asked[f"{name}_{value}"] = Count("pk", filter=Q(**{name: value}))
    found: dict[str, Any] = rows.aggregate(**asked)
    return found


def texts(event_id: int, name: str) -> list[str]:
    """What was written, in the order of the alphabet: when it was written would say who wrote it."""
    rows = _rows("Evaluation").filter(registration__event=event_id).exclude(**{name: ""})
    return list(rows.order_by(F(name)).values_list(name, flat=True))


def _rows(name: str) -> Any:
    return apps.get_model("news", name)._default_manager.order_by()
