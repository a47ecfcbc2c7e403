"""The extensions and functions by which names are sorted and compared."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

SORT_KEY = r"""
CREATE FUNCTION public.registry_sort_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT btrim(regexp_replace(
        regexp_replace(
            lower(public.unaccent('public.unaccent'::regdictionary, value)), '[''`’‘]', '', 'g'
        ),
        '[^a-z0-9]+', ' ', 'g'
    ))
$$
"""

# Old spelling (oe, dj, tj, sj; EYD 1972), Arabic names written in many ways, doubled letters.
NAME_KEY = r"""
CREATE FUNCTION public.registry_name_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT regexp_replace(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            regexp_replace(
                public.registry_sort_key(value),
                '\m(m[ou](ch|kh|h)am+[ae]d|mo?ch|mu?h|moh|mhd)\M', 'muhamad', 'g'
            ),
            'oe', 'u'), 'dj', 'j'), 'tj', 'c'), 'sj', 's'), 'sy', 's'), 'kh', 'h'), 'ch', 'h'),
            'v', 'f'), 'q', 'k'), 'z', 's'), 'y', 'i'),
        '([a-z])\1+', '\1', 'g'
    )
$$
"""

UNIT_KEY = r"""
CREATE FUNCTION public.registry_unit_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT btrim(regexp_replace(
        regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            public.registry_sort_key(value),
            '\mdisnakertrans\M', 'dinas tenaga kerja transmigrasi', 'g'),
            '\mdisnaker\M', 'dinas tenaga kerja', 'g'),
            '\mdisperinaker\M', 'dinas perindustrian tenaga kerja', 'g'),
            '\mkab\M', 'kabupaten', 'g'),
            '\mprov\M', 'provinsi', 'g'),
            '\m(dan|dki|di)\M', ' ', 'g'),
        ' +', ' ', 'g'
    ))
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION public.registry_sort_key(text)"),
        migrations.RunSQL(NAME_KEY, "DROP FUNCTION public.registry_name_key(text)"),
        migrations.RunSQL(UNIT_KEY, "DROP FUNCTION public.registry_unit_key(text)"),
    ]
