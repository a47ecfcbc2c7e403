"""What people type in the forum."""

from forum.forms.answers import RegulationForm, ReplaceForm, ReviewsForm, VerifyForm, WithdrawForm
from forum.forms.lists import ListForm, PageForm
from forum.forms.writing import ComposeForm, EditForm, TopicForm, place_key

__all__ = [
    "ComposeForm",
    "EditForm",
    "ListForm",
    "PageForm",
    "RegulationForm",
    "ReplaceForm",
    "ReviewsForm",
    "TopicForm",
    "VerifyForm",
    "WithdrawForm",
    "place_key",
]
