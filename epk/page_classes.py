"""Every address of the portal with whom it is for: an address that is not listed fails a test."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver


class Audience(enum.Enum):
    """Who may open a page. What they then see of it is another question (decision 3)."""

    PUBLIC = "siapa saja"
    LOGGED_IN = "siapa saja yang sudah masuk"
    OFFICER = "Pengantar Kerja"
    FORUM = "Pengantar Kerja, Admin Ditjen, Moderator, Pembina, superuser"
    AUTHOR = "penulisnya"
    MODERATOR = "Moderator, superuser"
    JUDGED = "yang dikenai tindakan, Moderator, superuser"
    PEMBINA = "Pembina"
    EDITOR = "Redaksi, superuser"
    HOLDER = "pemegang sertifikat, Redaksi, superuser"
    ADDRESSED = "yang dituju edaran, Redaksi, admin di wilayahnya"
    FOLLOWER = "Redaksi, admin di wilayahnya, superuser"
    PARTICIPANT = "penanya dan rekan konsultasi"
    CONCERNED = "pemilik data, admin di wilayahnya"
    KEEPER = "admin di wilayahnya"
    STAFF = "Admin Provinsi, Admin Ditjen, superuser"
    DITJEN = "Admin Ditjen, superuser"
    SUPERUSER = "superuser"
    NOBODY = "tidak seorang pun"


@dataclass(frozen=True)
class Page:
    """The class of an address: for whom, by which methods, and how it answers.

    `answer` is the status of a plain GET by those it is for. `refusal` is that for those who are
    logged in and whom it is not for: 404 where they may not even know of it.
    """

    audience: Audience
    methods: str = "GET"
    answer: int = 200
    refusal: int = 403
    entered: int = 0
    """Where it is another one: the status for those who are logged in."""
    token: bool = True
    """Whether a POST needs the token of a form."""


PUBLIC, LOGGED_IN, STAFF = Audience.PUBLIC, Audience.LOGGED_IN, Audience.STAFF
FORM: Final = "GET, POST"

# A new page: one line here, and its sample arguments in tests/pages.py where it takes some.
PAGES: Final[dict[str, Page]] = {
    "home": Page(PUBLIC),
    "theme": Page(PUBLIC, "POST", 405, token=False),
    "style_guide": Page(STAFF),
    "mail_samples": Page(STAFF),
    "mail_sample": Page(STAFF),
    "mail_sample_html": Page(STAFF),
    "healthz": Page(PUBLIC),
    "readyz": Page(PUBLIC),
    "robots": Page(PUBLIC),
    "sitemap": Page(PUBLIC),
    "django.contrib.sitemaps.views.sitemap": Page(PUBLIC),
    # --- The register ------------------------------------------------------------------------
    "registry:directory": Page(PUBLIC),
    "registry:profile": Page(PUBLIC),
    "registry:photo": Page(PUBLIC),
    "registry:document": Page(Audience.CONCERNED, refusal=404),
    "registry:note_reason": Page(Audience.KEEPER, "POST", 405, refusal=405),
    "registry:own_profile": Page(LOGGED_IN),
    "registry:own_profile_edit": Page(Audience.OFFICER, FORM, refusal=404),
    "own_data": Page(LOGGED_IN),
    "own_data_json": Page(LOGGED_IN),
    "own_data_section": Page(LOGGED_IN),
    "privacy": Page(PUBLIC),
    "registry:check": Page(PUBLIC, FORM, token=False),
    "registry:check_number": Page(PUBLIC),
    # --- The news board ----------------------------------------------------------------------
    "news:articles": Page(PUBLIC),
    "news:feed": Page(PUBLIC),
    "news:article": Page(PUBLIC),
    "news:picture": Page(PUBLIC),
    "news:file": Page(PUBLIC),
    "news:comment_new": Page(PUBLIC, FORM, entered=302, token=False),
    "news:comment_add": Page(LOGGED_IN, FORM),
    "news:comment_sent": Page(PUBLIC),
    "news:comment_confirm": Page(PUBLIC, FORM, 404, token=False),  # the sample is a dead link
    "news:comment": Page(PUBLIC, answer=302),
    "news:comment_edit": Page(Audience.AUTHOR, FORM),
    "news:comment_delete": Page(Audience.AUTHOR, FORM),
    "news:comment_report": Page(PUBLIC, FORM, token=False),
    "news:comments": Page(Audience.EDITOR, FORM),
    "news:comment_moderate": Page(Audience.EDITOR, FORM),
    # --- Events ------------------------------------------------------------------------------
    "news:events": Page(PUBLIC),
    "news:event": Page(PUBLIC),
    "news:event_calendar": Page(PUBLIC),
    "news:event_register": Page(Audience.OFFICER, "POST", 405, refusal=405),
    "news:event_unregister": Page(Audience.OFFICER, "POST", 405, refusal=405),
    "news:event_desk": Page(Audience.EDITOR),
    "news:event_new": Page(Audience.EDITOR, FORM),
    "news:event_edit": Page(Audience.EDITOR, FORM),
    "news:event_preview": Page(Audience.EDITOR),
    "news:event_publish": Page(Audience.EDITOR, "POST", 405, refusal=405),
    "news:event_cancel": Page(Audience.EDITOR, FORM),
    "news:event_session_new": Page(Audience.EDITOR, FORM),
    "news:event_session": Page(Audience.EDITOR, FORM),
    "news:event_session_delete": Page(Audience.EDITOR, "POST", 405, refusal=405),
    "news:event_material_delete": Page(Audience.EDITOR, "POST", 405, refusal=405),
    "news:event_people": Page(Audience.EDITOR, FORM),
    "news:event_people_csv": Page(Audience.EDITOR),
    "news:event_people_print": Page(Audience.EDITOR),
    "news:event_person": Page(Audience.EDITOR, FORM),
    "news:ticket": Page(Audience.OFFICER, refusal=404),
    "news:evaluation": Page(Audience.OFFICER, FORM, refusal=404),
    "news:self_check_in": Page(LOGGED_IN, FORM),
    "news:certificate": Page(PUBLIC),
    "news:certificate_file": Page(Audience.HOLDER),
    "news:check_in": Page(Audience.EDITOR, FORM),
    "news:check_in_undo": Page(Audience.EDITOR, "POST", 405, refusal=405),
    "news:session_code": Page(Audience.EDITOR),
    "news:attendance": Page(Audience.EDITOR, FORM),
    "news:attendance_sheet": Page(Audience.EDITOR),
    "news:evaluation_summary": Page(Audience.EDITOR),
    "news:certificates": Page(Audience.EDITOR, FORM),
    "news:certificate_revoke": Page(Audience.EDITOR, FORM),
    # Circulars
    "news:circulars": Page(LOGGED_IN),  # of them, whoever holds a role
    "news:circular": Page(Audience.ADDRESSED, refusal=404),
    "news:circular_acknowledge": Page(LOGGED_IN, "POST", 405),
    "news:circular_progress": Page(Audience.FOLLOWER),
    "news:circular_progress_csv": Page(Audience.FOLLOWER),
    "news:circular_proof": Page(Audience.FOLLOWER),
    "news:editor_circulars": Page(Audience.EDITOR),
    "news:circular_new": Page(Audience.EDITOR, FORM),
    "news:circular_work": Page(Audience.EDITOR, FORM),
    "news:circular_edit": Page(Audience.EDITOR, FORM),
    # --- The forum ---------------------------------------------------------------------------
    "forum:index": Page(Audience.FORUM),
    "forum:category": Page(Audience.FORUM),
    "forum:topic_new": Page(Audience.FORUM, FORM),
    "forum:topic": Page(Audience.FORUM),
    "forum:topic_print": Page(Audience.FORUM),
    "forum:reply": Page(Audience.FORUM, FORM),
    "forum:post": Page(Audience.FORUM, answer=302),
    "forum:post_edit": Page(Audience.AUTHOR, FORM),
    "forum:post_history": Page(Audience.FORUM),
    "forum:post_delete": Page(Audience.AUTHOR, FORM),
    "forum:post_answer": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:post_verify": Page(Audience.PEMBINA, FORM),
    "forum:post_withdraw": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:reviews": Page(Audience.PEMBINA),
    "forum:regulations": Page(Audience.PEMBINA),
    "forum:regulation_new": Page(Audience.PEMBINA, FORM),
    "forum:regulation_replace": Page(Audience.PEMBINA, FORM),
    "forum:regulation_edit": Page(Audience.PEMBINA, FORM),
    "forum:regulation_reinstate": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:attachment": Page(Audience.FORUM),
    "forum:topic_follow": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:topic_metoo": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:category_follow": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:mark_read": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:post_thanks": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:search": Page(Audience.FORUM),
    "forum:similar_topics": Page(Audience.FORUM),
    "forum:mention_names": Page(Audience.FORUM),
    "forum:drafts": Page(Audience.FORUM),
    "forum:draft_save": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:draft_delete": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:post_report": Page(Audience.FORUM, FORM),
    "forum:post_moderate": Page(Audience.MODERATOR, FORM),
    "forum:topic_moderate": Page(Audience.MODERATOR, FORM),
    "forum:moderation": Page(Audience.MODERATOR),
    "forum:moderation_log": Page(Audience.MODERATOR),
    "forum:appeals": Page(Audience.MODERATOR),
    "forum:decision": Page(Audience.JUDGED, FORM, refusal=404),
    "forum:feeds": Page(Audience.FORUM, FORM),
    # The samples come without a key.
    "forum:feed": Page(PUBLIC, answer=404),
    "forum:feed_of_category": Page(PUBLIC, answer=404),
    # --- The editors' pages of the news board -------------------------------------------------
    "news:editor": Page(Audience.EDITOR),
    "news:links_check": Page(Audience.EDITOR, "POST", 405, refusal=405),
    "news:article_new": Page(Audience.EDITOR, FORM),
    "news:article_edit": Page(Audience.EDITOR, FORM),
    "news:article_act": Page(Audience.EDITOR, "POST", 405, refusal=405),
    "news:article_settings": Page(Audience.EDITOR, FORM),
    "news:article_versions": Page(Audience.EDITOR),
    "news:article_look": Page(Audience.EDITOR),
    "news:article_preview": Page(PUBLIC),
    # --- Private consultation ----------------------------------------------------------------
    "forum:consultations": Page(Audience.FORUM),
    "forum:availability": Page(Audience.FORUM, FORM),
    "forum:consultation_new": Page(Audience.FORUM, FORM),
    "forum:consultation_send": Page(Audience.FORUM, FORM, 302),
    "forum:consultation_decline": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:consultation_choose": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:consultation_invite": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:consultation_leave": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:consultation_close": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:publication": Page(Audience.PARTICIPANT, FORM, refusal=404),
    "forum:publication_agree": Page(Audience.FORUM, "POST", 405, refusal=405),
    "forum:publication_withdraw": Page(Audience.FORUM, "POST", 405, refusal=405),
    # --- The inbox ---------------------------------------------------------------------------
    "notifications:inbox": Page(LOGGED_IN),
    "notifications:open_group": Page(LOGGED_IN, "POST", 405),
    "notifications:mark_read": Page(LOGGED_IN, "POST", 405),
    "notifications:mark_unread": Page(LOGGED_IN, "POST", 405),
    "notifications:preferences": Page(LOGGED_IN, FORM),
    "notifications:resume_address": Page(LOGGED_IN, "POST", 405),
    "notifications:unsubscribe": Page(PUBLIC, FORM, 404, token=False),
    # --- Accounts ----------------------------------------------------------------------------
    # The samples of links are dead ones, no provider is set up, and nobody has a second factor or
    # has just confirmed who they are: so many of these lead on, or are not there.
    "account_login": Page(PUBLIC, FORM, entered=302),
    "account_logout": Page(PUBLIC, "POST", 405),
    "account_inactive": Page(PUBLIC, answer=403),
    "account_reset_password": Page(PUBLIC, FORM),
    "accounts:password_sent": Page(PUBLIC),
    "accounts:password_new": Page(PUBLIC, FORM, 404),
    "accounts:activate": Page(PUBLIC, FORM, 404),
    "accounts:email_confirm": Page(PUBLIC, FORM, 404),
    "registry:activation": Page(PUBLIC, FORM),
    "registry:activation_sent": Page(PUBLIC),
    "mfa_authenticate": Page(PUBLIC, FORM, 302),
    "mfa_login_webauthn": Page(PUBLIC, FORM, 302),
    "openid_connect_login": Page(PUBLIC, answer=404),
    "openid_connect_callback": Page(PUBLIC, answer=404),
    "socialaccount_login_cancelled": Page(PUBLIC, answer=302),
    "accounts:resume": Page(LOGGED_IN, FORM, 302),
    "mfa_index": Page(LOGGED_IN),
    "usersessions_list": Page(LOGGED_IN),
    "accounts:session_end": Page(LOGGED_IN, "POST", 405),
    "accounts:session_end_others": Page(LOGGED_IN, "POST", 405),
    "accounts:email_change": Page(LOGGED_IN, FORM),
    "accounts:email_cancel": Page(LOGGED_IN, "POST", 405),
    "account_change_password": Page(LOGGED_IN, FORM),
    "account_set_password": Page(LOGGED_IN, FORM, 302),
    "account_reauthenticate": Page(LOGGED_IN, FORM),
    "mfa_reauthenticate": Page(LOGGED_IN, FORM, 302),
    "mfa_reauthenticate_webauthn": Page(LOGGED_IN, FORM, 302),
    "mfa_activate_totp": Page(LOGGED_IN, FORM, 302),
    "mfa_deactivate_totp": Page(LOGGED_IN, FORM, 404),
    "mfa_add_webauthn": Page(LOGGED_IN, FORM, 302),
    "mfa_edit_webauthn": Page(LOGGED_IN, FORM, 302),
    "mfa_remove_webauthn": Page(LOGGED_IN, FORM, 302),
    "mfa_view_recovery_codes": Page(LOGGED_IN, answer=404),
    "mfa_generate_recovery_codes": Page(LOGGED_IN, FORM, 302),
    # --- The admin, but for its tables -------------------------------------------------------
    "admin:index": Page(STAFF),
    "admin:app_list": Page(STAFF),
    "admin:login": Page(STAFF, "GET", 302),
    "admin:logout": Page(STAFF, "POST", 405),
    "admin:password_change": Page(STAFF, "GET", 302),
    "admin:password_change_done": Page(STAFF, "GET", 302),
    "admin:jsi18n": Page(STAFF),
    "admin:autocomplete": Page(Audience.NOBODY),  # tables choose by addresses of their own
    "admin:view_on_site": Page(STAFF, "GET", 404),
    "admin:(lainnya)": Page(STAFF, "GET", 404),
    "admin:registry_accessrecord_history": Page(STAFF, answer=404),  # it is one itself
}

# The tables of the admin: whom a table is for, and what nobody may do with it.
TABLES: Final[dict[str, tuple[Audience, frozenset[str]]]] = {
    "registry_officer": (STAFF, frozenset()),
    "registry_unit": (STAFF, frozenset()),
    "registry_document": (STAFF, frozenset({"add", "delete"})),
    "registry_region": (Audience.DITJEN, frozenset({"delete"})),
    "registry_expertise": (Audience.DITJEN, frozenset()),
    "registry_accessrecord": (STAFF, frozenset({"add", "delete", "choose"})),
    "forum_category": (Audience.DITJEN, frozenset({"choose"})),
    # Redaksi does not open the admin; it writes on the pages of the editors.
    "news_article": (Audience.SUPERUSER, frozenset({"add", "delete", "choose"})),
    "news_category": (Audience.SUPERUSER, frozenset({"choose"})),
    "accounts_user": (Audience.DITJEN, frozenset({"delete"})),
    "accounts_rolegrant": (Audience.DITJEN, frozenset()),
    "notifications_mail": (Audience.DITJEN, frozenset({"add", "delete"})),
    "notifications_notification": (Audience.DITJEN, frozenset({"add", "delete"})),
    "notifications_pausedaddress": (Audience.DITJEN, frozenset({"add", "delete"})),
    "notifications_job": (Audience.DITJEN, frozenset({"add", "delete"})),
}
OLD_ADDRESS: Final = "(lama)"
"""Where Django's admin had its rows long ago."""
ACTS: Final[dict[str, Page]] = {
    "changelist": Page(STAFF, FORM),
    "choose": Page(STAFF),
    "add": Page(STAFF, FORM),
    "change": Page(STAFF, FORM),
    "delete": Page(STAFF, FORM),
    "history": Page(STAFF),
    OLD_ADDRESS: Page(STAFF, "GET", 302),
}
TABLE_NAME: Final = re.compile(r"admin:(?P<table>[a-z]+_[a-z]+)_(?P<act>[a-z]+|\(lama\))")

