#!/usr/bin/env python
"""The command line of the portal: `python manage.py help` lists what it can do."""

import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.core.management import execute_from_command_line

from epk.lib import embedded_postgres

WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "serve",  # starts the database itself, with more to say about it
    "startapp",
    "version",
    "worker",  # waits for the one that `serve` keeps; it must not start a second
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epk.settings")
    try:
        with database_for(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except embedded_postgres.ServerError as error:
        sys.exit(str(error))


def database_for(arguments: list[str]) -> AbstractContextManager[None]:
    """The embedded server during a command that needs it; `make run` may have it running."""
    if not arguments or arguments[0].startswith("-") or arguments[0] in WITHOUT_DATABASE:
        return nullcontext()
    if {"-h", "--help"} & set(arguments):
        return nullcontext()
    if not settings.USES_EMBEDDED_POSTGRES:
        return nullcontext()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    return embedded_postgres.running(
        settings.EMBEDDED_POSTGRES_DIR, database=settings.DATABASES["default"]["NAME"]
    )


if __name__ == "__main__":
    main()
