"""Addresses that mail cannot reach: paused, and used again when they work or their owner says so."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.notices import subject_of
from epk.lib.mail import mask_address
from epk.lib.notices import notify
from notifications.models import PausedAddress
from notifications.notices import ADDRESS_PAUSED


def pause_address(address: str, *, code: str, answer: str, bounced: bool = False) -> None:
    """Write nothing more to an address but what is required; `answer` without whole addresses.

    `code` is what was answered (`5.1.1`, `550`). `bounced` where the mail was taken first and came
    back later: then the next one that is taken proves nothing.
    """
    with transaction.atomic():
        row, fresh = PausedAddress.objects.get_or_create(
            address=address.lower(),
            defaults={"reason": code, "last_error": answer[:300], "bounced": bounced},
        )
        if not fresh:
            PausedAddress.objects.filter(pk=row.pk).update(
                reason=code,
                last_error=answer[:300],
                times=F("times") + 1,
                bounced=bounced or F("bounced"),
            )
        # At each refusal: the address may have become somebody's since the first.
        for user in User.objects.filter(email=row.address, is_active=True):
            tell_owner_of_pause(user, row)


def tell_owner_of_pause(user: User, pause: PausedAddress) -> None:
    """Once of each pause; in the inbox alone, in its transaction: a mail would not arrive."""
    facts = {"address": mask_address(user.email)}
    notify(ADDRESS_PAUSED, subject=subject_of(user), item=f"jeda-{pause.pk}", facts=facts)


def lift_pause(address: str) -> None:
    """The server has taken a mail that it refused before. Not for what came back as a bounce."""
    PausedAddress.objects.filter(address=address.lower(), bounced=False).delete()


def resume(address: str) -> bool:
    """Write to an address again; False where it is not paused."""
    return bool(PausedAddress.objects.filter(address=address.lower()).delete()[0])


def pause_of(address: str) -> PausedAddress | None:
    """What is known of an address that takes no mail; None where it may be written to."""
    return PausedAddress.objects.filter(address=address.lower()).first()
