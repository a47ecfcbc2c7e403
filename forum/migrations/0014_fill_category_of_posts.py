from django.db import migrations

FILL = """
UPDATE forum_post SET category_id = topic.category_id FROM forum_topic topic
WHERE topic.id = forum_post.topic_id AND topic.category_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0013_posts_know_their_category"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
