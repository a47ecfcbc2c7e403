"""Indonesian as the profession writes it, made ready for PostgreSQL's text search."""

from epk.lib.indonesian.passages import key_words, passage
from epk.lib.indonesian.querying import Query, Term, query
from epk.lib.indonesian.reading import normalise

VERSION = 1
"""Stored beside each vector; a change of the lists or of how a text is read raises it."""

__all__ = ["VERSION", "Query", "Term", "key_words", "normalise", "passage", "query"]
