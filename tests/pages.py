"""Every address of the portal with arguments that work, found by walking the site map."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from epk.page_classes import Entry, entries
from registry.models import Officer

NO_SUCH_DOCUMENT = uuid.UUID("00000000-0000-4000-8000-000000000000")


Address = Entry


def _officer(officer: Officer) -> dict[str, Any]:
    return {"register_number": officer.register_number}


def _document(officer: Officer) -> dict[str, Any]:
    return _officer(officer) | {"document_id": NO_SUCH_DOCUMENT}


def _nothing(_officer: Officer) -> dict[str, Any]:
    return {}


def _section(_officer: Officer) -> dict[str, Any]:
    return {"section": "petugas"}


def _dead_link(_officer: Officer) -> dict[str, Any]:
    return {"uid": "1", "token": "abc-def"}


def _dead_token(_officer: Officer) -> dict[str, Any]:
    return {"token": "a:b:c"}


def _session(_officer: Officer) -> dict[str, Any]:
    return {"session_id": 1}


def _key(_officer: Officer) -> dict[str, Any]:
    return {"pk": 1}


def _provider(_officer: Officer) -> dict[str, Any]:
    return {"provider_id": "kementerian"}


# A page that takes arguments has to be entered here; the others need not.
ARGUMENTS: dict[str, Callable[[Officer], dict[str, Any]]] = {
    "account_change_password": _nothing,
    "account_inactive": _nothing,
    "account_login": _nothing,
    "account_logout": _nothing,
    "account_reauthenticate": _nothing,
    "account_reset_password": _nothing,
    "account_set_password": _nothing,
    "accounts:activate": _dead_link,
    "accounts:email_cancel": _nothing,
    "accounts:email_change": _nothing,
    "accounts:email_confirm": _dead_token,
    "accounts:password_new": _dead_link,
    "accounts:password_sent": _nothing,
    "accounts:resume": _nothing,
    "accounts:session_end": _session,
    "accounts:session_end_others": _nothing,
    "django.contrib.sitemaps.views.sitemap": _section,
    "healthz": _nothing,
    "home": _nothing,
    "mfa_activate_totp": _nothing,
    "mfa_add_webauthn": _nothing,
    "mfa_authenticate": _nothing,
    "mfa_deactivate_totp": _nothing,
    "mfa_edit_webauthn": _key,
    "mfa_generate_recovery_codes": _nothing,
    "mfa_index": _nothing,
    "mfa_login_webauthn": _nothing,
    "mfa_reauthenticate": _nothing,
    "mfa_reauthenticate_webauthn": _nothing,
    "mfa_remove_webauthn": _key,
    "mfa_view_recovery_codes": _nothing,
    "openid_connect_callback": _provider,
    "openid_connect_login": _provider,
    "readyz": _nothing,
    "registry:activation": _nothing,
    "registry:activation_sent": _nothing,
    "registry:check": _nothing,
    "registry:check_number": _officer,
    "registry:directory": _nothing,
    "registry:document": _document,
    "registry:photo": _officer,
    "registry:profile": _officer,
    "robots": _nothing,
    "sitemap": _nothing,
    "socialaccount_login_cancelled": _nothing,
    "style_guide": _nothing,
    "theme": _nothing,
    "usersessions_list": _nothing,
}
# What a visitor reads: the pages that search engines and caches may keep.
READABLE = ("home", "registry:directory", "registry:profile", "registry:check")


def addresses() -> list[Address]:
    """Every page but those of the admin."""
    return [entry for entry in entries() if not entry.name.startswith("admin:")]


def path_of(name: str, officer: Officer) -> str:
    return reverse(name, kwargs=ARGUMENTS.get(name, _nothing)(officer))
