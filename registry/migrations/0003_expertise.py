"""The fields of expertise every register begins with; the Ditjen adds to them in the admin."""

from django.db import migrations
from django.db.migrations.state import StateApps

EXPERTISE = {
    "analisis-jabatan": "Analisis jabatan",
    "bimbingan-jabatan": "Bimbingan jabatan",
    "bkk": "Bursa Kerja Khusus (BKK)",
    "desmigratif": "Desmigratif",
    "informasi-pasar-kerja": "Informasi pasar kerja",
    "job-fair": "Job fair",
    "lptks": "LPTKS",
    "penempatan-pmi": "Penempatan PMI",
    "pengendalian-tka": "Pengendalian TKA",
    "perantaraan-kerja": "Perantaraan kerja",
    "perluasan-kesempatan-kerja": "Perluasan kesempatan kerja",
    "tenaga-kerja-khusus": "Tenaga kerja khusus",
}


def add_expertise(apps: StateApps, _schema_editor: object) -> None:
    expertise = apps.get_model("registry", "Expertise")
    known = set(expertise.objects.values_list("code", flat=True))
    expertise.objects.bulk_create(
        expertise(code=code, name=name) for code, name in EXPERTISE.items() if code not in known
    )


def remove_unused(apps: StateApps, _schema_editor: object) -> None:
    """What officers already name stays: it is their data now."""
    expertise = apps.get_model("registry", "Expertise")
    named = apps.get_model("registry", "OfficerExpertise").objects.values("expertise")
    expertise.objects.filter(code__in=EXPERTISE).exclude(pk__in=named).delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_register")]
    operations = [migrations.RunPython(add_expertise, remove_unused)]
