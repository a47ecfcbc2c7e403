"""How every table is tracked: the events recorded, and what guards them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

_M = TypeVar("_M", bound=type[models.Model])


def track(*, exclude: Sequence[str] = ()) -> Callable[[_M], _M]:
    """Record every insert, change and delete of a table, from any path, raw SQL included.

    The history rows carry the context of the request (`epk.middleware`): who, from where, why.
    They can be neither changed nor deleted (PGHISTORY_APPEND_ONLY), nor the table emptied.
    Leave generated columns out: the database computes them from the others.
    """
    no_truncate = pgtrigger.Trigger(
        name="no_truncate",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'the history cannot be emptied (%)', TG_TABLE_NAME;",
    )
    decorator: Callable[[_M], _M] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        meta={"triggers": [no_truncate]},
    )
    return decorator
