"""What editors fill in."""

from news.forms.acts import (ActForm)
from news.forms.articles import (PREVIEW, SEND, SettingsForm, TextForm)
from news.forms.versions import (CompareForm)

__all__ = [
    "ActForm",
    "CompareForm",
    "PREVIEW",
    "SEND",
    "SettingsForm",
    "TextForm",
]
