"""The first line of a quote held its author's name in the text; now it is a place filled at each look."""

from django.db import migrations

# `> [Siti](/forum/pos/5/) menulis:` becomes `> [Rekan](/forum/pos/5/) menulis:`.
IN_SOURCE = r"""
UPDATE {table} SET source = regexp_replace(
    source,
    '^((?:> ?)+)\[(?:[^]\\\n]|\\.)*\]\((/forum/pos/[1-9][0-9]{{0,17}}/)\) menulis:',
    '\1[Rekan](\2) menulis:',
    'gn'
) WHERE source LIKE '%](/forum/pos/%) menulis:%'
"""
# A paragraph outside of any quote has a direction.
IN_HTML = r"""
UPDATE forum_post SET html = regexp_replace(
    html,
    '<p><a href="(/forum/pos/([1-9][0-9]{0,17})/)">[^<]*</a> menulis:',
    '<p><a href="\1" data-penulis="\2">Rekan</a> menulis:',
    'g'
) WHERE source LIKE '%[Rekan](/forum/pos/%) menulis:%'
"""
NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    dependencies = [("forum", "0007_index_search")]

    operations = [
        *(
            migrations.RunSQL(IN_SOURCE.format(table=table), NOTHING)
            for table in ("forum_post", "forum_postrevision", "forum_draft")
        ),
        migrations.RunSQL(IN_HTML, NOTHING),
    ]
