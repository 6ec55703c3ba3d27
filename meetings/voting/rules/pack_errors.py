"""Errors in rule packs, with messages in both languages.

The messages are for a secretary who wrote the pack by hand: the line, the entry, the error, and the
expected value.
"""

import re
from enum import StrEnum
from typing import Any

from core.errors import Refusal, Translate
from meetings.voting.rules.toml_lines import line_of, line_with


class PackError(StrEnum):
    """Kinds of errors in a pack."""

    TOO_LARGE = "too_large"
    NOT_TOML = "not_toml"
    FRACTIONAL_NUMBER = "fractional_number"
    WRONG_FIELD = "wrong_field"
    WRONG_SHARE = "wrong_share"
    WRONG_OPTIONS = "wrong_options"
    WRONG_DATES = "wrong_dates"
    DUPLICATE = "duplicate"
    TAKEN = "taken"
    EMPTY = "empty"


class RulePackNotValid(Refusal):
    """A pack is not valid. `file`, `field`: the position; `fault`: the error; `reason`: details."""

    code, status = "rule_pack_not_valid", 422

    def __init__(
        self, file: str, field: str, fault: PackError, reason: str, cause: Refusal | None = None
    ) -> None:
        super().__init__(file=file, field=field, fault=fault.value, reason=reason)
        self.cause = cause
        self.line: int | None = None

    def __str__(self) -> str:
        return "{file}: {field}: {reason} ({fault})".format_map(self.params)

    def in_text(self, text: str) -> "RulePackNotValid":
        """The same refusal with the line number of its field in the text."""
        field, reason = str(self.params["field"]), str(self.params["reason"])
        if self.params["fault"] == PackError.FRACTIONAL_NUMBER.value:
            self.line = line_with(text, reason.split(" ")[0])
        elif self.params["fault"] == PackError.NOT_TOML.value:
            self.line = _toml_error_line(text, reason)
        else:
            self.line = line_of(text, field)
        return self

    def told(self, say: Translate) -> dict[str, object]:
        """The parameters, with position (`where`) and error (`what`) in words."""
        return {**self.params, "where": self._where(say), "what": self._what(say)}

    def fields(self, say: Translate) -> list[dict[str, Any]]:
        """The invalid field, as the only list element."""
        found = {
            "field": self.params["field"],
            "message": _capital(self._what(say)),
            "fault": self.params["fault"],
            "place": self._where(say),
        }
        return [found if self.line is None else {**found, "line": self.line}]

    def _where(self, say: Translate) -> str:
        field = _field_words(str(self.params["field"]), say)
        if self.line is None:
            return say("pack_place.field", field=field) if field else say("pack_place.whole")
        if not field:
            return say("pack_place.line", line=self.line)
        return say("pack_place.line_field", line=self.line, field=field)

    def _what(self, say: Translate) -> str:
        fault, field, reason = (str(self.params[name]) for name in ("fault", "field", "reason"))
        if self.cause is not None:
            return say(f"error.{self.cause.code}", **self.cause.told(say))
        if fault == PackError.NOT_TOML.value:
            return say(_of_toml(reason))
        if fault == PackError.WRONG_FIELD.value or field.startswith("options["):
            return _of_field(field, reason, say)
        if fault in _WITH_NAME:
            key = f"pack_fault.{fault}.{'rule' if field.startswith('rules[') else 'pack'}"
            found = _NAME_AND_VERSION.search(reason)
            name, version = found.groups(default="") if found else (reason, "")
            return say(key, name=name, version=version)
        if fault == PackError.EMPTY.value:
            return say(f"pack_fault.empty.{field}")
        key = f"pack_fault.{fault}"
        if reason.startswith("`comparison`"):
            key = "pack_fault.more_than_all"
        return say(key, word=reason.split(" ")[0])


_WITH_NAME = (PackError.TAKEN.value, PackError.DUPLICATE.value)
_NAME_AND_VERSION = re.compile(r"([a-z][a-z0-9_]*)(?: (\d+))? is ")
_TOML = (
    ("Expected '='", "pack_toml.no_equals"),
    ("Cannot overwrite", "pack_toml.twice"),
    ("Cannot declare", "pack_toml.twice"),
    ("Unclosed", "pack_toml.not_closed"),
    ("Unterminated", "pack_toml.not_closed"),
    ("Illegal character '\\n'", "pack_toml.not_closed"),
    ("Expected ']'", "pack_toml.not_closed"),
    ("Invalid date", "pack_toml.no_such_day"),
    ("Expected newline", "pack_toml.more_behind"),
    ("Unescaped", "pack_toml.backslash"),
    ("Invalid value", "pack_toml.no_value"),
    ("Invalid initial character for a key", "pack_toml.no_name"),
)
"""Prefixes of messages of the TOML parser, and the catalogue key for each."""

_TYPES = frozenset({"str", "int", "bool", "date", "array", "object"})
_HINTED = frozenset(
    {
        *("id", "version", "kinds", "base", "tie", "comparison", "numerator", "denominator"),
        *("confirmed", "effective_from", "effective_to", "key", "vi", "en"),
        *("title", "formula", "citation", "entitled", "voters", "of_body", "chair", "label"),
        *("words", "quorum", "options", "rules"),
    }
)
"""Entries whose expected value is described by `pack_entry.<name>`."""


def _toml_error_line(text: str, reason: str) -> int | None:
    """The line number in a message of the TOML parser."""
    found = re.search(r"at line (\d+)", reason)
    if found:
        return int(found[1])
    return text.count("\n") + 1 if "end of document" in reason else None


def _of_toml(reason: str) -> str:
    return next((key for start, key in _TOML if reason.startswith(start)), "pack_toml.other")


def _field_words(field: str, say: Translate) -> str:
    """The field in words, counted from 1: "rules[0].title.vi" is title.vi of rule 1."""
    found = re.fullmatch(r"(rules|options)\[(\d+)\](?:\.(.+))?", field)
    if found is None:
        return field
    kind, number, rest = found[1], int(found[2]) + 1, found[3]
    key = f"pack_place.of_{kind}" if rest else f"pack_place.{kind}"
    return say(key, number=number, field=rest or "")


def _of_field(field: str, reason: str, say: Translate) -> str:
    """The error of an entry, from msgspec's message, and the expected value."""
    name = re.sub(r"\[\d+\]\Z", "", field).rpartition(".")[2]
    hint = say(f"pack_entry.{name}") if name in _HINTED else ""
    if reason.startswith("Object missing"):
        wrong = say("pack_fault.missing")
    elif reason.startswith("Object contains unknown"):
        wrong, hint = say("pack_fault.unknown"), ""
    elif (enum := re.match(r"Invalid enum value '?(.*?)'?\Z", reason)) is not None:
        wrong = say("pack_fault.not_of_these", value=enum[1])
    elif (kinds := re.match(r"Expected `(\w+)[^`]*`, got `(\w+)", reason)) is not None:
        wanted = kinds[1] if kinds[1] in _TYPES else "other"
        wrong = say(f"pack_fault.wants_{wanted}")
    else:
        wrong = say("pack_fault.other")
    return f"{wrong} {hint}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
