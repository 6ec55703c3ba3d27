"""Facts as they may be printed: no control or direction marks, single spaces, composed letters.

A name could otherwise turn the line it stands in around, or make a file that no program opens.
"""

from typing import Any, TypeVar

import msgspec

from meetings.voting.rules.question_rules import cleaned

T = TypeVar("T")


def printable(facts: T) -> T:
    """The same facts with every text in them cleaned; times and closed sets stay as they are."""
    made: T = _clean(facts)
    return made


def paragraphs(text: str) -> list[str]:
    """The lines of a text that are not empty, each cleaned."""
    return [line for line in map(cleaned, text.splitlines()) if line]


def _clean(value: Any) -> Any:
    if type(value) is str:  # A member of a StrEnum is a fixed word.
        return cleaned(value)
    if isinstance(value, tuple):
        return tuple(_clean(one) for one in value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = {name: _clean(getattr(value, name)) for name in value.__struct_fields__}
        return type(value)(**fields)
    return value
