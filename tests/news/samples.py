"""What the pages of the news board are asked with, and what its kinds of event tell of."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from epk.lib.notices import Ref
from news.actions.circulars import begin_version
from news.models import Registration
from news.notices.circulars import item_of as item_of_version
from news.notices.circulars import subject_of as subject_of_version
from news.notices.comments import QUEUE
from news.notices.comments import item_of as item_of_comment
from news.notices.comments import subject_of as subject_of_comment
from tests.news.article_samples import article_samples, ref_of_news
from tests.news.event_samples import of_the_events
from tests.news.made import make_article
from tests.news.made_circulars import make_circular
from tests.news.made_comments import make_comment, make_public_comment
from tests.news.made_events import make_event, make_registration, officer_of
from tests.news.made_proof import proof_pages, ref_of_proof


def news_samples(editor: User, officer: User) -> dict[str, dict[str, Any]]:
    """An article for everyone and one that is being written; comments; an event that was attended."""
    article = make_article("Dengan komentar")
    own, of_public = make_comment(article, by=officer), make_public_comment(article)
    circular = make_circular([officer], by=editor)
    begin_version(circular, by=editor)
    names = ("", "_acknowledge", "_progress", "_progress_csv", "_proof", "_work", "_edit")
    found = {f"news:circular{name}": {"circular_id": circular.pk} for name in names}
    return found | {
        **article_samples(editor),
        "news:comment": {"comment_id": own.pk},
        "news:comment_add": {"slug": article.slug},
        "news:comment_new": {"slug": article.slug},
        "news:comment_edit": {"comment_id": own.pk},
        "news:comment_delete": {"comment_id": own.pk},
        "news:comment_report": {"comment_id": of_public.pk},
        "news:comment_moderate": {"comment_id": of_public.pk},
        **proof_pages(officer),
        **of_the_events(officer),
    }


def ref_of_kind(kind: str, user: User) -> Ref:
    """Something of this kind that somebody who is an officer and an editor may see."""
    if kind == "news.comment_waiting":
        return Ref(QUEUE, "komentar-1")
    if kind.startswith("news.comment_"):
        comment = make_comment(make_article(), user)
        return Ref(subject_of_comment(comment), item_of_comment(comment))
    if kind in {"news.certificate", "news.evaluation_open"}:
        return ref_of_proof(kind, user)
    if kind.startswith("news.circular"):
        version = make_circular([user]).asking
        step = int(kind.endswith("reminder"))
        return Ref(subject_of_version(version), item_of_version(version, step))
    if kind.startswith("news.event_"):
        return _ref_of_event(kind, user)
    return ref_of_news(kind)


def _ref_of_event(kind: str, user: User) -> Ref:
    event = make_event()
    if kind in {"news.event_published", "news.event_cancelled", "news.event_changed"}:
        return Ref(f"event-{event.pk}", f"event-{event.pk}-uji")
    registration = make_registration(event, officer_of(user), Registration.State.IN)
    return Ref(f"event-{event.pk}", f"registration-{registration.pk}-1")
