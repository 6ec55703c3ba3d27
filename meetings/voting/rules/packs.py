"""Rule packs: the rules of a body as versioned data, parsed from TOML and validated.

Built-in packs are in `built_in/`; custom packs pass the same validation. A poll keeps a frozen copy
of its rule, so a later pack does not change past decisions.
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from core.errors import InvalidInput, Refusal
from core.i18n import Words
from meetings.attendance.quorum_rules import QuorumRule
from meetings.voting.rules.pack_errors import PackError, RulePackNotValid
from meetings.voting.rules.poll_rules import DecisionRule, Id, Kind, Rule, RuleWords, Version
from meetings.voting.rules.question_rules import (
    ChoiceKey,
    DefaultOption,
    Option,
    checked_options,
    cleaned,
)

BUILT_IN = Path(__file__).parent.joinpath("built_in")
FALLBACK_KIND = "general"
"""Its rules are offered to meetings of a kind that no pack names."""

LARGEST = 65_536
"""Maximum size of a pack in bytes; a pack is a page or two of text."""


class UnknownRule(Refusal):
    """No rule has this id and version, or none is in force on that day."""

    code, status = "unknown_rule", 422


class PackedRule(DecisionRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule as written in a pack, without the pack's shared fields. It may override the quorum."""

    id: Id
    version: Version
    title: Words
    formula: Words
    entitled: Words
    citation: Words
    confirmed: bool
    quorum: QuorumRule | None = None
    effective_from: date | None = None
    effective_to: date | None = None


class Pack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pack as written. `kinds`: kinds of meetings of the body that it serves."""

    id: Id
    version: Version
    kinds: tuple[Kind, ...]
    title: Words
    words: RuleWords
    quorum: QuorumRule
    options: tuple[DefaultOption, ...]
    rules: tuple[PackedRule, ...]

    def whole(self, rule: PackedRule) -> Rule:
        """One of its rules, completed with the shared fields of the pack."""
        own = {name: getattr(rule, name) for name in PackedRule.__struct_fields__}
        own["quorum"] = rule.quorum or self.quorum
        return Rule(pack=self.id, kinds=self.kinds, words=self.words, options=self.options, **own)


class RuleCatalogue:
    """A set of packs: every rule by id and version.

    Raises: RulePackNotValid (DUPLICATE) if two rules or two packs have the same id and version.
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.packs = tuple(packs)
        self._rules: dict[tuple[str, int], Rule] = {}
        seen: set[tuple[str, int]] = set()
        for pack in self.packs:
            if (pack.id, pack.version) in seen:
                raise RulePackNotValid(
                    pack.id,
                    "id",
                    PackError.DUPLICATE,
                    f"pack {pack.id} {pack.version} is there twice",
                )
            seen.add((pack.id, pack.version))
            for place, packed in enumerate(pack.rules):
                self._add(pack.whole(packed), f"rules[{place}].id")

    def _add(self, rule: Rule, field: str) -> None:
        if (rule.id, rule.version) in self._rules:
            raise RulePackNotValid(
                rule.pack, field, PackError.DUPLICATE, f"{rule.id} {rule.version} is there twice"
            )
        self._rules[rule.id, rule.version] = rule

    def with_own(self, own: Iterable[Pack]) -> "RuleCatalogue":
        """A catalogue of these packs and custom packs, which may not reuse ids of this catalogue.

        Raises: RulePackNotValid (TAKEN, DUPLICATE).
        """
        own = tuple(own)
        ids = {rule_id for rule_id, _ in self._rules}
        for pack in own:
            if pack.id in {mine.id for mine in self.packs}:
                raise RulePackNotValid(pack.id, "id", PackError.TAKEN, f"{pack.id} is built in")
            for place, rule in enumerate(pack.rules):
                if rule.id in ids:
                    field = f"rules[{place}].id"
                    raise RulePackNotValid(
                        pack.id, field, PackError.TAKEN, f"{rule.id} is built in"
                    )
        return RuleCatalogue((*self.packs, *own))

    def rule(self, rule_id: str, version: int | None = None, on: date | None = None) -> Rule:
        """A rule by id: the given version, or the newest one in force on a day (None: any day).

        Raises: UnknownRule.
        """
        if version is not None:
            found = self._rules.get((rule_id, version))
        else:
            found = next((rule for rule in self.current(on) if rule.id == rule_id), None)
        if found is None:
            raise UnknownRule(rule_id=rule_id)
        return found

    def current(self, on: date | None = None) -> tuple[Rule, ...]:
        """The newest version in force of every rule, in the order of the packs."""
        newest: dict[str, Rule] = {}
        for rule in self._rules.values():
            if in_force(rule, on):
                before = newest.get(rule.id)
                if before is None or before.version < rule.version:
                    newest[rule.id] = rule
        return tuple(newest.values())

    def offered(self, kind: str, on: date | None = None) -> tuple[Rule, ...]:
        """The rules for a kind of meeting, the default rule first."""
        current = self.current(on)
        fitting = tuple(rule for rule in current if kind in rule.kinds)
        return fitting or tuple(rule for rule in current if FALLBACK_KIND in rule.kinds)


