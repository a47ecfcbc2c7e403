"""An event as a calendar file (RFC 5545): the whole of it and each session, in UTC.

The whole does not block the days (TRANSPARENT) where sessions do. A change raises SEQUENCE under
the same UID, so that a calendar replaces what it has; the private link is never in the file.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.urls import reverse
from icalendar import Calendar
from icalendar import Event as Entry

if TYPE_CHECKING:
    from news.models import Event


def calendar_of(event: Event, site: str) -> bytes:
    """`site` is the address of the portal, of which the UIDs are made too."""
    host = urlsplit(site).hostname or "localhost"
    uid = f"kegiatan-{event.pk}@{host}"
    sessions: list[Any] = list(event.sessions.with_parts())
    calendar = Calendar()
    calendar.add("prodid", "-//e-Pengantar Kerja//Kegiatan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    whole = _entry(event, site, uid, event.title, event.starts_at, event.ends_at)
    whole.add("description", event.summary)
    whole.add("transp", "TRANSPARENT" if sessions else "OPAQUE")
    calendar.add_component(whole)
    for session in sessions:
        title = f"{session.title} ({event.title})"
        name = f"sesi-{session.pk}@{host}"
        entry = _entry(event, site, name, title, session.starts_at, session.ends_at)
        speakers = ", ".join(speaker["name"] for speaker in session.speaker_list)
        told = [session.summary, f"Narasumber: {speakers}" if speakers else ""]
        entry.add("description", "\n".join(line for line in told if line))
        entry.add("related-to", uid)
        if session.room:
            del entry["location"]
            entry.add("location", f"{session.room}, {_place(event)}")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _entry(
    event: Event, site: str, uid: str, title: str, start: dt.datetime, end: dt.datetime | None
) -> Entry:
    entry = Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", (event.published_at or event.created_at).astimezone(dt.UTC))
    entry.add("summary", title)
    entry.add("dtstart", start.astimezone(dt.UTC))
    if end is not None:
        entry.add("dtend", end.astimezone(dt.UTC))
    entry.add("sequence", event.edits - 1)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    entry.add("location", _place(event))
    entry.add("url", f"{site}{reverse('news:event', args=[event.slug])}")
    return entry


def _place(event: Event) -> str:
    return event.place or "Daring; tautannya ada di halaman kegiatan"
