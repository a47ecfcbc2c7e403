"""What else happens in the demo's forum, by the actions that everybody uses."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from accounts.models import User
from forum.actions import answers, consultation, moderation, writing
from forum.actions.assignments import open_assignment
from forum.actions.writing import Words
from forum.models import Post, Report, Topic
from registry.models import Expertise

SPACE: Final = uuid.UUID("0b6c8f0e-6a53-4c0f-8f3b-7a8d2e51c964")
REGULATION: Final = "PermenPANRB 1/2023"
ABOUT: Final = "Jabatan Fungsional"
IN_FORCE: Final = dt.date(2023, 7, 1)
ASKED: Final = "Predikat kinerja saya turun tanpa penjelasan"
QUESTION: Final = (
    "Predikat saya diturunkan, padahal semua butir sasaran kinerja terpenuhi. Apakah sebaiknya "
    "saya mengajukan keberatan, dan kepada siapa lebih dulu?"
)
ANSWER: Final = (
    "Minta dulu penjelasan tertulis dari pejabat penilai, lalu bandingkan dengan bukti tiap butir. "
    "Kalau bukti dan penilaian tidak cocok, ajukan keberatan dengan lampirannya. Lembar penilaiannya "
    "boleh dilampirkan di sini setelah nama orang lain ditutup."
)


def vouch(answer: Post, *, on: dt.date, by: User) -> None:
    """The Pembina stands for an answer for two years."""
    law = answers.add_regulation(name=REGULATION, title=ABOUT, in_force_from=IN_FORCE, by=by)
    basis = answers.Basis(
        citations=[(law, "ketentuan tentang angka kredit")],
        valid_until=on.replace(day=1, year=on.year + 2),
        seen_version=answer.version,
        note="Contoh untuk peragaan, bukan pendapat resmi.",
    )
    answers.verify_answer(answer, basis, by=by)


def ask_in_private(*, by: User) -> Topic:
    """A consultation, answered by whomever the register has found, if it found somebody."""
    topic = consultation.ask(
        Expertise.objects.get(code="bimbingan-jabatan"),
        title=ASKED,
        words=Words(QUESTION, uuid.uuid5(SPACE, "question")),
        colleague=None,
        by=by,
    )
    waiting = open_assignment(topic.pk)
    if waiting is not None:
        writing.reply(topic, Words(ANSWER, uuid.uuid5(SPACE, "answer")), by=waiting.user)
    return topic


def report(post: Post, *, by: User) -> None:
    """Something for the moderators' queue."""
    details = "Biaya diminta di muka dan tidak ada nama perusahaannya."
    moderation.report_post(post, reason=Report.Reason.WRONG, details=details, by=by)
