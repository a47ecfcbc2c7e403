from django.db import migrations
from django.db.migrations.state import StateApps

CATEGORIES = [
    ("kegiatan", "Kegiatan"),
    ("karier", "Karier dan jabatan fungsional"),
    ("regulasi", "Regulasi"),
    ("penempatan", "Penempatan dan pasar kerja"),
    ("pelatihan", "Pelatihan dan sertifikasi"),
    ("organisasi", "Organisasi profesi"),
    ("portal", "Tentang portal ini"),
]


def add(apps: StateApps, _schema_editor: object) -> None:
    category = apps.get_model("news", "Category")
    category.objects.bulk_create(
        category(slug=slug, name=name, position=place)
        for place, (slug, name) in enumerate(CATEGORIES, start=1)
    )


def remove(apps: StateApps, _schema_editor: object) -> None:
    slugs = [slug for slug, _name in CATEGORIES]
    apps.get_model("news", "Category").objects.filter(slug__in=slugs).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0001_articles"),
    ]

    operations = [migrations.RunPython(add, remove)]
