"""Where a query stands on a page: the words that match, their boxes, a snippet. Pure functions."""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from documents.render_protocol import Word
from documents.search.folding import Token, query_tokens, tokens

AROUND = 8
"""Words of a snippet on each side of the first match."""
MOST_BOXES = 60
MOST_PARTS, MOST_LETTERS = 4, 60
"""Of one word of a page: more is no word, and costs time."""

Box = tuple[float, float, float, float]


class Closeness(IntEnum):
    """How a page matches, best first."""

    EXACT_PHRASE = 0
    PHRASE = 1
    WORDS = 2


class Piece(NamedTuple):
    """Part of a snippet. match: whether it is what was searched."""

    text: str
    match: bool


class Match(NamedTuple):
    """The matches on a page. boxes: fractions of the page, one for each word, in reading order."""

    snippet: list[Piece]
    boxes: list[Box]


def match(words: Sequence[Word], query: str, closeness: Closeness) -> Match:
    """Find a query among the words of a page. Empty if they have changed since the search."""
    wanted = query_tokens(query)
    found = (
        _with_any(words, wanted)
        if closeness is Closeness.WORDS
        else _in_order(words, wanted, exact=closeness is Closeness.EXACT_PHRASE)
    )
    boxes = [words[at][:4] for at in sorted(found)][:MOST_BOXES]
    return Match(_snippet(words, found), boxes)


def _in_order(words: Sequence[Word], wanted: Sequence[Token], *, exact: bool) -> set[int]:
    """The places of words that hold the query's tokens one after the other."""
    form = _exact if exact else _folded
    places, stream = list[int](), list[str]()
    for at, word in enumerate(words):
        for token in tokens(word[4][:MOST_LETTERS])[:MOST_PARTS]:
            places.append(at)
            stream.append(form(token))
    phrase = [form(token) for token in wanted]
    found: set[int] = set()
    if not phrase:
        return found
    start = -1
    while True:
        try:
            start = stream.index(phrase[0], start + 1)
        except ValueError:
            return found
        if stream[start : start + len(phrase)] == phrase:
            found.update(places[start : start + len(phrase)])


def _exact(token: Token) -> str:
    return token.exact


def _folded(token: Token) -> str:
    return token.folded


def _with_any(words: Sequence[Word], wanted: Sequence[Token]) -> set[int]:
    forms = {token.folded for token in wanted}
    return {
        at
        for at, word in enumerate(words)
        if any(token.folded in forms for token in tokens(word[4][:MOST_LETTERS])[:MOST_PARTS])
    }


def _snippet(words: Sequence[Word], found: set[int]) -> list[Piece]:
    """The words round the first match, with those that match set apart."""
    if not found:
        return []
    first = min(found)
    pieces: list[Piece] = []
    for at in range(max(0, first - AROUND), min(len(words), first + AROUND * 2)):
        text, is_match = words[at][4], at in found
        if pieces and pieces[-1].match == is_match:
            pieces[-1] = Piece(f"{pieces[-1].text} {text}", is_match)
        else:
            pieces.append(Piece(text, is_match))
    return pieces
