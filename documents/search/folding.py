"""Words as they are searched: exactly, and without accents. Pure functions.

Vietnamese people search without accents where typing them is slow, so "hoi dong" finds "hội đồng".
Unicode has no decomposition of đ: it is folded here, not by the index.
"""

import re
import unicodedata
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+")
MOST_QUERY_WORDS = 12
_STROKES = str.maketrans("đĐ", "dD")


class Token(NamedTuple):
    """One word in lower case: exact (NFC) and folded."""

    exact: str
    folded: str


def fold(text: str) -> str:
    """Text without accents, in lower case."""
    parts = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(c for c in parts if not unicodedata.combining(c)).lower()


def query_tokens(text: str) -> list[Token]:
    """The first words of a query."""
    return tokens(text)[:MOST_QUERY_WORDS]


def tokens(text: str) -> list[Token]:
    """The words of a text, in order; signs between them are dropped, as the index does."""
    exact = unicodedata.normalize("NFC", text).lower()
    return [Token(word, fold(word)) for word in _TOKEN.findall(exact)]