def in_force(rule: Rule, on: date | None) -> bool:
    """Whether a rule is in force on a day; its first and last day are included."""
    if on is None:
        return True
    begun = rule.effective_from is None or rule.effective_from <= on
    return begun and (rule.effective_to is None or on <= rule.effective_to)


def frozen_copy(rule: Rule) -> dict[str, Any]:
    """A rule as plain values for JSON, as stored in a poll and in its log entry."""
    return msgspec.json.decode(msgspec.json.encode(rule), type=dict[str, Any])


def thawed(copy: object) -> Rule:
    """The rule of a frozen copy. Raises: msgspec.ValidationError if it is not one."""
    return msgspec.convert(copy, Rule)


@lru_cache
def built_in() -> RuleCatalogue:
    """The catalogue of the built-in rules."""
    return RuleCatalogue(packs_in(BUILT_IN))


def packs_in(folder: Path) -> tuple[Pack, ...]:
    """Every `*.toml` of a folder, in the order of names. Raises: RulePackNotValid."""
    return tuple(pack_from(file.read_bytes(), file.name) for file in sorted(folder.glob("*.toml")))


def pack_from(content: bytes, file: str) -> Pack:
    """Parse and validate a pack. `file`: its name in errors.

    Raises: RulePackNotValid, with the invalid field.
    """
    tree = _normalized(_parsed(content, file))
    try:
        pack = msgspec.convert(tree, Pack)
    except msgspec.ValidationError as error:
        field, reason = _field_and_reason(str(error))
        share = field.endswith((".numerator", ".comparison")) and reason.startswith("`")
        fault = PackError.WRONG_SHARE if share else PackError.WRONG_FIELD
        raise RulePackNotValid(file, field, fault, reason) from None
    _check_options(pack, file)
    _check_rules(pack, file)
    return pack


def _parsed(content: bytes, file: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        reason = f"{len(content)} bytes, at most {LARGEST}"
        raise RulePackNotValid(file, "", PackError.TOO_LARGE, reason)

    def refuse(number: str) -> Any:
        raise RulePackNotValid(
            file, "", PackError.FRACTIONAL_NUMBER, f"{number} is no whole number"
        )

    try:
        return tomllib.loads(content.decode().removeprefix("\ufeff"), parse_float=refuse)
    # ValueError: not UTF-8, not TOML, or a number of thousands of digits
    except (ValueError, RecursionError) as error:
        raise RulePackNotValid(file, "", PackError.NOT_TOML, str(error)) from None


def _normalized(value: Any) -> Any:
    """The tree with all strings in NFC, without direction marks."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, list):
        return [_normalized(one) for one in value]
    if isinstance(value, dict):
        return {key: _normalized(one) for key, one in value.items()}
    return value


_NAMED = re.compile(r"(?:Object missing required field |Object contains unknown field )?`([^`]+)`")


def _field_and_reason(message: str) -> tuple[str, str]:
    """Field and reason of a msgspec message: "… - at `$.rules[0].title`", a field name before
    it."""
    reason, _, path = message.partition(" - at `$")
    inside = path.removesuffix("`").removeprefix(".")
    named = _NAMED.match(reason)
    parts = [part for part in (inside, named[1] if named else "") if part]
    return ".".join(parts), reason


def _check_options(pack: Pack, file: str) -> None:
    usual = [Option(option.key, option.label.vi) for option in pack.options]
    english = [Option(option.key, option.label.en) for option in pack.options]
    try:
        checked_options(usual, pack.options)
        checked_options(english, pack.options)
    except InvalidInput as refusal:
        wrong = refusal.errors[0]
        raise RulePackNotValid(
            file, wrong["field"], PackError.WRONG_OPTIONS, wrong["message"]
        ) from None
    except Refusal as refusal:
        raise RulePackNotValid(
            file, "options", PackError.WRONG_OPTIONS, refusal.code, refusal
        ) from None
    if ChoiceKey.FOR not in {option.key for option in pack.options}:
        raise RulePackNotValid(file, "options", PackError.WRONG_OPTIONS, "there is no option `for`")


def _check_rules(pack: Pack, file: str) -> None:
    if not pack.kinds:
        raise RulePackNotValid(file, "kinds", PackError.EMPTY, "a pack for no kind of meeting")
    if not pack.rules:
        raise RulePackNotValid(file, "rules", PackError.EMPTY, "a pack without a rule")
    seen: set[tuple[str, int]] = set()
    for place, rule in enumerate(pack.rules):
        field = f"rules[{place}]"
        if (rule.id, rule.version) in seen:
            raise RulePackNotValid(
                file, f"{field}.id", PackError.DUPLICATE, f"{rule.id} {rule.version} is there twice"
            )
        seen.add((rule.id, rule.version))
        first, last = rule.effective_from, rule.effective_to
        if first is not None and last is not None and last < first:
            raise RulePackNotValid(
                file, f"{field}.effective_to", PackError.WRONG_DATES, f"{last} is before {first}"
            )
