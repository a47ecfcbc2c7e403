"""Every setting of the portal; what differs between installations comes from the environment."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

from epk.lib import embedded_postgres, environment
from epk.lib.environment import SettingsError

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# --- What kind of start this is --------------------------------------------------------------
DEBUG = environment.switch("DEBUG")
DEMO = environment.switch("DEMO")
RELAXED = DEBUG or DEMO
PORT = environment.port("PORT", 8000)
SITE_URL = environment.site_url("SITE_URL", f"http://127.0.0.1:{PORT}")

SECRET_KEY = environment.env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not RELAXED:
        raise SettingsError("SECRET_KEY wajib diisi (50 huruf acak) tanpa DEMO=1 atau DEBUG=1.")
    SECRET_KEY = environment.kept_secret(VAR_DIR / "secret_key")
elif len(SECRET_KEY) < 32 and not RELAXED:
    raise SettingsError("SECRET_KEY terlalu pendek; pakai sedikitnya 32 huruf acak.")

SECRET_KEY_FALLBACKS = environment.names("SECRET_KEY_FALLBACKS")

ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    if not RELAXED:
        raise SettingsError("ALLOWED_HOSTS wajib diisi (nama host, dipisah koma).")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")

# --- Database: a server of one's own by DATABASE_URL, otherwise the embedded one under var/ ----
EMBEDDED_POSTGRES_DIR = VAR_DIR / "postgres"
_database = environment.database("DATABASE_URL")
USES_EMBEDDED_POSTGRES = _database is None
if _database is None:
    _database = embedded_postgres.connection_settings(EMBEDDED_POSTGRES_DIR, "epk")
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **_database,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        # Compiling a plan takes longer than any of our statements; `options` are the server's.
        "OPTIONS": {"connect_timeout": 2, "tcp_user_timeout": 5_000, "options": "-c jit=off"}
        | _database.get("OPTIONS", {}),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGHISTORY_APPEND_ONLY = True

# --- Parts -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "news",
    "forum",
    "registry",
    "notifications",
    "accounts",
    "epk.apps.EpkConfig",
    "epk.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "lucide",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "epk.middleware.ProxyHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "epk.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "epk.middleware.AllowedMethodsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "epk.middleware.SessionKeyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "epk.middleware.PrivatePagesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.SessionExpiryMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "epk.middleware.ViewerZoneMiddleware",
    "accounts.middleware.LoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "epk.middleware.HistoryContextMiddleware",
]
ROOT_URLCONF = "epk.urls"
WSGI_APPLICATION = "epk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "epk.context_processors.site",
                "epk.context_processors.forum",
                "notifications.context_processors.inbox",
            ],
            "builtins": [
                "epk.templatetags.epk",
                "lucide.templatetags.lucide",
                "django.templatetags.static",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Accounts --------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.EmailOrNipBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.validators.MaximumLengthValidator"},
    {"NAME": "accounts.validators.CommonHereValidator"},
    {"NAME": "accounts.validators.PersonalFactsValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is known good from the activation on
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Limits are ours (accounts.throttle): the library's also count whoever only looks at a page.
ACCOUNT_RATE_LIMITS = dict.fromkeys(
    ("login", "login_failed", "change_password", "reauthenticate", "manage_email")
)
MFA_RATE_LIMITS = {"webauthn_login": None}  # a key cannot be guessed
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # clocks of phones go wrong by half a minute
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = RELAXED
SOCIALACCOUNT_ADAPTER = "accounts.sso.SocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # the policy for forms lets none lead to another site
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS = environment.single_sign_on("kementerian")
SSO_NIP_CLAIM = environment.env.str("SSO_NIP_CLAIM", "nip")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
# The server ends a session (accounts/middleware.py). The cookie outlives it, so that a form which
# comes too late is still known to be its owner's, and its text is kept.
SESSION_ENGINE = "accounts.sessions"
SESSION_IDLE_SECONDS = 60 * 60 * 2
SESSION_ABSOLUTE_SECONDS = 60 * 60 * 12
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# --- Language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "epk.lib.vendor_static.SiteFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "epk.lib.vendor_static.VendorFinder",
]
MEDIA_ROOT = environment.media_folder("MEDIA_STORE", VAR_DIR / "media")
MEDIA_URL = ""  # files are served by views that ask permission, never by address
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 31_536_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Mail and cache --------------------------------------------------------------------------
# Code sends with the outbox; where the worker takes the mails from there stands in MAIL_DELIVERY.
EMAIL_BACKEND = "notifications.backends.OutboxBackend"
MAIL_DELIVERY = environment.email(
    "EMAIL_URL", f"file://{VAR_DIR}/mail" if RELAXED else "smtp://localhost:25"
)
DEFAULT_FROM_EMAIL = MAIL_DELIVERY.get(
    "DEFAULT_FROM_EMAIL", f"e-Pengantar Kerja <no-reply@{environment.mail_domain(SITE_URL)}>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
OUTSIDE_LINKS = "public" if environment.switch("CHECK_OUTSIDE_LINKS") else ""
"""Whether the check of links asks other sites ("public"), or only looks at their addresses ("")."""
PRIVACY_CONTACT = environment.address("PRIVACY_CONTACT", "pdp@epk.example")
CACHES: dict[str, dict[str, Any]] = {
    "default": environment.cache("CACHE_URL")
    or {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Figures that can be computed again: never limits, sessions or anything of a person.
    "figures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "figures",
        "TIMEOUT": 300,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# Who keeps what `epk.lib.notices.notify` tells, and who knows the time zones of people.
NOTICE_RECORDER = "notifications.actions.record_event"
# Called with an account that is anonymised, and the values by which the person was known.
ERASURES = ["forum.erasure.forget_writer", "news.erasure.forget_reader"]
ZONES_OF_PEOPLE = "registry.notices.zones_of"

# --- Jobs ------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {
    "delete_jobs": "successful",  # their arguments may name a person
    "shutdown_graceful_timeout": 6,
}

# --- Security --------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not RELAXED
SECURE_HSTS_SECONDS = 0 if RELAXED else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not RELAXED
SECURE_HSTS_PRELOAD = not RELAXED
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = not RELAXED
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = not RELAXED
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "sessionid" if RELAXED else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if RELAXED else "__Host-csrftoken"
# Marks a browser that has logged in before, so that nobody can lock its owner out.
THEME_COOKIE_NAME = "tema" if RELAXED else "__Host-tema"
DEVICE_COOKIE_NAME = "perangkat" if RELAXED else "__Host-perangkat"
THROTTLE = True  # the limits stand in accounts/throttle.py; only measurements do without
CSRF_FAILURE_VIEW = "epk.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

MESSAGE_TAGS = {message_levels.ERROR: "danger", message_levels.DEBUG: "secondary"}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "epk.lib.redaction.RedactingFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "job": {"()": "epk.lib.jobs.JobLogFormatter"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "jobs": {"class": "logging.StreamHandler", "formatter": "job"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},  # not Django's own handlers: to the root
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "epk.security": {"level": "INFO"},
        "psycopg.pool": {"level": "ERROR"},  # a line for each try while the database is away
        "procrastinate": {"handlers": ["jobs"], "level": "WARNING", "propagate": False},
    },
}
