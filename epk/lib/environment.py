"""The environment read into typed values; junk is refused with a sentence, not a traceback."""

import importlib.util
import ipaddress
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_email_url  # type: ignore[import-untyped]
from environs import Env, EnvError


class SettingsError(SystemExit):
    """A setting cannot be used. Its text is the one sentence an operator needs.

    It is a `SystemExit`, so a start stops with the sentence alone and exit code 1.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(f"Pengaturan salah: {sentence}")


env = Env()
SHORTEST_SECRET = 32
HOST = re.compile(r"\*|\.?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
MAIL_ADDRESS = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._+-]*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
MAIL_SECONDS = 10
SENDER = re.compile(r"[^\s@<>]+@[^\s@<>]+|[^\r\n@<>\",]+ <[^\s@<>]+@[^\s@<>]+>")
MAIL_SCHEMES = {"smtp", "smtps", "smtp+tls", "smtp+ssl", "submission", "submit", "console", "file"}


def _read(name: str, parse: Callable[[], Any], expected: str) -> Any:
    try:
        return parse()
    except (EnvError, ValueError, TypeError, KeyError) as error:
        raise SettingsError(f"{name} harus {expected}.") from error


def switch(name: str) -> bool:
    """A 0/1 variable; unset or empty means 0."""
    raw = env.str(name, "").strip()
    if raw not in {"", "0", "1"}:
        raise SettingsError(f"{name} harus 0 atau 1, bukan “{raw[:40]}”.")
    return raw == "1"


def kept_secret(path: Path) -> str:
    """A random key kept in a file that only its owner may read, made on the first call.

    For a demo and for developing: its workers agree on it, and sessions outlive a restart.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_secret(path)
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"SECRET_KEY tidak diisi, dan {path} tidak dapat dibaca atau ditulis."
        ) from error
    if len(kept) < SHORTEST_SECRET:
        raise SettingsError(f"{path} rusak; hapus berkas itu, yang baru akan dibuat.")
    return kept


def _write_secret(path: Path) -> None:
    """Written aside and then linked: of two processes at once one wins, and none reads a half."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        path.hardlink_to(aside)
    aside.unlink()


def names(name: str) -> list[str]:
    """A comma-separated list without empty parts."""
    return [part.strip() for part in env.str(name, "").split(",") if part.strip()]


def hosts(name: str) -> list[str]:
    """Host names as Django's ALLOWED_HOSTS takes them: `contoh.go.id`, `.go.id`, `[::1]`, `*`."""
    found = names(name)
    for host in found:
        if not HOST.fullmatch(host):
            raise SettingsError(f"{name}: “{host[:60]}” bukan nama host seperti contoh.go.id.")
    return found


def origins(name: str) -> list[str]:
    """Origins as Django's CSRF_TRUSTED_ORIGINS takes them: `https://contoh.go.id`."""
    found = names(name)
    for origin in found:
        if not _is_origin(origin.replace("://*.", "://", 1)):
            raise SettingsError(f"{name}: “{origin[:60]}” harus seperti https://contoh.go.id.")
    return found


