"""What must be true before the web server starts: a free port, a database, static files."""

import errno
import fcntl
import hashlib
import io
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from epk.serve import CannotServeError
from registry.models import Officer

HOST: Final = "127.0.0.1"
LEAST_DISK_SPACE: Final = 500_000_000  # bytes


@contextmanager
def folder_claimed() -> Iterator[None]:
    """Keep a second `make run` of the same checkout out during the block."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise CannotServeError(
                f"make run lain dari folder ini masih berjalan ({lock.read().strip()}); "
                "hentikan dulu yang itu dengan Ctrl-C."
            ) from error
        lock.truncate(0)
        lock.write(f"proses {os.getpid()}, http://{HOST}:{settings.PORT}")
        lock.flush()
        yield


def check_port() -> None:
    port = settings.PORT
    with socket.socket() as probe:
        # As the web server will: connections of the last run that still linger do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = port + 1 if port < 65535 else port - 1
                raise CannotServeError(
                    f"port {port} sudah dipakai program lain; coba: PORT={other} make run"
                ) from error
            raise CannotServeError(f"port {port} tidak boleh dipakai: {error.strerror}.") from error


def check_disk_space() -> None:
    free = shutil.disk_usage(settings.VAR_DIR).free
    if free < LEAST_DISK_SPACE:
        raise CannotServeError(
            f"ruang disk untuk {settings.VAR_DIR} tinggal {free // 1_000_000} MB; "
            f"sediakan sedikitnya {LEAST_DISK_SPACE // 1_000_000} MB."
        )


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def load_regions() -> None:
    call_command("load_regions", stdout=io.StringIO())


def fill_with_demo_data() -> str | None:
    """Only an empty register is filled; says so where it is not."""
    if Officer.objects.exists():
        return "data sudah ada"
    call_command("demo", stdout=io.StringIO())
    return None


def collect_static() -> str | None:
    """Collect, hash and compress the static files where they changed since the last time."""
    if settings.DEBUG:
        return "tidak perlu saat DEBUG"
    mark = settings.VAR_DIR / "static.fingerprint"
    now = _static_fingerprint()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists() and mark.exists() and mark.read_text() == now:
        return "tidak berubah"
    mark.unlink(missing_ok=True)  # one cut off half-way must run again
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now)
    return None


def _static_fingerprint() -> str:
    found = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda entry: entry[0]):
            status = Path(storage.path(path)).stat()
            found.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return found.hexdigest()
