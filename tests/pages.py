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


def _history(_officer: Officer) -> dict[str, Any]:
    return {"section": "riwayat"}


def _mail(_officer: Officer) -> dict[str, Any]:
    return {"app": "accounts", "name": "activation"}


def _topic(_officer: Officer) -> dict[str, Any]:
    return {"topic_id": 1}


def _post(_officer: Officer) -> dict[str, Any]:
    return {"post_id": 1}


def _category(_officer: Officer) -> dict[str, Any]:
    return {"slug": "umum"}


def _attachment(_officer: Officer) -> dict[str, Any]:
    return {"attachment_id": NO_SUCH_DOCUMENT}


def _regulation(_officer: Officer) -> dict[str, Any]:
    return {"regulation_id": 1}


def _draft(_officer: Officer) -> dict[str, Any]:
    return {"draft_id": 1}


def _article(_officer: Officer) -> dict[str, Any]:
    return {"slug": "tidak-ada"}


def _picture(_officer: Officer) -> dict[str, Any]:
    return {"key": NO_SUCH_DOCUMENT, "width": 480}


def _news_file(_officer: Officer) -> dict[str, Any]:
    return {"key": NO_SUCH_DOCUMENT}


def _comment(_officer: Officer) -> dict[str, Any]:
    return {"comment_id": 1}


def _slug_of_event(_officer: Officer) -> dict[str, Any]:
    return {"slug": "tidak-ada"}


def _event(_officer: Officer) -> dict[str, Any]:
    return {"event_id": 1}


def _session_of_event(_officer: Officer) -> dict[str, Any]:
    return {"event_id": 1, "session_id": 1}


def _material(_officer: Officer) -> dict[str, Any]:
    return {"event_id": 1, "material_id": 1}


def _registration(_officer: Officer) -> dict[str, Any]:
    return {"registration_id": 1}


def _ticket_key(_officer: Officer) -> dict[str, Any]:
    return {"key": NO_SUCH_DOCUMENT}


def _session_alone(_officer: Officer) -> dict[str, Any]:
    return {"session_id": 1}


def _code(_officer: Officer) -> dict[str, Any]:
    return {"code": "AbCdEfGhIjKlMnOpQrSt"}


def _certificate(_officer: Officer) -> dict[str, Any]:
    return {"certificate_id": 1}


def _circular(_officer: Officer) -> dict[str, Any]:
    return {"circular_id": 1}


def _decision(_officer: Officer) -> dict[str, Any]:
    return {"decision_id": 1}


def _edited_article(_officer: Officer) -> dict[str, Any]:
    return {"article_id": 1}


def _preview_link(_officer: Officer) -> dict[str, Any]:
    return {"key": "tidak-ada"}


# A page that takes arguments has to be entered here; the others need not.
ARGUMENTS: dict[str, Callable[[Officer], dict[str, Any]]] = {
    "accounts:activate": _dead_link,
    "accounts:email_confirm": _dead_token,
    "accounts:password_new": _dead_link,
    "accounts:session_end": _session,
    "django.contrib.sitemaps.views.sitemap": _section,
    "forum:attachment": _attachment,
    "forum:category": _category,
    "forum:draft_delete": _draft,
    "forum:feed_of_category": _category,
    "forum:consultation_choose": _topic,
    "forum:consultation_close": _topic,
    "forum:consultation_decline": _topic,
    "forum:consultation_invite": _topic,
    "forum:consultation_leave": _topic,
    "forum:publication": _topic,
    "forum:publication_agree": _topic,
    "forum:publication_withdraw": _topic,
    "forum:post": _post,
    "forum:post_answer": _post,
    "forum:post_delete": _post,
    "forum:post_edit": _post,
    "forum:post_history": _post,
    "forum:decision": _decision,
    "forum:post_moderate": _post,
    "forum:post_report": _post,
    "forum:post_verify": _post,
    "forum:post_withdraw": _post,
    "forum:regulation_edit": _regulation,
    "forum:regulation_reinstate": _regulation,
    "forum:regulation_replace": _regulation,
    "forum:reply": _topic,
    "forum:category_follow": _category,
    "forum:post_thanks": _post,
    "forum:topic_follow": _topic,
    "forum:topic_metoo": _topic,
    "forum:topic_moderate": _topic,
    "forum:topic": _topic,
    "forum:topic_print": _topic,
    "mail_sample": _mail,
    "mail_sample_html": _mail,
    "mfa_edit_webauthn": _key,
    "mfa_remove_webauthn": _key,
    "openid_connect_callback": _provider,
    "openid_connect_login": _provider,
    "news:article": _article,
    "news:article_act": _edited_article,
    "news:article_edit": _edited_article,
    "news:article_look": _edited_article,
    "news:article_preview": _preview_link,
    "news:article_settings": _edited_article,
    "news:article_versions": _edited_article,
    "news:comment": _comment,
    "news:comment_add": _article,
    "news:comment_confirm": _dead_token,
    "news:comment_delete": _comment,
    "news:comment_edit": _comment,
    "news:comment_moderate": _comment,
    "news:comment_new": _article,
    "news:comment_report": _comment,
    "news:circular": _circular,
    "news:circular_acknowledge": _circular,
    "news:circular_edit": _circular,
    "news:circular_progress": _circular,
    "news:circular_progress_csv": _circular,
    "news:circular_proof": _circular,
    "news:circular_work": _circular,
    "news:file": _news_file,
    "news:picture": _picture,
    "news:event": _slug_of_event,
    "news:event_calendar": _slug_of_event,
    "news:event_register": _slug_of_event,
    "news:event_unregister": _slug_of_event,
    "news:event_edit": _event,
    "news:event_preview": _event,
    "news:event_publish": _event,
    "news:event_cancel": _event,
    "news:event_session_new": _event,
    "news:event_session": _session_of_event,
    "news:event_session_delete": _session_of_event,
    "news:event_material_delete": _material,
    "news:event_people": _event,
    "news:event_people_csv": _event,
    "news:event_people_print": _event,
    "news:event_person": _registration,
    "news:attendance": _event,
    "news:attendance_sheet": _event,
    "news:certificate": _code,
    "news:certificate_file": _code,
    "news:certificate_revoke": _certificate,
    "news:certificates": _event,
    "news:check_in": _ticket_key,
    "news:check_in_undo": _ticket_key,
    "news:evaluation": _slug_of_event,
    "news:evaluation_summary": _event,
    "news:self_check_in": _dead_token,
    "news:session_code": _session_alone,
    "news:ticket": _slug_of_event,
    "notifications:unsubscribe": _dead_token,
    "own_data_section": _history,
    "registry:check_number": _officer,
    "registry:document": _document,
    "registry:note_reason": _officer,
    "registry:photo": _officer,
    "registry:profile": _officer,
}
# What a visitor reads: the pages that search engines and caches may keep.
READABLE = ("home", "privacy", "registry:directory", "registry:profile", "registry:check")


def addresses() -> list[Address]:
    """Every page but those of the admin."""
    return [entry for entry in entries() if not entry.name.startswith("admin:")]


def path_of(name: str, officer: Officer) -> str:
    return reverse(name, kwargs=ARGUMENTS.get(name, _nothing)(officer))
