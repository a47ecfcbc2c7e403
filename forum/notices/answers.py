"""What people are told of answers: accepted, verified, to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils import timezone

from accounts.models import RoleGrant
from epk.lib.notices import Choice, Kind, Ref, declare
from forum.models import Post, Stance, TopicFollow
from forum.notices.seen import GROUP, post_key, seen_in_forum


def _author(ref: Ref) -> Iterable[int]:
    found = Post.objects.filter(pk=post_key(ref)).values_list("author_id", flat=True)
    return [author for author in found if author is not None]


def _author_asker_followers(ref: Ref) -> Iterable[int]:
    """Whoever wrote the answer, whoever asked, and who follows the topic; each once."""
    post = Post.objects.select_related("topic").filter(pk=post_key(ref)).first()
    if post is None:
        return []
    followers = TopicFollow.objects.filter(topic=post.topic, stance=Stance.FOLLOWED)
    people = {post.author_id, post.topic.author_id, *followers.values_list("user_id", flat=True)}
    return sorted(person for person in people if person is not None)


def _pembina(ref: Ref) -> Iterable[int]:  # noqa: ARG001  (every kind is asked with it)
    grants = RoleGrant.objects.active(timezone.localdate()).filter(role=RoleGrant.Role.PEMBINA)
    return grants.order_by("user_id").values_list("user_id", flat=True).distinct()


ACCEPTED: Final = declare(
    Kind(
        name="forum.accepted",
        group=GROUP,
        label="Jawaban saya diterima penanya",
        one="Jawaban Anda di “{title}” diterima penanya",
        many="{count} jawaban Anda di “{title}” diterima penanya",
        who=_author,
        seen=seen_in_forum,
    )
)
VERIFIED: Final = declare(
    Kind(
        name="forum.verified",
        group=GROUP,
        label="Jawaban di topik saya atau yang saya ikuti diverifikasi Pembina",
        one="Pembina memverifikasi jawaban di “{title}”",
        many="{count} kali Pembina memverifikasi jawaban di “{title}”",
        who=_author_asker_followers,
        seen=seen_in_forum,
    )
)
WITHDRAWN: Final = declare(
    Kind(
        name="forum.verification_withdrawn",
        group=GROUP,
        label="Verifikasi jawaban di topik saya atau yang saya ikuti dicabut",
        one="Pembina mencabut verifikasi jawaban di “{title}”",
        many="{count} kali Pembina mencabut verifikasi jawaban di “{title}”",
        who=_author_asker_followers,
        seen=seen_in_forum,
    )
)
REVIEW_DUE: Final = declare(
    Kind(
        name="forum.review_due",
        group=GROUP,
        label="Jawaban terverifikasi perlu ditinjau (untuk Pembina)",
        one="Jawaban terverifikasi di “{title}” perlu ditinjau",
        many="{count} kali jawaban terverifikasi di “{title}” perlu ditinjau",
        who=_pembina,
        seen=seen_in_forum,
        default=Choice.DAILY,
    )
)