PARAMETER: Final = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Entry:
    """One entry of the site map: its name, its address as a pattern, its view."""

    name: str
    route: str
    view: Any

    @property
    def is_public(self) -> bool:
        """Open to people who are not logged in: `@login_not_required`."""
        return not getattr(self.view, "login_required", True)

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.route)

    def path(self, **values: object) -> str:
        """The address with these values in it, those of the admin's odd entries too."""
        return PARAMETER.sub(lambda found: str(values[found[1]]), self.route)

    def __str__(self) -> str:
        return self.name


def entries() -> list[Entry]:
    """The whole site map, the admin's included, each address with a name of its own."""
    return list(_walk(get_resolver().url_patterns, "", "/"))


def page_of(name: str) -> Page | None:
    """The class of a page; None where it has none yet."""
    if name in PAGES:
        return PAGES[name]
    found = TABLE_NAME.fullmatch(name)
    if found is None or found["table"] not in TABLES or found["act"] not in ACTS:
        return None
    audience, closed = TABLES[found["table"]]
    act = ACTS[found["act"]]
    if found["act"] == OLD_ADDRESS:  # leads on whoever comes; the row is asked for over there
        return act
    if found["act"] in closed:
        audience = Audience.NOBODY
    return Page(audience, act.methods, act.answer)


