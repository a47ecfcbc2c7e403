import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_access_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Anonymisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "register_number",
                    models.CharField(db_index=True, max_length=12, verbose_name="nomor register"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                (
                    "done_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="waktu"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dilakukan oleh",
                    ),
                ),
            ],
            options={
                "verbose_name": "anonimisasi",
                "verbose_name_plural": "anonimisasi",
                "ordering": ["-done_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="anonymisation_has_a_reason",
                        violation_error_message="Tulis alasan anonimisasi.",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="anonymisation",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8fef70f60bc921dfe25ba35904658b80208d90c0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f10d5",
                    table="registry_anonymisation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="anonymisation",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the access log cannot be emptied (%)', TG_TABLE_NAME;",
                    hash="1464aec776d8d72294728f2f9673a3e4ed4aa733",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_71658",
                    table="registry_anonymisation",
                    when="BEFORE",
                ),
            ),
        ),
    ]
