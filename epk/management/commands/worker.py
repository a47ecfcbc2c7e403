"""`manage.py worker`: runs the jobs in the queue until it is told to stop."""

import asyncio
import os
import signal
import sys
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any, Final

import psycopg
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

CONCURRENCY: Final = 4
STOP_SECONDS: Final = 8
DATABASE_SECONDS: Final = 5


class Command(BaseCommand):
    help = "Menjalankan pekerjaan latar (surat keluar dan lainnya), sampai dihentikan."
    requires_system_checks: list[str] = []  # `make test` runs them; a start is to be quick

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--concurrency",
            type=int,
            default=CONCURRENCY,
            help=f"banyaknya pekerjaan yang berjalan bersamaan (biasanya {CONCURRENCY})",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ends with 0 when asked to; with 1 without the database, for whoever starts it again."""
        try:
            connection.ensure_connection()  # the pool below would wait for half a minute
            connection.close()
            asked = asyncio.run(_work(max(1, options["concurrency"])))
        except (ConnectorException, OperationalError, psycopg.OperationalError):
            asked = False
        if not asked:
            sys.stderr.write("Pekerja latar kehilangan basis data dan berhenti.\n")
            sys.exit(1)


async def _work(concurrency: int) -> bool:
    """Whether someone asked for the end."""
    asked = asyncio.Event()
    connector = PsycopgConnector(
        kwargs=connector_params(), min_size=1, max_size=4, timeout=DATABASE_SECONDS
    )
    with app.replace_connector(connector):
        async with app.open_async():
            work = asyncio.create_task(
                app.run_worker_async(concurrency=concurrency, install_signal_handlers=False)
            )

            def stop() -> None:
                """What is running may end; what has not by then is left for the next worker."""
                if not asked.is_set():
                    asked.set()
                    loop.call_later(STOP_SECONDS, os._exit, 0)
                    work.cancel()

            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                loop.add_signal_handler(number, stop)
            with suppress(asyncio.CancelledError):
                await work
    return asked.is_set()
