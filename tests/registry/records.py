"""The tables that hold an officer's dated records, for tests that go through all of them."""

from django.db import models

from registry.models import (
    CompetencyTest,
    Education,
    JenjangRecord,
    PangkatRecord,
    Posting,
    StatusRecord,
    Training,
)

RECORDS: tuple[type[models.Model], ...] = (
    StatusRecord,
    JenjangRecord,
    PangkatRecord,
    Posting,
    Education,
    Training,
    CompetencyTest,
)
