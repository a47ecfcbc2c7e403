"""What the register stores, and what the database itself forbids."""

from registry.models.access import AccessRecord, Anonymisation
from registry.models.document import Document
from registry.models.officer import (
    Expertise,
    Officer,
    OfficerExpertise,
    RegisterCounter,
)
from registry.models.posting import Posting
from registry.models.records import (
    CompetencyTest,
    Education,
    JenjangRecord,
    PangkatRecord,
    StatusRecord,
    Training,
)
from registry.models.region import Region
from registry.models.terms import Golongan, Jenjang
from registry.models.unit import Unit

__all__ = [
    "AccessRecord",
    "Anonymisation",
    "CompetencyTest",
    "Document",
    "Education",
    "Expertise",
    "Golongan",
    "Jenjang",
    "JenjangRecord",
    "Officer",
    "OfficerExpertise",
    "PangkatRecord",
    "Posting",
    "Region",
    "RegisterCounter",
    "StatusRecord",
    "Training",
    "Unit",
]
