"""The count as a table: a row for each part, with its share.

A share is relative to the rule's base; parts outside the base have no share.
"""

import msgspec

from core.i18n import Language, text_in
from meetings.voting.reports.content.report_facts import PollFacts, TallyFacts
from meetings.voting.rules.poll_rules import Base, Outcome, PollMethod, hundredths
from meetings.voting.rules.question_rules import ChoiceKey
from meetings.voting.rules.sentences import capital, identity_line, percentage
from meetings.voting.rules.tally_rules import Channel, Count, Tally

_OUTSIDE: dict[Base, frozenset[str]] = {
    Base.ENTITLED: frozenset(),
    Base.PRESENT: frozenset({"absent"}),
    Base.CAST: frozenset({"absent", "not_sent", "not_returned"}),
}


class CountRow(msgspec.Struct, frozen=True):
    """One part of the count. share: "70,97%"; "" outside the base. length: of its bar, in 1/10000.

    option: whether it is an option of the poll. measured: whether the required number applies to
    it: to `for`, or to every proposal if there is no such option.
    """

    label: str
    number: int
    share: str
    length: int
    option: bool
    measured: bool


def counted_poll(poll: PollFacts) -> tuple[Count, Outcome]:
    """The count and the outcome. Raises: ValueError for a poll without a count."""
    if poll.count is None or poll.outcome is None:
        raise ValueError("this poll was not counted")
    return poll.count, poll.outcome


def labels(poll: PollFacts) -> dict[str, str]:
    """The label of each option by its key."""
    return {option.key: option.label for option in poll.options}


def count_rows(language: Language, poll: PollFacts) -> list[CountRow]:
    """The parts of the count, in the order of the identity."""
    count, outcome = counted_poll(poll)
    named, base = labels(poll), outcome.base_number
    proposals = named.keys() - set(ChoiceKey)
    measured = {ChoiceKey.FOR.value} if ChoiceKey.FOR in named else proposals
    rows = []
    for key, number in count.parts:
        inside = bool(base) and key not in _OUTSIDE[outcome.base]
        rows.append(
            CountRow(
                label=named.get(key) or part_label(language, poll, key),
                number=number,
                share=percentage(language, number, base) if inside else "",
                length=hundredths(number, base) if inside else 0,
                option=key in named,
                measured=key in measured,
            )
        )
    return rows


def part_label(language: Language, poll: PollFacts, key: str) -> str:
    """The label of a part that is not an option; a show of hands has its own for `not_sent`."""
    if key == "not_sent" and poll.method is PollMethod.HANDS:
        return text_in(language, "report.row.not_raised")
    return text_in(language, f"report.row.{key}")


def identity_words(language: Language, poll: PollFacts) -> str:
    """The identity, with the labels of the rows."""
    count, _ = counted_poll(poll)
    named = labels(poll)
    others = {key: part_label(language, poll, key) for key, _ in count.parts if key not in named}
    return identity_line(language, count, {**others, **named})


def base_line(language: Language, poll: PollFacts) -> str:
    """The base of the shares, in words."""
    _, outcome = counted_poll(poll)
    return text_in(
        language,
        f"report.base.{outcome.base.value}",
        number=outcome.base_number,
        voters=poll.rule.words.voters.said(language),
    )


def by_hands(poll: PollFacts) -> int:
    """Number of votes counted by a show of hands."""
    return sum(_votes(one) for one in poll.tallies if one.tally.channel is Channel.HANDS)


def by_name(poll: PollFacts) -> int:
    """Number of votes cast by name: those that no tally counted."""
    count, _ = counted_poll(poll)
    return sum(count.counts.values()) - sum(map(_votes, poll.tallies))


def _votes(one: TallyFacts) -> int:
    return sum(one.tally.counts.values())


def tally_words(language: Language, one: TallyFacts) -> str:
    """Who entered a tally; for paper ballots also their numbers."""
    channel = capital(text_in(language, f"report.channel.{one.tally.channel.value}"))
    text = text_in(language, "report.tally.by", channel=channel, by=one.by)
    if one.tally.channel is not Channel.PAPER:
        return text
    return f"{text} {papers_words(language, one.tally)}"


def papers_words(language: Language, tally: Tally) -> str:
    """The numbers of paper ballots: issued, returned, not returned, valid, invalid."""
    names = ("issued", "returned", "not_returned", "valid", "invalid")
    return text_in(language, "report.papers", **{name: getattr(tally, name) for name in names})
