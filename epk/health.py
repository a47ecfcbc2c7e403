"""Is the server alive, and is it ready: for supervisors and load balancers."""

import datetime as dt
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.models import Mail, Notification, Outage
from notifications.queries import pulse_of_jobs


@login_not_required
@never_cache
@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """The process answers; the database is not asked."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Database, migrations and file store can be used; 503 with the names of what cannot.

    How mail and jobs stand is told for whoever watches. It never makes the portal unready: pages
    work without them, and mails wait.
    """
    checks = {"database": _database(), "migrations": _migrations(), "storage": _storage()}
    good = all(checks.values())
    body = {
        "status": "ok" if good else "unavailable",
        "checks": checks,
        "mail": _mail() if checks["database"] else None,
        "jobs": _jobs() if checks["database"] else None,
    }
    return JsonResponse(body, status=200 if good else 503)


def database_is_away(error: BaseException | None) -> bool:
    """Whether this error comes from a database that cannot be reached: others are real faults."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    try:
        connection.close()
    except (DatabaseError, InterfaceError):
        return True
    return not _database()


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


def _migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _mail() -> dict[str, int | None] | None:
    """Counts, and ages in whole seconds; None where the tables are not there yet."""
    now = timezone.now()
    try:
        pulse = Mail.objects.pulse(now)
        since = Outage.objects.values_list("since", flat=True).first()
    except (DatabaseError, InterfaceError):
        return None
    return {
        "waiting": pulse.waiting,
        "oldest_due_seconds": _seconds(pulse.due_since, now),
        "failed_last_day": pulse.failed_in_a_day,
        "server_away_seconds": _seconds(since, now),
    }


def _jobs() -> dict[str, int | None] | None:
    """The same of the queue: since when its oldest job could run, and how many are set aside.

    `untold_seconds`: since when a mail about an event should have been written; `untellable`: how
    many could not be, and wait for somebody to look.
    """
    now = timezone.now()
    try:
        pulse = pulse_of_jobs(now)
        untold = Notification.objects.due(now).order_by("due_at").values_list("due_at", flat=True)
        since = untold.first()
        untellable = Notification.objects.in_trouble().count()
    except (DatabaseError, InterfaceError):
        return None
    return {
        "waiting": pulse.waiting,
        "oldest_due_seconds": _seconds(pulse.due_since, now),
        "failed": pulse.failed,
        "untold_seconds": _seconds(since, now),
        "untellable": untellable,
    }


def _seconds(moment: dt.datetime | None, now: dt.datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds()))


def _storage() -> bool:
    try:
        folder = Path(settings.MEDIA_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
