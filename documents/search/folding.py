"""Words as they are searched: exactly, and without accents. Pure functions.

Vietnamese people search without accents where typing them is slow, so "hoi dong" finds "hội đồng".
Unicode has no decomposition of đ: `fold` replaces it, which the index could not.
"""

import re
import unicodedata
from typing import NamedTuple

from accounts.shared.name_rules import fold

_TOKEN = re.compile(r"[^\W_]+")
MOST_QUERY_WORDS = 12


class Token(NamedTuple):
    """One word in lower case: exact (NFC) and folded."""

    exact: str
    folded: str


def query_tokens(text: str) -> list[Token]:
    """The first words of a query."""
    return tokens(text)[:MOST_QUERY_WORDS]


def tokens(text: str) -> list[Token]:
    """The words of a text, in order; signs between them are dropped, as the index does."""
    exact = unicodedata.normalize("NFC", text).lower()
    return [Token(word, fold(word)) for word in _TOKEN.findall(exact)]
