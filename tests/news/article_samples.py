"""Articles for the tests of all addresses and of all notices: published ones, and unpublished."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from epk.lib.notices import Ref
from news.actions.previewing import make_preview_link
from news.notices import editing, publishing
from tests.news.made import attach, make_article, make_file, make_picture


def article_samples(editor: User | None) -> dict[str, dict[str, Any]]:
    """Arguments by the name of the address."""
    article, picture, file = make_article(by=editor), make_picture(), make_file()
    attach(article, file)
    article.live.pictures.add(picture)
    samples: dict[str, dict[str, Any]] = {
        "news:article": {"slug": article.slug},
        "news:article_settings": {"article_id": article.pk},
        "news:picture": {"key": picture.key, "width": 480},
        "news:file": {"key": file.key},
    }
    written = make_article("Sedang ditulis", state="draf", by=editor)
    for name in ("act", "edit", "look", "versions"):
        samples[f"news:article_{name}"] = {"article_id": written.pk}
    if editor is not None:
        link = make_preview_link(written, days=1, by=editor)
        samples["news:article_preview"] = {"key": link.key}
    return samples


def ref_of_news(kind: str) -> Ref:
    """Something that this kind tells of, and that an editor who is an officer may see."""
    article = make_article()
    if kind in {"news.sent", "news.sent_back"}:
        return Ref(editing.subject_of(article), "versi-1-1")
    return Ref(publishing.subject_of(article), publishing.version_of(article))
