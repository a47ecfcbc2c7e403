"""How django-allauth is bent to our rules: no sign-up, our words, our mails, our limits."""

from __future__ import annotations

import base64
import secrets
import time
from typing import TYPE_CHECKING, Any, Final

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import devices, throttle
from accounts.models import User
from accounts.own_sessions import keep_zone, tell_new_device
from accounts.throttle import TooManyError
from epk.lib import mail, security_log

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# What the library has to say, in our words; what is not here is not said.
SENTENCES: Final = {
    "account/messages/logged_out.txt": "Anda sudah keluar.",
    "account/messages/password_changed.txt": "Kata sandi sudah diganti. Sesi di perangkat lain berakhir.",
    "account/messages/password_set.txt": "Kata sandi sudah dibuat.",
    "mfa/messages/totp_activated.txt": "Aplikasi autentikator sudah terpasang.",
    "mfa/messages/totp_deactivated.txt": "Aplikasi autentikator sudah dilepas.",
    "mfa/messages/recovery_codes_generated.txt": (
        "Kode cadangan sudah dibuat. Simpan di tempat aman: kode hanya ditampilkan sekali."
    ),
    "mfa/messages/webauthn_added.txt": "Kunci sudah ditambahkan.",
    "mfa/messages/webauthn_removed.txt": "Kunci sudah dihapus.",
    "usersessions/messages/sessions_logged_out.txt": "Semua sesi lain sudah dikeluarkan.",
}
# The changes of which the owner hears by mail, in case it was somebody else.
NOTICES: Final = {
    "account/email/password_changed": "Kata sandi akun Anda diganti.",
    "account/email/password_set": "Kata sandi akun Anda dibuat.",
    "mfa/email/totp_activated": "Aplikasi autentikator dipasang pada akun Anda.",
    "mfa/email/totp_deactivated": "Aplikasi autentikator dilepas dari akun Anda.",
    "mfa/email/recovery_codes_generated": "Kode cadangan baru dibuat untuk akun Anda.",
    "mfa/email/webauthn_added": "Kunci keamanan ditambahkan pada akun Anda.",
    "mfa/email/webauthn_removed": "Kunci keamanan dihapus dari akun Anda.",
    "socialaccount/email/account_connected": "Akun SIAPkerja dihubungkan dengan akun Anda.",
}
WRONG_PAIR: Final = "E-mail/NIP atau kata sandi tidak cocok. Periksa keduanya lalu coba lagi."
TOO_MANY: Final = "Terlalu banyak percobaan. Coba lagi beberapa menit lagi."


class AccountAdapter(DefaultAccountAdapter):
    """Login, logout and showing once more who one is."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif. Hubungi admin Anda.",
        "email_password_mismatch": WRONG_PAIR,
        "username_password_mismatch": WRONG_PAIR,
        "incorrect_code": "Kode tidak cocok. Kode berganti tiap 30 detik; coba kode yang tampil sekarang.",
        "incorrect_password": "Kata sandi tidak cocok.",
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts belong to officers and staff; nobody makes one for themselves."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the script of the passkey login asks for data instead of a page."""
        passkey: bool = request.path == reverse("mfa_login_webauthn")
        return passkey and super().is_ajax(request)

    def is_safe_url(self, url: str | None) -> bool:
        """A path of ours; the host of a whole address can be written in too many ways."""
        return bool(
            url
            and url.startswith("/")
            and url.isprintable()
            and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
        )

    def is_reauthentication_required(self, *, app: str = "") -> bool:  # noqa: ARG002
        """Not again within minutes of the login itself."""
        done = get_authentication_records(self.request, self.request.user)
        newest = max((float(record["at"]) for record in done), default=0.0)
        return time.time() - newest >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, username=user.email, password=password)
        return found is not None and found.pk == user.pk

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing of the library's limits, which could lock the owner out for good."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Count the try before the password is looked at; give it back if the password was right."""
        name = str(credentials.get("username", ""))
        verdict = throttle.hit_by(request, "login", account=name)
        if not verdict.allowed:
            raise TooManyError(verdict)
        user: User | None = super().authenticate(request, **credentials)
        if user is None:
            who = security_log.digest(devices.plain_name(name))
            security_log.event("login_failed", request, who=who)
        else:
            throttle.release(verdict)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Notes whether it is the first time ever: then no device is known, and none is strange."""
        request.has_entered_before = user.last_login is not None  # type: ignore[attr-defined]
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        entered_before = getattr(request, "has_entered_before", True)
        if entered_before and not devices.known_to(request, user):
            tell_new_device(user, request)
        devices.remember(request, response, user)
        keep_zone(request, user)
        security_log.event("login", request, user)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        sentence = message or SENTENCES.get(message_template or "")
        if sentence:
            messages.add_message(request, level, sentence, extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,
    ) -> None:
        sentence = NOTICES.get(template_prefix)
        if sentence is None:
            return
        security_log.event(template_prefix.rsplit("/", 1)[-1], self.request, user)
        facts = {"name": user.name, "sentence": sentence, "now": timezone.localtime()}
        mail.send(
            "accounts/mail/security_notice.txt", facts, to=email or user.email, user_id=user.pk
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Mails of the library are not ours; one that is wanted must be written first."""
        raise LookupError(f"no mail of ours for {template_prefix}")


class MFAAdapter(DefaultMFAAdapter):
    """The second factor: its secrets are kept encrypted under the secret key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Faktor kedua ini tidak dapat dilepas.",
        "cannot_generate_recovery_codes": "Pasang dahulu aplikasi autentikator atau kunci keamanan.",
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What no key opens any more becomes a secret that nobody knows, so that no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            security_log.event("second_factor_unreadable", self.request)
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> str:
        """Dark modules on a light ground of their own, readable from a dark screen."""
        drawing: str = segno.make(url, error="m", micro=False).svg_inline(
            border=2, omitsize=True, dark="#000", light="#fff"
        )
        return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)

    def get_totp_issuer(self) -> str:
        return "e-Pengantar Kerja"

    def _get_site_name(self) -> str:
        return "e-Pengantar Kerja"

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return "Kunci saya" if count == 0 else f"Kunci {count + 1}"


def _cipher() -> MultiFernet:
    """Keys made from SECRET_KEY and its fallbacks, so that the key can be changed."""
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(secret))) for secret in known])


def _key(secret: str) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"accounts.second-factor")
    return base64.urlsafe_b64encode(derived.derive(secret.encode()))
