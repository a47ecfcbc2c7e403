"""What a clerk of the Ditjen types in the admin, read, cleaned and checked in clear sentences."""

from registry.forms.admin.base import Clash, Conflict, RegisterForm
from registry.forms.admin.officer import OfficerForm
from registry.forms.admin.postings import PostingForm, PostingFormSet
from registry.forms.admin.records import (
    CompetencyTestForm,
    EducationForm,
    RecordForm,
    RecordFormSet,
    SinceForm,
    TrainingForm,
)
from registry.forms.admin.unit import ExpertiseForm, RegionForm, UnitForm

__all__ = [
    "Clash",
    "CompetencyTestForm",
    "Conflict",
    "EducationForm",
    "ExpertiseForm",
    "OfficerForm",
    "PostingForm",
    "PostingFormSet",
    "RecordForm",
    "RecordFormSet",
    "RegionForm",
    "RegisterForm",
    "SinceForm",
    "TrainingForm",
    "UnitForm",
]
