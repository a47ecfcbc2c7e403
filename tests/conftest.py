"""What every test may ask for: the database, quick passwords, plain static files, the cast."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from pytest_django import DjangoDbBlocker

from accounts import throttle
from epk.lib import embedded_postgres
from forum.models import Category
from news.models import Category as NewsCategory
from registry.models import Expertise
from registry.queries import choices
from tests import plugin
from tests.cast import (  # noqa: F401  (the cast is for every test)
    aceh,
    admin,
    agus,
    budi,
    cut,
    dewi,
    disnaker_indramayu,
    disnaker_papua,
    indramayu,
    jawa_barat,
    joko,
    maya,
    papua,
    rina,
    siti,
)
from tests.clock import clock  # noqa: F401
from tests.mail_server import smtp  # noqa: F401

KEPT = {"auth_permission", "django_content_type", "django_migrations"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    pytestconfig: pytest.Config,
) -> None:
    """Point Django at the tests' own server, unless DATABASE_URL chose another."""
    # The threads of a live server end with their connections closed, or the database stays busy.
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    connections["default"].settings_dict["CONN_MAX_AGE"] = 0
    folder = plugin.server_folder(pytestconfig)
    if folder is None:
        return
    place = embedded_postgres.connection_settings(folder, settings.DATABASES["default"]["NAME"])
    settings.DATABASES["default"].update(place)
    connections["default"].settings_dict.update(place)


@pytest.fixture(scope="session", autouse=True)
def quick_settings(
    django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Cheap passwords, no hashed file names, uploads and mails into folders of this run.

    Django's own preparation has put its backend for tests in the place of the outbox by then.
    """
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=storages,
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        EMAIL_BACKEND="notifications.backends.OutboxBackend",
        MAIL_DELIVERY=settings.MAIL_DELIVERY
        | {"EMAIL_FILE_PATH": str(tmp_path_factory.mktemp("mail"))},
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
    ):
        yield


@pytest.fixture(scope="session")
def checkout_root() -> Path:
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Tests with real transactions end by emptying all tables, which the history forbids.

    What the migrations had put there is laid back, so that the order of the tests does not matter.
    """
    with django_db_blocker.unblock():
        expertise = list(Expertise.objects.all())
        categories = list(Category.objects.all())
        subjects = list(NewsCategory.objects.all())
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(_case: TransactionTestCase) -> None:
        empty_tables()
        Expertise.objects.bulk_create(expertise)  # with its history, as the migration left it
        Category.objects.bulk_create(categories)
        NewsCategory.objects.bulk_create(subjects)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[attr-defined]


def empty_tables() -> None:
    """Delete every row a test has left, but for what Django itself keeps of the models.

    Django would empty all tables one by one and make content types and permissions anew: a second
    for each test. No trigger and no foreign key acts meanwhile.
    """
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - KEPT
        asked = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in sorted(names)]
        cursor.execute(" UNION ALL ".join(asked))
        filled = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET session_replication_role = replica")
        try:
            for name in filled:
                cursor.execute(f'DELETE FROM "{name}"')
        finally:
            cursor.execute("SET session_replication_role = origin")


@pytest.fixture(autouse=True)
def fresh_figures() -> None:
    """No test sees figures, or tries, that another has counted."""
    throttle.forget_free()
    caches["figures"].clear()
    choices.cache_clear()
