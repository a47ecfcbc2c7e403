"""Indonesian as the profession writes it, made ready for PostgreSQL's text search."""

from epk.lib.indonesian.reading import normalise

__all__ = ["normalise"]