def as_markdown() -> str:
    """The table of docs/operations.md, one line an address."""
    lines = ["| address | name | methods | for whom |", "|---|---|---|---|"]
    for entry in sorted(entries(), key=lambda found: (found.route, found.name)):
        page = page_of(entry.name)
        words = (page.methods, page.audience.value) if page else ("?", "belum digolongkan")
        lines.append(f"| `{entry.route}` | `{entry.name}` | {words[0]} | {words[1]} |")
    return "\n".join(lines) + "\n"


def _walk(patterns: list[Any], space: str, route: str) -> Iterator[Entry]:
    for found in patterns:
        here = f"{route}{_readable(str(found.pattern))}"
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from _walk(found.url_patterns, inner, here)
        elif isinstance(found, URLPattern):
            yield Entry(f"{space}{found.name or _name_of_nameless(here)}", here, found.callback)


def _name_of_nameless(route: str) -> str:
    """Django's admin gives some addresses no name: old ones of a row, and all that is left over."""
    parts = route.strip("/").split("/")
    return f"{parts[1]}_{parts[2]}_{OLD_ADDRESS}" if len(parts) == 4 else "(lainnya)"


def _readable(pattern: str) -> str:
    """`^(?P<app_label>registry|accounts)/$` becomes `<app_label>/`."""
    return re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", pattern).strip("^$")
