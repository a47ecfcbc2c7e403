"""The admin in which the Ditjen and the provinces keep the register; each module has its tables."""

from registry.admin import access_log, document, officer, region, unit

__all__ = ["access_log", "document", "officer", "region", "unit"]
