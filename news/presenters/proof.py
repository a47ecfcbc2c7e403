"""What the page of an event offers its viewer: ticket, evaluation, certificate; lists for editors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from news import rules
from news.models import Event
from news.presenters.certificates import missing_for
from news.queries.attendance import proof_of

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


def proof_links(user: Viewer, event: Event, own: Any) -> ProofLinks:
    """For templates/news/_event_proof.html; `own` is a registration of `with_proof`, or None."""
    desk = _desk(event) if rules.can_edit(user) else []
    found = proof_of(own)
    if found is None:
        return ProofLinks([], desk, "")
    links = [("Tiket dan kehadiran saya", reverse("news:ticket", args=[event.slug]))]
    now = timezone.now()
    if now < event.ends_at or event.cancelled_at is not None:
        return ProofLinks(links, desk, "")
    if found.certificate_code:
        links.append(
            ("Sertifikat saya", reverse("news:certificate", args=[found.certificate_code]))
        )
        return ProofLinks(links, desk, "")
    is_open = now < rules.evaluation_closes(event)
    if found.was_there and (found.evaluated or is_open):
        words = "Evaluasi saya" if found.evaluated else "Isi evaluasi"
        links.append((words, reverse("news:evaluation", args=[event.slug])))
    if not event.gives_certificate:
        return ProofLinks(links, desk, "")
    missing = missing_for(found.total, found.attended, evaluated=found.evaluated)
    if missing:
        late = "" if found.evaluated or is_open else " Evaluasi sudah ditutup."
        return ProofLinks(links, desk, f"Untuk sertifikat: {'; '.join(missing)}.{late}")
    return ProofLinks(links, desk, "Syarat sertifikat terpenuhi; menunggu diterbitkan Redaksi.")


def _desk(event: Event) -> list[tuple[str, str]]:
    links = [
        ("Daftar hadir", reverse("news:attendance", args=[event.pk])),
        ("Ringkasan evaluasi", reverse("news:evaluation_summary", args=[event.pk])),
    ]
    if event.gives_certificate:
        links.append(("Sertifikat", reverse("news:certificates", args=[event.pk])))
    return links
