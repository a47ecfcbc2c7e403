"""The topics of the demo, written by its cast through the same path as everybody's."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from forum.actions.answers import restand
from forum.actions.writing import Words, add_post
from forum.demo import events
from forum.demo.talk import TALKS, Talk
from forum.models import Category, Post, Thanks, Topic
from registry.bylines import byline_of

DOMAIN: Final = "@demo.example"
SPACE: Final = uuid.UUID("6f2d3a52-5f0e-4c38-9f6a-2b7c1d9e8a10")
BETWEEN: Final = dt.timedelta(hours=3, minutes=17)


def fill_forum(*, on: dt.date) -> int:
    """Write the demo's topics, the newest a day or two before `on`; returns how many posts.

    Does nothing where something was written already.
    """
    if Topic.objects.exists():
        return 0
    people = {
        user.email.removesuffix(DOMAIN): user
        for user in User.objects.filter(email__endswith=DOMAIN)
    }
    categories = {category.slug: category for category in Category.objects.all()}
    noon = timezone.make_aware(dt.datetime.combine(on, dt.time(9, 41)))
    talks = sorted(TALKS, key=lambda talk: -talk.days)
    for talk in talks:
        begun = noon - dt.timedelta(days=talk.days)
        topic = _write(talk, categories[talk.category], people, begun)
        if talk.vouched:
            events.vouch(topic.posts.get(number=talk.accepted), on=on, by=people["maya"])
        if talk.reported:
            events.report(topic.posts.get(number=talk.reported), by=people["siti"])
    events.ask_in_private(by=people["budi"])
    return Post.objects.count()


def _write(talk: Talk, category: Category, people: dict[str, User], begun: dt.datetime) -> Topic:
    first = people[talk.posts[0].by]
    byline = byline_of(first)
    topic = Topic.objects.create(
        kind=talk.kind,
        category=category,
        title=talk.title,
        author=first,
        author_name=byline.author_name,
        created_at=begun,
        pinned_at=begun if talk.pinned else None,
    )
    for place, said in enumerate(talk.posts):
        by = people[said.by]
        key = uuid.uuid5(SPACE, f"{talk.title}/{place}")
        post = add_post(
            topic, Words(said.text, key), by=by, byline=byline_of(by), at=begun + place * BETWEEN
        )
        _thank(post, [people[name] for name in said.thanks])
        if place + 1 == talk.accepted:
            topic.accepted = post
            topic.save(update_fields=["accepted"])
            restand(topic)
    return topic


def _thank(post: Post, people: list[User]) -> None:
    Thanks.objects.bulk_create(Thanks(post=post, user=user) for user in people)
    Post.objects.filter(pk=post.pk).update(thanks_count=len(people))
    Topic.objects.filter(pk=post.topic_id).update(thanks_count=F("thanks_count") + len(people))
