"""Run by the system's Python before anything is installed: makes `.venv` and fills it.

`python3 -m epk.bootstrap run` then becomes the server, `... test` only prepares the tests.
It has to start on a Python that is too old in order to say so: no newer syntax here, and nothing
but the standard library.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOG = VENV / "install.log"
SUITES = ROOT / "requirements-suites.txt"
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation")
"""Debian's packages by which certificates are drawn; all else runs without them."""
LEAST_DISK_SPACE = 1_000_000_000  # bytes, for an installation from nothing

# What pip writes, and what it means for whoever typed `make run`.
PIP_TROUBLE = (
    ("No space left on device", "tidak ada ruang disk lagi"),
    ("THESE PACKAGES DO NOT MATCH THE HASHES", "sebuah paket tidak cocok dengan sidiknya"),
    ("Temporary failure in name resolution", "tidak ada jaringan"),
    ("Failed to establish a new connection", "tidak ada jaringan"),
    ("NewConnectionError", "tidak ada jaringan"),
    ("Connection refused", "tidak ada jaringan"),
    ("Network is unreachable", "tidak ada jaringan"),
    ("Read timed out", "jaringan terlalu lambat"),
    ("Could not find a version", "sebuah paket tidak ada untuk mesin atau Python ini"),
    ("No matching distribution", "sebuah paket tidak ada untuk mesin atau Python ini"),
    ("Permission denied", "folder .venv tidak dapat ditulis"),
)


def main() -> None:
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in {"run", "test"}:
        stop("pakai: make run atau make test.")
    if sys.version_info < OLDEST:
        needed, found = ".".join(map(str, OLDEST)), ".".join(map(str, sys.version_info[:2]))
        stop(f"perlu Python {needed} atau lebih baru, yang ada {found}.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends pip too, as Ctrl-C does
    try:
        prepare(purpose)
    except KeyboardInterrupt:
        stop("dihentikan.")
    except OSError as error:
        stop(f"{error.filename or ROOT}: {error.strerror}.")
    if purpose == "run":
        serve()


def prepare(purpose: str) -> None:
    """Bring `.venv` up to date; nothing is done where it already is."""
    name = "requirements-dev.txt" if purpose == "test" else "requirements.txt"
    with (ROOT / name).open() as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)  # a second make of this checkout waits here
        if not venv_works():
            make_venv()
        is_new = not is_installed(name)
        if is_new:
            install(name)
        if purpose == "test" and not suites().exists():
            fetch_suites()
    if purpose == "test" and chromium() is None:
        install_chromium()
    if not has_pango():
        # A later `make run` does not ask Debian again: without a network that takes a minute.
        is_test = purpose == "test"
        install_pango(is_needed=is_test, may_install=is_test or is_new)


def serve() -> None:
    """Become the server: the same process, so signals sent to make arrive there."""
    if not os.environ.get("DATABASE_URL") and not os.environ.get("DEMO"):
        os.environ["DEMO"] = "1"
    os.chdir(str(ROOT))
    os.execv(str(VENV_PYTHON), [str(VENV_PYTHON), "manage.py", "serve"])  # noqa: S606


def venv_works() -> bool:
    """False for one made by a Python that has since been removed or is too old."""
    if not VENV_PYTHON.exists():
        return False
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST!r})"
    return quietly([str(VENV_PYTHON), "-c", probe]) == 0


def make_venv() -> None:
    free = shutil.disk_usage(str(ROOT)).free
    if free < LEAST_DISK_SPACE:
        needed = LEAST_DISK_SPACE // 1_000_000
        stop(f"ruang disk tinggal {free // 1_000_000} MB; sediakan sedikitnya {needed} MB.")
    start = say("Membuat lingkungan Python di .venv")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        if "ensurepip" in made.stdout or "No module named venv" in made.stdout:
            stop("modul venv tidak ada; pasang dengan: apt-get install python3-venv")
        stop(f".venv tidak dapat dibuat: {last_line(made.stdout)}")
    done(start)


def is_installed(name: str) -> bool:
    """The development list holds the other one, so either stamp will do for `make run`."""
    names = (name, "requirements-dev.txt")
    return any(stamp(one).exists() and stamp(one).read_text() == mark(one) for one in names)


