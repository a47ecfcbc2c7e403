"""Accounts whose password somebody has chosen already count as activated since they were made."""

from typing import Any

from django.db import migrations
from django.db.models import F


def mark_active(apps: Any, _schema_editor: Any) -> None:
    accounts = apps.get_model("accounts", "User").objects.filter(activated_at__isnull=True)
    chosen = accounts.exclude(password="").exclude(password__startswith="!")  # noqa: S106
    chosen.update(activated_at=F("date_joined"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_activation_and_email_change")]

    operations = [migrations.RunPython(mark_active, migrations.RunPython.noop, elidable=True)]
