"""Texts told apart without being kept: digests that only this installation can make."""

import hashlib
import hmac

from django.conf import settings


def keyed_digest(purpose: str, text: str) -> bytes:
    """32 bytes that stand for the text; another purpose or SECRET_KEY gives other ones."""
    key = hashlib.sha256(f"{purpose}\x1f{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, text.encode(errors="replace"), hashlib.sha256).digest()
