"""Validates questions and options of polls. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from core.errors import InvalidInput, Refusal
from core.i18n import Words

LONGEST_QUESTION = 1_000
LONGEST_LABEL = 120
LEAST_OPTIONS, MOST_OPTIONS = 2, 20

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")


class ChoiceKey(StrEnum):
    """Option keys that rules interpret; other options are only counted and shown."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


RESERVED_KEYS = frozenset({"invalid", "not_returned", "not_sent", "absent"})
"""Other parts of the identity of a count; options may not use them as keys."""


class QuestionMissing(Refusal):
    """A poll needs a question."""

    code, status = "question_missing", 422


class WrongNumberOfOptions(Refusal):
    """A poll needs `least` to `most` options; `given` were sent."""

    code, status = "wrong_number_of_options", 422


class DuplicateOption(Refusal):
    """Two options have the same text or key. `label`: the second of them."""

    code, status = "duplicate_option", 422


class MisleadingOption(Refusal):
    """An option has the label of another default option, so its votes would be misread."""

    code, status = "misleading_option", 422


class DefaultOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A default option of a rule, with a label in both languages."""

    key: str
    label: Words


class Option(msgspec.Struct, frozen=True):
    """An option of a poll. `key`: what is counted; `label`: what is displayed."""

    key: str
    label: str


def cleaned(text: str) -> str:
    """Text as stored: NFC, single spaces, without control and direction marks."""
    spaced = " ".join(text.split())
    kept = "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", kept).split())


def folded(text: str) -> str:
    """Text for comparison: strings that read the same are equal."""
    return unicodedata.normalize("NFC", cleaned(text).casefold())


def checked_question(text: str) -> str:
    """The cleaned question. Raises: QuestionMissing, InvalidInput (too long)."""
    question = cleaned(text)
    if not question:
        raise QuestionMissing()
    if len(question) > LONGEST_QUESTION:
        raise InvalidInput(("question", f"at most {LONGEST_QUESTION} characters"))
    return question


def checked_options(
    options: Sequence[Option], usual: Sequence[DefaultOption] = ()
) -> tuple[Option, ...]:
    """The cleaned options, in order.

    usual: the rule's default options, whose labels no other key may use. Raises:
    WrongNumberOfOptions, InvalidInput (a key or label), DuplicateOption, MisleadingOption.
    """
    if not LEAST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise WrongNumberOfOptions(least=LEAST_OPTIONS, most=MOST_OPTIONS, given=len(options))
    owners = {
        folded(words): option.key
        for option in usual
        for words in (option.label.vi, option.label.en)
    }
    kept: list[Option] = []
    keys: set[str] = set()
    labels: set[str] = set()
    for place, option in enumerate(options):
        option = _checked_option(place, option)
        words = folded(option.label)
        if option.key.casefold() in keys or words in labels:
            raise DuplicateOption(label=option.label)
        if owners.get(words, option.key) != option.key:
            raise MisleadingOption(label=option.label)
        keys.add(option.key.casefold())
        labels.add(words)
        kept.append(option)
    return tuple(kept)


def _checked_option(place: int, option: Option) -> Option:
    field = f"options[{place}]"
    if not _KEY.fullmatch(option.key):
        raise InvalidInput((f"{field}.key", "1 to 60 of A-Z a-z 0-9 _ . -"))
    small = option.key.casefold()
    if small in RESERVED_KEYS or (small in set(ChoiceKey) and small != option.key):
        raise InvalidInput((f"{field}.key", "this key is taken"))
    label = cleaned(option.label)
    if not 1 <= len(label) <= LONGEST_LABEL:
        raise InvalidInput((f"{field}.label", f"1 to {LONGEST_LABEL} characters"))
    return Option(option.key, label)
