from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0014_fill_category_of_posts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("standing__gt", 0)),
                fields=["author_number"],
                name="post_answers_of_number",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("standing__gt", 0)),
                fields=["created_at"],
                name="post_answers_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("standing__gt", 0)),
                fields=["category", "-standing", "-id"],
                name="post_answers_of_category",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["category", "-created_at", "-id"], name="post_newest_of_category"
            ),
        ),
    ]
