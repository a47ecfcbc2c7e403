"""Comments for the tests of the news board."""

from __future__ import annotations

import time
import uuid
from typing import Any

from django.core import signing
from django.utils import timezone

from accounts.models import User
from news.actions.comments import add_comment, settle
from news.links import STAMP
from news.models import Article, Comment


def make_comment(
    article: Article, by: User, text: str = "Terima kasih, datanya membantu.", **options: Any
) -> Comment:
    """As somebody with a role writes it; `parent` is a comment."""
    parent = options.pop("parent", None)
    key = parent.pk if parent is not None else None
    return add_comment(article, text=text, by=by, sent_key=uuid.uuid4(), parent=key)


def make_public_comment(
    article: Article,
    text: str = "Kapan data kabupaten kami dimuat?",
    *,
    state: str = "tampil",
    name: str = "Wahyu Pratama",
    **values: Any,
) -> Comment:
    """Of the public, as far as `state` says that it came."""
    now = timezone.now()
    has_number = state in {"tampil", "tersembunyi"}
    number = Comment.objects.filter(article=article).count() + 1
    thread = values["parent"].thread if values.get("parent") else number
    places = {"number": number, "thread": thread, "shown_at": now} if has_number else {}
    facts: dict[str, Any] = {
        "from_public": True,
        "author_name": name,
        "email": "wahyu@contoh.example",
        "created_at": now,
        "confirmed_at": None if state == "baru" else now,
        "reason": "Iklan." if state in {"ditolak", "tersembunyi"} else "",
        "sent_key": uuid.uuid4(),
    }
    made = Comment.objects.create(
        article=article, text=text, state=state, **facts | places | values
    )
    settle(article, made)
    return made


def old_stamp(seconds: int = 60) -> str:
    """As a form carries it that was opened so long ago."""

    class Earlier(signing.TimestampSigner):
        def timestamp(self) -> str:
            return signing.b62_encode(int(time.time()) - seconds)

    return Earlier(salt=STAMP).sign("")


def sent(**values: Any) -> dict[str, Any]:
    """What the form of the public sends."""
    return {
        "name": "Wahyu Pratama",
        "email": "Wahyu@contoh.example",
        "source": "Kapan data kabupaten kami dimuat?",
        "website": "",
        "key": str(uuid.uuid4()),
        "stamp": old_stamp(),
        **values,
    }
