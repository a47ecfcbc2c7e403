"""Indonesian as the profession writes it, made ready for PostgreSQL's text search."""

from epk.lib.indonesian.passages import key_words, passage
from epk.lib.indonesian.querying import Query, Term, query
from epk.lib.indonesian.reading import normalise

__all__ = ["Query", "Term", "key_words", "normalise", "passage", "query"]
