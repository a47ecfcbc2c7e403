"""Arguments of the pages of events for the tests that open every page."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from tests.news.made import make_file
from tests.news.made_events import give, make_event, make_registration, make_session, officer_of


def of_the_events(siti: User) -> dict[str, dict[str, Any]]:
    """An event with a session, its material and Siti's registration."""
    event = make_event()
    session = make_session(event)
    link = give(session, make_file("paparan.pdf"))
    registration = make_registration(event, officer_of(siti))
    here = {"event_id": event.pk}
    samples: dict[str, dict[str, Any]] = {
        "news:event_session": here | {"session_id": session.pk},
        "news:event_session_delete": here | {"session_id": session.pk},
        "news:event_material_delete": here | {"material_id": link.pk},
        "news:event_person": {"registration_id": registration.pk},
    }
    for name in ("event", "event_calendar", "event_register", "event_unregister"):
        samples[f"news:{name}"] = {"slug": event.slug}
    for name in ("edit", "preview", "publish", "cancel", "session_new"):
        samples[f"news:event_{name}"] = here
    for name in ("people", "people_csv", "people_print"):
        samples[f"news:event_{name}"] = here
    return samples
