"""Database functions of migration 0001, by which names are sorted and compared."""

from typing import Any

from django.db.models import Func, TextField, Value
from django.db.models.functions import Concat


class SortKey(Func):
    """Lower case, no accents, only letters and digits: the order of names, titles left out."""

    function = "registry_sort_key"
    output_field = TextField()


class NameKey(Func):
    """A name as it sounds: `Moh. Syaifullah` and `muhammad saifulah` have one key."""

    function = "registry_name_key"
    output_field = TextField()


class UnitKey(Func):
    """The name of an office with its abbreviations written out: `Disnaker`, `Kab.`, `Prov.`."""

    function = "registry_unit_key"
    output_field = TextField()

    def __init__(self, *parts: object, **extra: Any) -> None:
        if len(parts) > 1:
            joined = [part for name in parts for part in (Value(" "), name)][1:]
            parts = (Concat(*joined),)
        super().__init__(*parts, **extra)
