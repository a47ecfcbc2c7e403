"""The pages of the news board."""

from news.views.articles import article, articles, feed
from news.views.attendance import (
    attendance_list,
    attendance_sheet,
    check_in,
    check_in_undo,
    self_check_in,
    session_code,
    ticket,
)
from news.views.certificates import certificate, certificate_file, certificate_revoke, certificates
from news.views.circular_editing import circular_edit, circular_new, circular_work, editor_circulars
from news.views.circular_progress import circular_progress, circular_progress_csv, circular_proof
from news.views.circulars import circular, circular_acknowledge, circulars
from news.views.comment_queue import comment_moderate, comments
from news.views.comments import (
    comment,
    comment_add,
    comment_confirm,
    comment_delete,
    comment_edit,
    comment_new,
    comment_report,
    comment_sent,
)
from news.views.editing import (
    article_act,
    article_edit,
    article_new,
    article_settings,
    editor,
    links_check,
)
from news.views.evaluation import evaluation, evaluation_summary
from news.views.event_desk import (
    event_cancel,
    event_desk,
    event_edit,
    event_material_delete,
    event_new,
    event_preview,
    event_publish,
    event_session,
    event_session_delete,
    event_session_new,
)
from news.views.event_people import event_people, event_people_csv, event_people_print, event_person
from news.views.events import event, event_calendar, event_register, event_unregister, events
from news.views.history import article_look, article_preview, article_versions
from news.views.media import file, picture

__all__ = [
    "article",
    "article_act",
    "article_edit",
    "article_look",
    "article_new",
    "article_preview",
    "article_settings",
    "article_versions",
    "articles",
    "attendance_list",
    "attendance_sheet",
    "certificate",
    "certificate_file",
    "certificate_revoke",
    "certificates",
    "check_in",
    "check_in_undo",
    "circular",
    "circular_acknowledge",
    "circular_edit",
    "circular_new",
    "circular_progress",
    "circular_progress_csv",
    "circular_proof",
    "circular_work",
    "circulars",
    "comment",
    "comment_add",
    "comment_confirm",
    "comment_delete",
    "comment_edit",
    "comment_moderate",
    "comment_new",
    "comment_report",
    "comment_sent",
    "comments",
    "editor",
    "editor_circulars",
    "evaluation",
    "evaluation_summary",
    "event",
    "event_calendar",
    "event_cancel",
    "event_desk",
    "event_edit",
    "event_material_delete",
    "event_new",
    "event_people",
    "event_people_csv",
    "event_people_print",
    "event_person",
    "event_preview",
    "event_publish",
    "event_register",
    "event_session",
    "event_session_delete",
    "event_session_new",
    "event_unregister",
    "events",
    "feed",
    "file",
    "links_check",
    "picture",
    "self_check_in",
    "session_code",
    "ticket",
]
