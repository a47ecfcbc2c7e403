"""The processes that serve the portal, and what is said once they answer."""

import http.client
import sys
import time
from subprocess import Popen
from typing import Final

from django.conf import settings

from accounts.models import User
from epk.lib.processes import Child
from epk.serve import CannotServeError
from epk.serve.preparation import HOST

WORKERS: Final = 2
THREADS: Final = 4
LONGEST_START: Final = 60  # seconds

DEMO_PASSWORD: Final = "demo-pengantar-kerja"  # noqa: S105 - public by design
DEMO_ACCOUNTS: Final = {
    "siti@demo.example": "Pengantar Kerja Ahli Muda, Kabupaten Indramayu",
    "budi@demo.example": "Pengantar Kerja Ahli Madya, Provinsi Papua",
    "joko@demo.example": "Pengantar Kerja yang sudah pensiun",
    "dewi@demo.example": "Admin Provinsi Jawa Barat",
    "cut@demo.example": "Admin Provinsi Aceh",
    "rina@demo.example": "Admin Ditjen",
    "agus@demo.example": "Redaksi",
    "maya@demo.example": "Moderator dan Pembina",
    "admin@demo.example": "Superuser",
}


def children() -> list[Child]:
    """Every process of the portal beside the database, in the order of their start."""
    gunicorn = [sys.executable, "-m", "gunicorn", "epk.wsgi:application"]
    gunicorn += ["--bind", f"{HOST}:{settings.PORT}", "--worker-class", "gthread"]
    gunicorn += ["--workers", str(WORKERS), "--threads", str(THREADS)]
    gunicorn += ["--timeout", "60", "--graceful-timeout", "8", "--keep-alive", "5"]
    # Which proxy is believed is decided in one place, by epk.middleware.ProxyHeadersMiddleware.
    gunicorn += ["--forwarded-allow-ips", ""]
    # No access log: an address may carry a name or a register number that someone looked for.
    gunicorn += ["--log-level", "warning", "--no-control-socket", "--limit-request-line", "8190"]
    # A worker may end without harm (its jobs are in the database), so it comes back by itself.
    worker = [sys.executable, "manage.py", "worker"]
    return [Child("server web", gunicorn), Child("pekerja latar", worker, comes_back=True)]


def wait_until_web_answers(web: Popen[bytes]) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise CannotServeError(
                "server web berhenti selagi dinyalakan; sebabnya tertulis di atas."
            )
        status = _status_of_health()
        if status == http.HTTPStatus.OK:
            return
        if status is not None:
            raise CannotServeError(f"server web menjawab dengan galat {status}; lihat di atas.")
        time.sleep(0.1)
    raise CannotServeError(f"server web belum menjawab setelah {LONGEST_START} detik.")


def _status_of_health() -> int | None:
    """What the server answers; None while it does not."""
    named = settings.ALLOWED_HOSTS[0].lstrip(".")
    host = HOST if "*" in named else named
    connection = http.client.HTTPConnection(HOST, settings.PORT, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def greeting() -> str:
    """The address, and in a demo the accounts that really exist."""
    lines = ["", f"e-Pengantar Kerja berjalan di http://{HOST}:{settings.PORT}"]
    if settings.DEMO:
        there = set(User.objects.filter(email__in=DEMO_ACCOUNTS).values_list("email", flat=True))
        if there:
            lines += ["", f"Akun demo, semuanya dengan kata sandi {DEMO_PASSWORD}:"]
        lines += [f"  {email:20} {who}" for email, who in DEMO_ACCOUNTS.items() if email in there]
    return "\n".join([*lines, "", "Tekan Ctrl-C untuk berhenti."])
