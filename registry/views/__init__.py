"""The pages of the register."""

from registry.views.activation import activation, activation_sent
from registry.views.check import check, check_number
from registry.views.directory import directory
from registry.views.files import document, photo
from registry.views.own_profile import own_profile, own_profile_edit
from registry.views.profile import note_reason, profile

__all__ = [
    "activation",
    "activation_sent",
    "check",
    "check_number",
    "directory",
    "document",
    "note_reason",
    "own_profile",
    "own_profile_edit",
    "photo",
    "profile",
]
