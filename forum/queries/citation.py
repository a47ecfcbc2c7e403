"""What a verification cites, within the query of what it stands in."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject


def citations_of(reference: str) -> ArraySubquery:
    """What the verification of that key cites: name, article, since, ended, successor."""
    rows: Any = apps.get_model("forum", "Citation")._default_manager
    cited = rows.filter(verification=OuterRef(reference)).order_by("pk")
    return ArraySubquery(
        cited.values(
            data=JSONObject(
                name="regulation__name",
                article="article",
                since="regulation__in_force_from",
                ended="regulation__replaced_on",
                successor="regulation__replaced_by__name",
            )
        )
    )
