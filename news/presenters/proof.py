"""What the page of an event offers its viewer: ticket, evaluation, certificate; lists for editors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from news import rules
from news.models import Certificate, Evaluation, Event
from news.presenters.certificates import missing_for
from news.queries.attendance import attended_sessions, counted_sessions, registration_of

if TYPE_CHECKING:
    from news.queries.readers import Viewer


@dataclass(frozen=True)
class ProofLinks:
    """Links for this viewer of an event, and what a certificate still needs."""

    own: Sequence[tuple[str, str]]
    """Pairs of words and address."""
    desk: Sequence[tuple[str, str]]
    """The same for editors."""
    sentence: str


def proof_links(user: Viewer, event: Event) -> ProofLinks:
    """At most four queries for somebody who is registered, one for other officers, none for the public.

    For templates/news/_event_proof.html, as `proof`.
    """
    desk = _desk(event) if rules.can_edit(user) else []
    registration = registration_of(user, event.pk) if user.is_authenticated else None
    if registration is None:
        return ProofLinks([], desk, "")
    own = [("Tiket dan kehadiran saya", reverse("news:ticket", args=[event.slug]))]
    now = timezone.now()
    if now < event.ends_at:
        return ProofLinks(own, desk, "")
    if certificate := Certificate.objects.filter(registration=registration).first():
        own.append(("Sertifikat saya", reverse("news:certificate", args=[certificate.code])))
        return ProofLinks(own, desk, "")
    attended = attended_sessions(registration.pk)
    evaluated = Evaluation.objects.filter(registration=registration).exists()
    if attended and (evaluated or now < rules.evaluation_closes(event)):
        words = "Evaluasi saya" if evaluated else "Isi evaluasi"
        own.append((words, reverse("news:evaluation", args=[event.slug])))
    if not event.gives_certificate:
        return ProofLinks(own, desk, "")
    counted = set(counted_sessions(event.pk).values_list("pk", flat=True))
    missing = missing_for(len(counted), len(attended & counted), evaluated=evaluated)
    if missing:
        return ProofLinks(own, desk, f"Untuk sertifikat: {'; '.join(missing)}.")
    return ProofLinks(own, desk, "Syarat sertifikat terpenuhi; menunggu diterbitkan Redaksi.")


def _desk(event: Event) -> list[tuple[str, str]]:
    links = [
        ("Daftar hadir", reverse("news:attendance", args=[event.pk])),
        ("Ringkasan evaluasi", reverse("news:evaluation_summary", args=[event.pk])),
    ]
    if event.gives_certificate:
        links.append(("Sertifikat", reverse("news:certificates", args=[event.pk])))
    return links