def install(name: str) -> None:
    """Exactly the listed packages, each checked against its hash."""
    start = say(f"Memasang pustaka dari {name} (sekali saja, beberapa menit)")
    for one in ("requirements.txt", "requirements-dev.txt"):
        if stamp(one).exists():
            stamp(one).unlink()
    command = ["install", "--require-hashes", "-r", name]
    if os.geteuid() == 0:
        command += ["--root-user-action", "ignore"]
    pip(command, failure="pustaka tidak dapat dipasang")
    stamp(name).write_text(mark(name))
    done(start)


def fetch_suites() -> None:
    """The sources of other Markdown libraries, for the suites in them; they are not installed.

    pip asks each for its name and version, with the two tools for that in the development list.
    """
    start = say("Mengambil rangkaian uji Markdown")
    waiting = suites().with_name("part")  # one for all pins: a failed try is cleared by the next
    shutil.rmtree(str(waiting), ignore_errors=True)
    command = ["download", "--require-hashes", "-r", SUITES.name, "-d", str(waiting)]
    command += ["--no-deps", "--no-binary", ":all:", "--no-build-isolation"]
    pip(command, failure="rangkaian uji Markdown tidak dapat diambil")
    waiting.rename(suites())
    done(start)


def suites() -> Path:
    """The folder of exactly the sources that are listed; it is there once it is complete."""
    return ROOT / "var" / "suites" / mark(SUITES.name)[:16]


def pip(command: list[str], *, failure: str) -> None:
    command = [str(VENV_PYTHON), "-m", "pip", *command]
    command += ["--no-input", "--disable-pip-version-check", "--retries", "2", "--timeout", "20"]
    with LOG.open("w") as log:
        code = subprocess.call(command, cwd=str(ROOT), stdout=log, stderr=subprocess.STDOUT)
    if code != 0:
        said = LOG.read_text(errors="replace")
        meant = [meaning for sign, meaning in PIP_TROUBLE if sign in said]
        why = meant[0] if meant else last_line(said)
        stop(f"{failure}: {why} (rincian: {LOG.relative_to(ROOT)}).")


def stamp(name: str) -> Path:
    return VENV / f".installed-{name}"


def mark(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def install_chromium() -> None:
    """Debian's Chromium for the browser tests, where this user may install it."""
    help_text = "Chromium tidak ada, padahal uji peramban memerlukannya; pasang dengan: "
    help_text += "apt-get install chromium"
    apt_get = apt_as_root()
    if apt_get is None:
        stop(help_text)
        return
    start = say("Memasang Chromium untuk uji peramban")
    apt_install(apt_get, "chromium", "fonts-liberation")
    if chromium() is None:
        stop(help_text)
    done(start)


def has_pango() -> bool:
    """Whether certificates can be drawn: their library loads these when it is imported."""
    try:
        for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0"):
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_pango(*, is_needed: bool, may_install: bool) -> None:
    """Debian's Pango for the certificates; the portal runs without it, its tests do not."""
    apt_get = apt_as_root() if may_install else None
    if apt_get is not None:
        start = say("Memasang Pango untuk sertifikat PDF")
        apt_install(apt_get, *PANGO)
        if has_pango():
            done(start)
            return
    help_text = "Pango tidak ada, padahal sertifikat PDF memerlukannya; pasang dengan: "
    help_text += f"apt-get install {' '.join(PANGO)}"
    if is_needed:
        stop(help_text)
    sys.stdout.write(f"\nCatatan: {help_text}\n")
    sys.stdout.flush()


def apt_as_root() -> list[str] | None:
    """How this user installs Debian's packages; None where that is not allowed."""
    apt = shutil.which("apt-get")
    if apt is None:
        return None
    as_root: list[str] = []
    if os.geteuid() != 0:
        sudo = shutil.which("sudo")
        if sudo is None or quietly([sudo, "-n", "true"]) != 0:
            return None
        as_root = [str(sudo), "-n"]
    return [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", str(apt)]


def apt_install(apt_get: list[str], *packages: str) -> None:
    quietly([*apt_get, "update"])
    quietly([*apt_get, "install", "-y", "--no-install-recommends", *packages])


def quietly(command: list[str]) -> int:
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def say(text: str) -> float:
    sys.stdout.write(f"{text} … ")
    sys.stdout.flush()
    return time.monotonic()


def done(start: float) -> None:
    seconds = f"{time.monotonic() - start:.1f}".replace(".", ",")
    sys.stdout.write(f"selesai ({seconds} s)\n")
    sys.stdout.flush()


def last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "tanpa keterangan"


def stop(sentence: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(f"\nTidak dapat berjalan: {sentence}\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
