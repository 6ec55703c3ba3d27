"""Cleans texts for printing: no control or direction marks, single spaces, NFC.

Such marks in a name could reverse the text of a line, or make a file that no program opens.
"""

from typing import Any, TypeVar

import msgspec

from meetings.voting.rules.question_rules import cleaned

T = TypeVar("T")


def printable(facts: T) -> T:
    """The same data with every text cleaned; times and enum members do not change."""
    made: T = _clean(facts)
    return made


def paragraphs(text: str) -> list[str]:
    """The non-empty lines of a text, each cleaned."""
    return [line for line in map(cleaned, text.splitlines()) if line]


def _clean(value: Any) -> Any:
    if type(value) is str:  # members of a StrEnum do not need cleaning
        return cleaned(value)
    if isinstance(value, tuple):
        return tuple(_clean(one) for one in value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = {name: _clean(getattr(value, name)) for name in value.__struct_fields__}
        return type(value)(**fields)
    return value
