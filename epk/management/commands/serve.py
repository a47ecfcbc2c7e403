"""`manage.py serve`, the supervisor behind `make run`: database, preparations, web server, worker."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections

from epk.lib import embedded_postgres
from epk.lib.embedded_postgres import ServerError
from epk.lib.processes import Child, StopAsked, first_to_end, started, stop_signals_raise
from epk.serve import CannotServeError, preparation, web
from epk.serve.progress import Progress


class Command(BaseCommand):
    help = "Menyalakan basis data, server web, dan pekerja latar, sampai dihentikan (Ctrl-C)."
    requires_system_checks: list[str] = []  # `make test` runs them; a start is to be quick

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.progress = Progress(sys.stdout)
        try:
            with stop_signals_raise():
                self._serve_until_stopped()
        except StopAsked:
            self.progress.say("Sudah berhenti.")
        except (CannotServeError, ServerError, CommandError) as error:
            self._give_up(str(error))
        except DatabaseError as error:
            self._give_up(f"basis data menolak: {' '.join(str(error).split())}")
        except OSError as error:
            self._give_up(f"{error.filename or settings.VAR_DIR}: {error.strerror}.")

    def _serve_until_stopped(self) -> None:
        """Leaving the stack stops in reverse order: web server and worker, PostgreSQL, the claim."""
        with ExitStack() as stack:
            try:
                self._serve(stack)
            except StopAsked:
                self.progress.say("\nMenghentikan server web, pekerja latar, dan basis data …")
                raise

    def _serve(self, stack: ExitStack) -> None:
        children = web.children()
        steps: list[tuple[str, Callable[[], str | None]]] = [
            ("Memutakhirkan tabel basis data", preparation.migrate),
            ("Memuat provinsi dan kabupaten/kota", preparation.load_regions),
            ("Menyiapkan gaya, skrip dan gambar", preparation.collect_static),
        ]
        if settings.DEMO:
            steps.insert(2, ("Mengisi data demo", preparation.fill_with_demo_data))
        if settings.USES_EMBEDDED_POSTGRES:
            steps.insert(0, ("Menyalakan PostgreSQL", lambda: self._start_postgres(stack)))
        total = len(steps) + 1
        stack.enter_context(preparation.folder_claimed())
        preparation.check_port()
        preparation.check_disk_space()
        for number, (text, work) in enumerate(steps, start=1):
            with self.progress.step(f"[{number}/{total}] {text}") as step:
                step.note = work() or step.note
        with self.progress.step(f"[{total}/{total}] Menyalakan server web dan pekerja latar"):
            processes = stack.enter_context(started(children))
            web.wait_until_web_answers(processes[0])
        self.progress.say(web.greeting())
        connections.close_all()
        child, code = first_to_end(
            children, processes, each_second=self._keep_postgres, on_return=self._say_return
        )
        raise CannotServeError(f"{child.name} berhenti tak terduga (kode {code}); semua dimatikan.")

    def _start_postgres(self, stack: ExitStack) -> None:
        name = settings.DATABASES["default"]["NAME"]
        stack.enter_context(
            embedded_postgres.running(settings.EMBEDDED_POSTGRES_DIR, database=name, owner=True)
        )

    def _keep_postgres(self) -> None:
        """A PostgreSQL that died (out of memory, say) is started again; pages wait with a 503."""
        folder = settings.EMBEDDED_POSTGRES_DIR
        if settings.USES_EMBEDDED_POSTGRES and not embedded_postgres.is_running(folder):
            self.progress.say("PostgreSQL mati; menyalakannya lagi.")
            embedded_postgres.start(folder, with_parent=True)

    def _say_return(self, child: Child, code: int) -> None:
        self.progress.say(f"{child.name.capitalize()} berhenti (kode {code}); dinyalakan lagi.")

    def _give_up(self, sentence: str) -> None:
        sys.stdout.flush()
        sys.stderr.write(f"Tidak dapat berjalan: {sentence}\n")
        sys.exit(1)
