"""The editors' view of circulars: what is worked on, whom it would reach, what may be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import RoleGrant
from epk.lib import zones
from epk.lib.dates import format_date, format_datetime
from epk.lib.text import format_number
from news import rules
from news.audience import Reach, reach_of
from news.models import Circular, CircularVersion
from news.presenters.articles import FileRow, file_row
from news.presenters.circular_progress import ELSEWHERE, province_names
from registry.models import Unit
from registry.models.terms import Jenjang

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User

State, Change = CircularVersion.State, CircularVersion.Change
NONE_KNOWN: Final = "Tidak tercatat"
ROWS_ON_DASHBOARD: Final = 10
KINDS: Final = {State.DRAFT: "netral", State.REVIEW: "kunyit", State.LIVE: "daun"}


@dataclass(frozen=True, slots=True)
class EditorRow:
    """One circular in a list of editors; `badge` and its colour say how it stands."""

    title: str
    path: str
    badge: str
    kind: str
    meta: str


@dataclass(frozen=True)
class EditorCirculars:
    """What the dashboard of editors says of circulars."""

    waiting: list[EditorRow]
    drafts: list[EditorRow]
    live: list[EditorRow]


@dataclass(frozen=True)
class ReachTable:
    """Whom a circular would reach, written out; groups are (heading, rows of (name, number))."""

    total: str
    others: str
    unreached: str
    is_empty: bool
    rule: list[tuple[str, str]]
    groups: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)


@dataclass(frozen=True)
class WorkPage:
    """A circular as its editors see it: the version that is worked on, else the live one."""

    key: int
    title: str
    letter: str
    badge: str
    kind: str
    number: int
    edits: int
    change: str
    change_words: str
    note: str
    remark: str
    byline: str
    planned: str
    deadline: str
    html: SafeString
    files: list[FileRow]
    reach: ReachTable | None
    versions: list[tuple[str, str]]
    is_draft: bool
    is_review: bool
    is_first: bool
    is_live: bool
    is_withdrawn: bool
    may_review: bool


def circulars_for_editor(user: User) -> EditorCirculars:
    """For the dashboard at `/redaksi/`: waits for review, is being written, is live. Two queries."""
    worked_on = list(CircularVersion.objects.worked_on().for_row().order_by("-saved_at", "-pk"))
    waiting = [row for row in worked_on if row.state == State.REVIEW]
    drafts = [row for row in worked_on if row.state == State.DRAFT]
    live = Circular.objects.published().for_list().in_order()[:ROWS_ON_DASHBOARD]
    return EditorCirculars(
        waiting=[_version_row(row, user) for row in waiting[:ROWS_ON_DASHBOARD]],
        drafts=[_version_row(row, user) for row in drafts[:ROWS_ON_DASHBOARD]],
        live=[_live_row(row) for row in live],
    )


def editor_rows(circulars: Iterable[Any]) -> list[EditorRow]:
    """A page of all circulars, each by the version that is worked on, else by its live one."""
    rows = list(circulars)
    working = CircularVersion.objects.worked_on().for_row().filter(circular__in=rows)
    by_circular = {version.circular_id: version for version in working}
    return [
        _version_row(by_circular[row.pk], None) if row.pk in by_circular else _live_row(row)
        for row in rows
    ]


def work_page(circular: Circular, user: User) -> WorkPage:
    """Whom the version would reach is asked of the register as it is today."""
    zone = zones.viewers_zone()
    versions = list(
        circular.versions.defer("source", "html").order_by("-number").select_related("saved_by")
    )
    chosen = next((row for row in versions if row.is_working), None)
    version = shown_version(circular) if chosen is None else chosen
    names = province_names()
    is_first = circular.live_id is None
    files: Any = version.files.select_related("file")
    return WorkPage(
        key=circular.pk,
        title=version.title,
        letter=version.letter,
        badge=_badge(circular, version),
        kind=KINDS.get(State(version.state), "netral"),
        number=version.number,
        edits=version.edits,
        change=version.change,
        change_words="" if is_first else (version.get_change_display() or "Belum dipilih"),
        note=version.note,
        remark=version.remark if version.state == State.DRAFT else "",
        byline=_byline(version),
        planned=format_datetime(circular.publish_from, zone) if circular.publish_from else "",
        deadline=format_date(version.deadline) if version.deadline else "",
        html=mark_safe(version.html),  # noqa: S308  (rendered and cleaned by news.rendering)
        files=[file_row(row) for row in files],
        reach=_reach(version, names) if version.is_working else None,
        versions=[_history(row) for row in versions],
        is_draft=version.state == State.DRAFT,
        is_review=version.state == State.REVIEW,
        is_first=is_first,
        is_live=not is_first,
        is_withdrawn=circular.withdrawn_at is not None,
        may_review=rules.can_review(user, version),
    )


def shown_version(circular: Circular) -> CircularVersion:
    """The version that is worked on, else the live one, else the last."""
    order = Q(state__in=CircularVersion.WORKING)
    working = circular.versions.filter(order).first()
    return working or circular.live or circular.versions.order_by("-number")[0]


def _reach(version: CircularVersion, names: Mapping[str, str]) -> ReachTable:
    found = reach_of(version, timezone.localdate())
    tiers, jenjang = dict(Unit.Tier.choices), dict(Jenjang.choices)
    return ReachTable(
        total=format_number(found.total),
        others=format_number(found.others) if found.others else "",
        unreached=format_number(found.unreached) if found.unreached else "",
        is_empty=not found.total,
        rule=_rule(version, names),
        groups=_groups(found, names, tiers, jenjang),
    )


def _groups(
    found: Reach, names: Mapping[str, str], tiers: Mapping[str, str], jenjang: Mapping[str, str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    parts = (
        ("Menurut provinsi", found.provinces, names, ELSEWHERE),
        ("Menurut tingkat unit", found.tiers, tiers, NONE_KNOWN),
        ("Menurut jenjang", found.jenjang, jenjang, NONE_KNOWN),
    )
    return [
        (
            heading,
            [
                (labels.get(code, code) if code else nameless, format_number(count))
                for code, count in sorted(counter.items(), key=lambda item: _place(item[0], labels))
            ],
        )
        for heading, counter, labels, nameless in parts
        if counter
    ]


def _place(code: str, labels: Mapping[str, str]) -> int:
    """In the order of the official list, what has no code last."""
    order = list(labels)
    return order.index(code) if code in labels else len(order)


def _rule(version: CircularVersion, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The audience in words."""
    parts = (
        ("Peran", version.roles, dict(RoleGrant.Role.choices), "Pengantar Kerja"),
        ("Tingkat unit", version.tiers, dict(Unit.Tier.choices), "Semua"),
        ("Jenjang", version.jenjang, dict(Jenjang.choices), "Semua"),
        ("Provinsi", version.provinces, names, "Semua"),
    )
    return [
        (label, ", ".join(labels.get(code, code) for code in codes) or nothing)
        for label, codes, labels, nothing in parts
    ]