def networks(name: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Addresses and networks (`10.0.0.4,10.1.0.0/16,::1`), separated by commas.

    The whole internet is refused: then anyone could say from where they come.
    """
    found = []
    for text in names(name):
        try:
            network = ipaddress.ip_network(text)
        except ValueError as error:
            raise SettingsError(
                f"{name}: “{text[:60]}” harus alamat atau jaringan seperti 10.0.0.4 atau 10.0.0.0/8."
            ) from error
        if network.prefixlen == 0:
            raise SettingsError(f"{name}: “{text[:60]}” mencakup seluruh internet.")
        found.append(network)
    return tuple(found)


def _is_origin(raw: str) -> bool:
    try:
        parts = urlsplit(raw)
        rest = (parts.path, parts.query, parts.fragment, parts.username)
        host = parts.hostname or ""
        named = parts.port is None or parts.port > 0
    except ValueError:
        return False
    written_host = f"[{host}]" if ":" in host else host
    whole = parts.scheme in {"http", "https"} and named and not any(rest)
    return whole and bool(HOST.fullmatch(written_host)) and raw.isprintable()


def port(name: str, default: int) -> int:
    """A TCP port that a server may listen on."""
    raw = env.str(name, "").strip() or str(default)
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw[:6]) <= 65535):
        raise SettingsError(f"{name} harus angka 1 sampai 65535, bukan “{raw[:40]}”.")
    return int(raw)


def site_url(name: str, default: str) -> str:
    """The public address of the portal, without a slash at its end."""
    raw = env.str(name, "").strip() or default
    if not _is_origin(raw.rstrip("/")):
        raise SettingsError(f"{name} harus alamat seperti https://contoh.go.id.")
    return raw.rstrip("/")


def address(name: str, default: str) -> str:
    """One e-mail address, printed on pages for everyone to read."""
    raw = env.str(name, "").strip() or default
    if not MAIL_ADDRESS.fullmatch(raw) or len(raw) > 254:
        raise SettingsError(f"{name} harus alamat e-mail seperti pdp@contoh.go.id.")
    return raw


def database(name: str) -> dict[str, Any] | None:
    """The database of `postgresql://user:password@host/name`, or None when unset."""
    raw = env.str(name, "").strip()
    if not raw:
        return None
    expected = "alamat PostgreSQL seperti postgresql://pengguna:sandi@host:5432/nama"
    if not raw.startswith(("postgresql://", "postgres://")):
        raise SettingsError(f"{name} harus {expected}.")
    settings: dict[str, Any] = _read(name, lambda: env.dj_db_url(name), expected)
    if not settings.get("NAME"):
        raise SettingsError(f"{name} tidak menyebut nama basis data.")
    return settings


def email(name: str, default: str) -> dict[str, Any]:
    """Django's EMAIL_* settings from one address such as `smtp://user:pass@host:587/?tls=True`.

    `file:///folder` writes every message to a file, `console:` to the terminal. The sender of all
    mails comes from `?_default_from_email=`.
    """
    expected = "alamat seperti smtp://pengguna:sandi@host:587/?tls=True"
    raw = env.str(name, "").strip() or default
    parts = _read(name, lambda: urlsplit(raw), expected)
    if parts.scheme not in MAIL_SCHEMES:
        raise SettingsError(f"{name} harus {expected}.")
    found: dict[str, Any] = _read(name, lambda: dj_email_url.parse(raw), expected)
    if parts.scheme == "file":
        if parts.netloc or parts.path in {"", "/"}:
            raise SettingsError(f"{name} harus menyebut folder dengan tiga garis: file:///folder.")
        found["EMAIL_FILE_PATH"] = unquote(parts.path)  # the parser loses the first slash
    sender = found.get("DEFAULT_FROM_EMAIL")
    if sender is not None and not SENDER.fullmatch(sender):
        raise SettingsError(f"{name}: _default_from_email harus sebuah alamat e-mail.")
    found["EMAIL_TIMEOUT"] = found.get("EMAIL_TIMEOUT") or MAIL_SECONDS
    return found


def mail_domain(site: str) -> str:
    """The domain that mails come from unless EMAIL_URL names a sender: that of the portal."""
    host = urlsplit(site).hostname or ""
    named = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    return host if named else "epk.example"


def single_sign_on(provider_id: str) -> dict[str, Any]:
    """allauth's provider of OpenID Connect from SSO_URL, SSO_CLIENT_ID and SSO_CLIENT_SECRET.

    Without SSO_URL there is none. SSO_NAME is what the button says.
    """
    url = env.str("SSO_URL", "").strip()
    if not url:
        return {}
    parts = _read("SSO_URL", lambda: urlsplit(url), "alamat seperti https://akun.contoh.go.id")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not url.isprintable():
        raise SettingsError("SSO_URL harus alamat seperti https://akun.contoh.go.id.")
    client, secret = env.str("SSO_CLIENT_ID", ""), env.str("SSO_CLIENT_SECRET", "")
    if not client or not secret:
        raise SettingsError("SSO_URL memerlukan SSO_CLIENT_ID dan SSO_CLIENT_SECRET.")
    app = {
        "provider_id": provider_id,
        "name": env.str("SSO_NAME", "") or "SIAPkerja",
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url.rstrip("/"), "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def cache(name: str) -> dict[str, Any] | None:
    """A cache from an address such as `redis://host:6379/0`, or None when unset.

    Only Redis: a cache in the memory of one process cannot hold limits and sessions.
    """
    raw = env.str(name, "").strip()
    if not raw:
        return None
    expected = "alamat seperti redis://host:6379/0"
    parts = _read(name, lambda: urlsplit(raw), expected)
    numbered = parts.path.strip("/") or "0"
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname or not numbered.isdecimal():
        raise SettingsError(f"{name} harus {expected}.")
    if importlib.util.find_spec("redis") is None:
        raise SettingsError(f"{name} memerlukan pustaka redis; pasang dengan: pip install redis.")
    found: dict[str, Any] = _read(name, lambda: env.dj_cache_url(name), expected)
    return found


def media_folder(name: str, default: Path) -> Path:
    """The folder for uploaded files. Buckets (`s3://`) are refused until they are supported."""
    raw = env.str(name, "").strip()
    if "://" in raw:
        raise SettingsError(f"{name} harus sebuah folder; penyimpanan objek belum didukung.")
    if not raw:
        return default
    if "\0" in raw or not Path(raw).is_absolute():
        raise SettingsError(f"{name} harus folder dengan jalur lengkap (diawali /).")
    folder = Path(raw)
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f"{name}: {folder} bukan folder.")
    return folder
