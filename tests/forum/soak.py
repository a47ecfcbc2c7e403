"""People doing at random whatever the forum lets them do, refusals included."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum.actions import (
    answers,
    appeals,
    consultation,
    drafts,
    moderation,
    publication,
    reading,
    rearranging,
    writing,
)
from forum.actions.writing import Words
from forum.erasure import forget_writer
from forum.models import (
    Appeal,
    Assignment,
    Consultation,
    Decision,
    Draft,
    Member,
    Post,
    Publication,
    Regulation,
    Topic,
)
from tests.forum.made import make_category, make_topic, the_expertise

WEIGHTS = {
    "start": 2,
    "reply": 6,
    "edit": 2,
    "delete": 2,
    "thank": 2,
    "unlock": 2,
    "undo": 3,
    "show": 2,
    "hide": 3,
    "accept": 3,
    "pin": 2,
    "unpin": 3,
    "invite": 2,
    "show_topic": 3,
    "consult": 3,
    "answer": 5,
    "propose": 4,
    "agree": 4,
    "object": 2,
    "judge": 4,
    "lift": 3,
}
"""How often a verb comes, where not once in a round."""


class Soak:
    """One walk; the same seed does the same again."""

    def __init__(self, seed: int, people: list[User], moderators: list[User]) -> None:
        self.dice = random.Random(seed)
        self.people, self.moderators = people, moderators
        self.pembina = moderators[0]
        self.categories = [make_category(), make_category("lain")]
        self.topics = [make_topic(people[0]), make_topic(people[1], kind="diskusi")]
        self.private: list[Topic] = []
        self.laws = [
            Regulation.objects.create(name=f"UU {number}", in_force_from=dt.date(2003, 3, number))
            for number in (1, 2)
        ]
        self.verbs = [
            name
            for name in sorted(vars(Soak))
            if not name.startswith("_") and name != "walk"
            for _ in range(WEIGHTS.get(name, 1))
        ]
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def walk(self, steps: range) -> None:
        for number in steps:
            self._step(number)

    def _step(self, number: int) -> None:
        verb = self.dice.choice(self.verbs)
        topic = Topic.objects.get(pk=self.dice.choice(self.topics).pk)
        if topic.merged_into_id and self.dice.random() < 0.8:
            topic = Topic.objects.get(pk=topic.merged_into_id)
        place = self.dice.randint(1, max(topic.last_number, 1))
        post = Post.objects.filter(topic=topic, number=place).first() or Post.objects.all()[0]
        by = self.dice.choice(self.people)
        try:
            with transaction.atomic():
                getattr(self, verb)(topic, post, by, number)
        except (ValidationError, PermissionDenied):
            self.refused[verb] += 1
        else:
            self.done[verb] += 1

    def _words(self, number: int) -> Words:
        return Words(f"Tulisan {number}", uuid.UUID(int=self.dice.getrandbits(9)))  # keys repeat

    def _why(self) -> dict[str, Any]:
        return {"by": self.dice.choice(self.moderators), "reason": "Acak"}

    def _one(self, rows: Any) -> Any:
        """One of the newest of these rows, by the dice; a refusal where there is none."""
        found = list(rows.order_by("-pk")[:12])
        if not found:
            raise ValidationError("Tidak ada.")
        return self.dice.choice(found)

    # --- Writing and reading

    def start(self, _topic: Topic, _post: Post, by: User, number: int) -> None:
        kind = self.dice.choice(["pertanyaan", "pertanyaan", "diskusi"])
        category = self.dice.choice(self.categories)
        words = self._words(number)
        begun = writing.start_topic(category, kind=kind, title="Judul acak", words=words, by=by)
        self.topics.append(begun)

    def reply(self, topic: Topic, _post: Post, by: User, number: int) -> None:
        writing.reply(topic, self._words(number), by=by)

    def edit(self, _topic: Topic, post: Post, by: User, number: int) -> None:
        text = f"Lain {number}"
        writing.edit_post(post, source=text, seen_version=post.version, by=post.author or by)

    def delete(self, _topic: Topic, post: Post, by: User, _number: int) -> None:
        writing.delete_post(post, by=post.author or by)

    def draft(self, topic: Topic, _post: Post, by: User, number: int) -> None:
        words = self._words(number)
        place = f"balas-{topic.pk}"
        drafts.save_draft(by, place, key=words.key, values={"source": words.source})

    def drop_draft(self, _topic: Topic, _post: Post, by: User, _number: int) -> None:
        drafts.drop_draft(self._one(Draft.objects.of(by)), by=by)

    def read(self, topic: Topic, post: Post, by: User, _number: int) -> None:
        writing.mark_read(topic, min(post.number, topic.last_number), by=by)

    def read_all(self, _topic: Topic, _post: Post, by: User, _number: int) -> None:
        reading.read_everything(by=by, category=self.dice.choice([None, *self.categories]))

    def follow(self, topic: Topic, _post: Post, by: User, _number: int) -> None:
        reading.set_topic_stance(topic, self.dice.choice(["ikut", "bisu", ""]), by=by)

    def follow_category(self, _topic: Topic, _post: Post, by: User, _number: int) -> None:
        category = self.dice.choice(self.categories)
        reading.set_category_stance(category, self.dice.choice(["ikut", "bisu", ""]), by=by)

    def thank(self, _topic: Topic, post: Post, by: User, _number: int) -> None:
        reading.thank(post, by=by)

    def unthank(self, _topic: Topic, post: Post, by: User, _number: int) -> None:
        reading.take_thanks_back(post, by=by)

    def join(self, topic: Topic, _post: Post, by: User, _number: int) -> None:
        reading.join_question(topic, by=by)

    def leave(self, topic: Topic, _post: Post, by: User, _number: int) -> None:
        reading.leave_question(topic, by=by)

    # --- Answers

    def accept(self, topic: Topic, post: Post, by: User, _number: int) -> None:
        answers.accept_answer(post, by=topic.author or by)

    def unaccept(self, topic: Topic, post: Post, by: User, _number: int) -> None:
        answers.unaccept_answer(topic.accepted or post, by=topic.author or by)

    def verify(self, _topic: Topic, post: Post, _by: User, _number: int) -> None:
        until = timezone.localdate() + dt.timedelta(days=30)
        basis = answers.Basis([(self.dice.choice(self.laws), "Pasal 1")], until, post.version)
        answers.verify_answer(post, basis, by=self.pembina)

    def withdraw(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        if topic.verification is None:
            raise ValidationError("Tidak ada.")
        answers.withdraw_verification(topic.verification, reason="Acak", by=self.pembina)

    def replace_law(self, _topic: Topic, _post: Post, _by: User, number: int) -> None:
        on = timezone.localdate() + dt.timedelta(days=number % 3 + 1)
        answers.replace_regulation(self.laws[0], by_regulation=self.laws[1], on=on, by=self.pembina)

    # --- Moderation

    def report(self, _topic: Topic, post: Post, by: User, _number: int) -> None:
        moderation.report_post(post, reason="lain", by=by)

    def dismiss(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.dismiss_reports(
            self._one(Post.objects.filter(reports__isnull=False)), **self._why()
        )

    def hide(self, _topic: Topic, post: Post, _by: User, _number: int) -> None:
        moderation.hide_post(post, **self._why())

    def show(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.show_post(self._one(Post.objects.filter(state="sembunyi")), **self._why())

    def warn(self, _topic: Topic, post: Post, _by: User, _number: int) -> None:
        moderation.warn_author(post, **self._why())

    def suspend(self, _topic: Topic, post: Post, _by: User, _number: int) -> None:
        moderation.suspend_author(post, days=3, **self._why())

    def lift(self, _topic: Topic, _post: Post, by: User, _number: int) -> None:
        moderation.lift_suspension(by, **self._why())

    def hide_topic(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.hide_topic(topic, **self._why())

    def show_topic(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.show_topic(topic, **self._why())

    def lock(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.lock_topic(topic, **self._why())

    def unlock(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.unlock_topic(topic, **self._why())

    def pin(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.pin_topic(topic, **self._why())

    def unpin(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.unpin_topic(topic, **self._why())

    def move(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.move_topic(topic, self.dice.choice(self.categories), **self._why())

    def merge(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        rearranging.merge_topics(topic, self.dice.choice(self.topics), **self._why())

    def split(self, topic: Topic, post: Post, _by: User, _number: int) -> None:
        numbers = {post.number, self.dice.randint(2, max(topic.last_number, 2))}
        begun = rearranging.split_posts(
            topic, numbers, title="Terpisah", category=self.categories[0], **self._why()
        )
        self.topics.append(begun)

    def undo(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        whole = Decision.objects.filter(verb__in=["gabungkan", "pisahkan", "tegur"])
        appeals.undo(self._one(whole), **self._why())

    def object(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        decision = self._one(Decision.objects.filter(person__isnull=False))
        appeals.appeal(decision, text="Keberatan", by=decision.person)

    def judge(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        made = self._one(Appeal.objects.waiting())
        by = self.dice.choice(self.moderators)
        appeals.decide_appeal(made, upheld=self.dice.random() < 0.7, answer="Acak", by=by)

    # --- Consultation

    def consult(self, _topic: Topic, _post: Post, by: User, number: int) -> None:
        made = consultation.ask(
            the_expertise(), title="Tanya pribadi", words=self._words(number), colleague=None, by=by
        )
        self.private.append(made)

    def _with(self, **fields: Any) -> tuple[Topic, User]:
        """A consultation and the colleague with whom it lies."""
        seat = self._one(Member.objects.filter(part="konsultan", left_at__isnull=True, **fields))
        return seat.topic, seat.user

    def answer(self, _topic: Topic, _post: Post, _by: User, number: int) -> None:
        topic, colleague = self._with(topic__consultation__state="menunggu")
        writing.reply(topic, self._words(number), by=colleague)

    def decline(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        topic, colleague = self._with(topic__consultation__state="menunggu")
        consultation.decline(topic, by=colleague)

    def pass_on(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        waiting = self._one(Assignment.objects.waiting())
        Assignment.objects.filter(pk=waiting.pk).update(due_on=yesterday)
        consultation.pass_on_overdue()

    def close(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        topic, _ = self._with()
        consultation.close(topic, by=topic.author)

    def invite(self, _topic: Topic, _post: Post, by: User, _number: int) -> None:
        topic, colleague = self._with()
        number = by.officer.register_number if hasattr(by, "officer") else ""
        consultation.invite(topic, colleague=number, by=colleague)

    def go(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        seat = self._one(Member.objects.filter(part="undangan", left_at__isnull=True))
        consultation.leave(seat.topic, by=seat.user)

    def report_private(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        topic, colleague = self._with()
        post = self._one(Post.objects.filter(topic=topic, state="tampil"))
        moderation.report_post(post, reason="menyerang", by=colleague)

    def propose(self, _topic: Topic, _post: Post, _by: User, number: int) -> None:
        found = self._one(Consultation.objects.filter(state__in=["dijawab", "selesai"]))
        seat = self._one(Member.objects.filter(topic=found.topic, left_at__isnull=True))
        text = publication.Text(self.categories[0], "Judul terbitan", f"Tanya {number}", "Jawab.")
        draft = Publication.objects.filter(consultation=found).first()
        version = draft.version if draft else 0
        publication.propose_text(
            found.topic, text, seen_version=version, name_consultant=None, by=seat.user
        )

    def agree(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        draft = self._one(Publication.objects.all())
        seat = self._one(Member.objects.filter(topic=draft.consultation_id, left_at__isnull=True))
        made = publication.agree(seat.topic, seen_version=draft.version, by=seat.user)
        if made is not None:
            self.topics.append(made)

    def take_back(self, _topic: Topic, _post: Post, _by: User, _number: int) -> None:
        draft = self._one(Publication.objects.all())
        seat = self._one(Member.objects.filter(topic=draft.consultation_id, left_at__isnull=True))
        publication.withdraw(seat.topic, by=seat.user)

    # --- Leaving

    def erase(self, _topic: Topic, _post: Post, by: User, _number: int) -> None:
        forget_writer(by, {by.name, by.email})
