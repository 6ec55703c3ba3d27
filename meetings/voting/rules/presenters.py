"""Converts rules and rule packs to views in the reader's language."""

from collections.abc import Iterable

from core.i18n import Language, chosen_language
from meetings.voting.rules.declares import RulePackView, VoteOption, VoteQuorum, VoteRule
from meetings.voting.rules.packs import Pack, built_in
from meetings.voting.rules.poll_rules import Rule
from meetings.voting.rules.sentences import example_line, quorum_example_line

A_BODY = 30
"""Number of people in the examples."""


def shown_rules(rules: Iterable[Rule]) -> list[VoteRule]:
    """Views of rules, in the same order."""
    ours = {pack.id for pack in built_in().packs}
    return [_shown_rule(rule, chosen_language(), own=rule.pack not in ours) for rule in rules]


def shown_pack(pack: Pack, *, row_id: str | None = None, own: bool = True) -> RulePackView:
    """View of a built-in pack (row_id: its id) or of a pack that is not yet added."""
    return RulePackView(
        id=row_id,
        pack_id=pack.id,
        version=pack.version,
        title=pack.title.said(chosen_language()),
        kinds=pack.kinds,
        own=own,
        rules=shown_rules(pack.whole(rule) for rule in pack.rules),
    )


def _shown_rule(rule: Rule, language: Language, *, own: bool) -> VoteRule:
    return VoteRule(
        id=rule.id,
        version=rule.version,
        title=rule.title.said(language),
        formula=rule.formula.said(language),
        citation=rule.citation.said(language),
        confirmed=rule.confirmed,
        pack=rule.pack,
        kinds=rule.kinds,
        base=rule.base.value,
        numerator=rule.numerator,
        denominator=rule.denominator,
        comparison=rule.comparison.value,
        tie=rule.tie.value,
        example=example_line(rule, number=A_BODY).said(language),
        entitled=rule.entitled.said(language),
        voters=rule.words.voters.said(language),
        chair=rule.words.chair.said(language),
        options=[VoteOption(one.key, one.label.said(language)) for one in rule.options],
        quorum=_shown_quorum(rule, language),
        effective_from=rule.effective_from,
        effective_to=rule.effective_to,
        own=own,
    )


def _shown_quorum(rule: Rule, language: Language) -> VoteQuorum:
    quorum = rule.quorum
    return VoteQuorum(
        formula=quorum.formula.said(language),
        citation=quorum.citation.said(language),
        confirmed=quorum.confirmed,
        numerator=quorum.numerator,
        denominator=quorum.denominator,
        comparison=quorum.comparison.value,
        example=quorum_example_line(rule, number=A_BODY).said(language),
    )
