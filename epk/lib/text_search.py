"""Text search in Indonesian, as expressions for the ORM: vector, match, rank, likeness.

A column of the type `SearchVectorField` is written with `search_vector` and asked with
`.filter(search=matches(query(typed)))`. Text goes through `epk.lib.indonesian.normalise` on the way
in; the vector holds each word as it is (`simple`) and as its stem (`indonesian`). The keys of word
families and names end in a digit, which no stemmer touches.
"""

from __future__ import annotations

from django.contrib.postgres.search import (
    SearchQuery,
    SearchQueryCombinable,
    SearchRank,
    SearchVector,
    SearchVectorField,
)
from django.db.models import Expression, F, Func, TextField, Value
from django.db.models.functions import Cast

from epk.lib.indonesian import Query, Term, key_words, normalise

EXACT = "simple"
STEMMED = "indonesian"
TITLE = "A"
BODY = "D"

Asked = SearchQueryCombinable
"""What `.filter(search=...)` and `rank` take."""


class _Joined(Func):
    """Vectors one after the other, with a gap: a phrase never reaches from one into the next."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()

    def __init__(self, *vectors: Expression) -> None:
        gap = Cast(Value("'|':1"), SearchVectorField())  # a sign that no query can ask for
        super().__init__(vectors[0], *(part for vector in vectors[1:] for part in (gap, vector)))


def search_vector(title: Expression | F, body: Expression | F) -> Expression:
    """The vector of two texts that are normalised already, columns or values.

    Immutable for PostgreSQL, so it may stand in a generated column.
    """
    return _Joined(
        *(
            SearchVector(text, config=config, weight=weight)
            for text, weight in ((title, TITLE), (body, BODY))
            for config in (EXACT, STEMMED)
        )
    )


def vector_of(title: str, body: str = "") -> Expression:
    """The vector of a title and a text as people wrote them."""
    return search_vector(_value(title), _value(body))


def matches(query: Query) -> Asked:
    """What is asked of a vector; an empty query matches nothing."""
    exact = " & ".join(term.text for term in query.terms if not term.stem)
    stemmed = [_with_stem(term) for term in query.terms if term.stem]
    asked = _raw(exact) if exact or not stemmed else stemmed.pop(0)
    for term in stemmed:
        asked = asked & term
    return asked


def matches_any(title: str, most: int = 8) -> Asked:
    """Whatever shares a telling word with this title: for topics like it, ordered by `rank`."""
    return _raw(" | ".join(f"'{word}'" for word in key_words(title, most)))


def rank(column: str, asked: Asked) -> SearchRank:
    """How well a row answers: a word of the title counts ten times one of the body."""
    return SearchRank(F(column), asked)


def _value(text: str) -> Value:
    return Value(normalise(text), output_field=TextField())


def _with_stem(term: Term) -> Asked:
    return _raw(term.text) | _raw(f"'{term.stem}'", STEMMED)


def _raw(text: str, config: str = EXACT) -> Asked:
    return SearchQuery(text, config=config, search_type="raw")
