"""What editors fill in."""

from news.forms.acts import ActForm
from news.forms.articles import PREVIEW, SEND, SettingsForm, TextForm
from news.forms.versions import CompareForm

__all__ = [
    "PREVIEW",
    "SEND",
    "ActForm",
    "CompareForm",
    "SettingsForm",
    "TextForm",
]