def _badge(circular: Circular, version: CircularVersion) -> str:
    if version.is_working:
        return version.get_state_display()
    if circular.withdrawn_at is not None:
        return "Ditarik"
    if circular.publish_from is not None and circular.publish_from > timezone.now():
        return "Terjadwal"
    return version.get_state_display()


def _byline(version: CircularVersion) -> str:
    zone = zones.viewers_zone()
    saved = version.saved_by.name if version.saved_by else "editor"
    parts = [
        f"Ditulis {version.writer_name}" if version.writer_name else "",
        f"disimpan {saved} {format_datetime(version.saved_at, zone)}",
        f"ditelaah {version.reviewer_name}" if version.reviewer_name else "",
    ]
    text = " · ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _history(version: CircularVersion) -> tuple[str, str]:
    """A version as a term and what is said of it."""
    zone = zones.viewers_zone()
    parts = [
        version.get_state_display(),
        version.get_change_display() or "",
        version.note,
        format_datetime(version.decided_at, zone) if version.decided_at else "",
    ]
    return f"Versi {version.number}", " · ".join(part for part in parts if part)


def _version_row(version: CircularVersion, user: User | None) -> EditorRow:
    zone = zones.viewers_zone()
    saved = version.saved_by.name if version.saved_by else "editor"
    own = user is not None and version.saved_by_id == user.pk and version.state == State.REVIEW
    more = " · perlu editor lain" if own else ""
    return EditorRow(
        title=version.title,
        path=reverse("news:circular_work", args=[version.circular_id]),
        badge=version.get_state_display(),
        kind=KINDS.get(State(version.state), "netral"),
        meta=f"Versi {version.number} · disimpan {saved} {format_datetime(version.saved_at, zone)}{more}",
    )


def _live_row(circular: Circular) -> EditorRow:
    zone = zones.viewers_zone()
    live, moment = circular.live, circular.publish_from
    path = reverse("news:circular_work", args=[circular.pk])
    if live is None or moment is None:
        return EditorRow(circular.title, path, "Dibatalkan", "netral", "")
    badge, kind = _badge(circular, live), "daun"
    if badge != State.LIVE.label:
        kind = "netral"
    meta = f"{live.letter} · " if live.letter else ""
    return EditorRow(live.title, path, badge, kind, f"{meta}{format_datetime(moment, zone)}")
