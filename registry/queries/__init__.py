"""Which rows of the register, in what order, with what joined."""

from registry.queries.directory import (
    Choices,
    Facets,
    Filters,
    Found,
    Place,
    Search,
    choices,
    find,
    register_version,
)
from registry.queries.officer import REGISTER_NUMBER, ListedOfficer, OfficerQuerySet
from registry.queries.others import (
    PostingQuerySet,
    RegionQuerySet,
    UnitQuerySet,
)
from registry.queries.records import RecordRow, records_of
from registry.queries.scope import PROVINCIAL

__all__ = [
    "PROVINCIAL",
    "REGISTER_NUMBER",
    "Choices",
    "Facets",
    "Filters",
    "Found",
    "ListedOfficer",
    "OfficerQuerySet",
    "Place",
    "PostingQuerySet",
    "RecordRow",
    "RegionQuerySet",
    "Search",
    "UnitQuerySet",
    "choices",
    "find",
    "records_of",
    "register_version",
]
