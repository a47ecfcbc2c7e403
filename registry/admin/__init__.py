"""The admin in which the Ditjen maintains the register; each module registers its tables."""

from registry.admin import document, officer, region, unit

__all__ = ["document", "officer", "region", "unit"]
