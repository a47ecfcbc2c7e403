"""What the page sends by itself while somebody types."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from forum.forms.consultation import expertise_field
from forum.forms.writing import TopicForm
from forum.models import Category, Topic

PLACE = re.compile(r"topik-baru|konsultasi-baru|balas-[1-9][0-9]{0,17}")


class DraftForm(TopicForm):
    """Nothing is demanded of what is not sent yet, but for a place that this person may write at."""

    place = forms.CharField(max_length=40)
    key = forms.UUIDField()
    expertise = expertise_field()
    attachments = None  # type: ignore[assignment]
    watches = False

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, categories=Category.objects.startable_by(user), **kwargs)
        self.user = user
        for name in ("kind", "category", "expertise", "title", "source"):
            self.fields[name].required = False

    @property
    def draft_values(self) -> dict[str, Any]:
        return super().draft_values | {"expertise": self.cleaned_data.get("expertise")}

    def clean_title(self) -> str:
        return str(self.cleaned_data["title"])

    def clean_source(self) -> str:
        return str(self.cleaned_data["source"])

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"]
        if not PLACE.fullmatch(place):
            raise ValidationError("Tempat itu tidak dikenal.", code="place")
        _, _, number = place.partition("-")
        if number.isdigit() and not Topic.objects.visible_to(self.user).filter(pk=number).exists():
            raise ValidationError("Tempat itu tidak dikenal.", code="place")
        return place
