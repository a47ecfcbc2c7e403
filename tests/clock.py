"""A clock that a test sets: what the portal takes for now."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone


class Clock:
    """Django's `timezone.now`, standing still until it is moved; the database's own clock runs on."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __call__(self) -> dt.datetime:
        return self.moment

    def move(self, **span: float) -> None:
        """Forward, or back with negative numbers: `hours=1`, `days=-1`."""
        self.moment += dt.timedelta(**span)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """At noon in Jakarta, outside of anybody's quiet hours."""
    noon = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
    made = Clock(noon)
    monkeypatch.setattr(timezone, "now", made)
    return made
