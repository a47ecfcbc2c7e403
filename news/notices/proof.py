"""What those who took part in an event are told: that they can evaluate it, that a certificate is out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from epk.lib.notices import Choice, Kind, Ref, Seen, declare, notify
from epk.lib.seeing import Way, judged_by, seen_by_sort
from news.models import Attendance, Certificate, Event, Registration

if TYPE_CHECKING:
    from accounts.models import User

GROUP: Final = "Kegiatan"
EVENT: Final = re.compile(r"evaluation-(\d{1,18})", re.ASCII)
ONE: Final = re.compile(r"registration-(\d{1,18})", re.ASCII)
CERTIFICATE_ITEM: Final = re.compile(r"certificate-(\d{1,18})", re.ASCII)


def tell_of_evaluation(event: Event, registration: Registration | None = None) -> None:
    """To all who were there; to one alone whose attendance was entered when it was over."""
    item = f"registration-{registration.pk}" if registration else "open"
    notify(EVALUATION_OPEN, subject=f"evaluation-{event.pk}", item=item)


def tell_of_certificate(certificate: Certificate, *, by: User) -> None:
    item = f"certificate-{certificate.pk}"
    notify(CERTIFICATE, subject=item, item=item, by=by)


def _key(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.fullmatch(text)
    return int(found[1]) if found else 0


def _attended(ref: Ref) -> Iterable[int]:
    """The accounts that were in a session and have not evaluated yet."""
    rows = Attendance.objects.standing().filter(
        registration__event=_key(EVENT, ref.subject),
        registration__state=Registration.State.IN,
        registration__evaluation__isnull=True,
        registration__officer__user__isnull=False,
    )
    if ref.item != "open":
        rows = rows.filter(registration=_key(ONE, ref.item))
    people = rows.order_by("registration__officer__user")
    return people.values_list("registration__officer__user", flat=True).distinct()


def _own_events(user: User, keys: set[int]) -> Any:
    """Only to those who are registered: the form is theirs."""
    rows = Event.objects.visible_to(user).filter(
        pk__in=keys,
        registrations__officer__user=user,
        registrations__state=Registration.State.IN,
    )
    words = Concat("slug", Value("\n"), "title", output_field=TextField())
    return rows.order_by().annotate(words=words).values_list("pk", "words")


def _shown_event(_ref: Ref, words: str) -> Seen:
    slug, _, title = words.partition("\n")
    return Seen(title, reverse("news:evaluation", args=[slug]))


def _owner(ref: Ref) -> Iterable[int]:
    rows = Certificate.objects.filter(pk=_key(CERTIFICATE_ITEM, ref.item))
    owners = rows.values_list("registration__officer__user", flat=True)
    return [owner for owner in owners if owner is not None]


def _own_certificates(user: User, keys: set[int]) -> Any:
    """Only to its owner, although the page is for everyone."""
    rows = Certificate.objects.of_account(user).filter(pk__in=keys)
    words = Concat("code", Value("\n"), "event_title", output_field=TextField())
    return rows.order_by().annotate(words=words).values_list("pk", "words")


def _shown_certificate(_ref: Ref, words: str) -> Seen:
    code, _, title = words.partition("\n")
    return Seen(title, reverse("news:certificate", args=[code]))


judged_by(Way(key=lambda ref: _key(EVENT, ref.subject), rows=_own_events, shown=_shown_event))
judged_by(
    Way(
        key=lambda ref: _key(CERTIFICATE_ITEM, ref.subject),
        rows=_own_certificates,
        shown=_shown_certificate,
    )
)
EVALUATION_OPEN: Final = declare(
    Kind(
        name="news.evaluation_open",
        group=GROUP,
        label="Evaluasi kegiatan yang saya hadiri dibuka",
        one="Isi evaluasi “{title}”; syarat untuk sertifikat",
        many="Isi evaluasi “{title}”; syarat untuk sertifikat",
        who=_attended,
        seen=seen_by_sort,
        default=Choice.DAILY,
    )
)
CERTIFICATE: Final = declare(
    Kind(
        name="news.certificate",
        group=GROUP,
        label="Sertifikat kegiatan saya terbit",
        one="Sertifikat Anda untuk “{title}” sudah terbit",
        many="{count} sertifikat Anda untuk “{title}” sudah terbit",
        who=_owner,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
