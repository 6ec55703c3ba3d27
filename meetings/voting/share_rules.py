"""The count as rows: a share is of the rule's base, and of those alone who are in it. Pure."""

import msgspec

from meetings.attendance.quorum_rules import Language
from meetings.voting.poll_rules import Base, Outcome, hundredths
from meetings.voting.question_rules import ChoiceKey
from meetings.voting.tally_rules import Count
from meetings.voting.words_rules import Labels, percentage

_OUTSIDE: dict[Base, frozenset[str]] = {
    Base.ENTITLED: frozenset(),
    Base.PRESENT: frozenset({"absent"}),
    Base.CAST: frozenset({"absent", "not_sent", "not_returned"}),
}


class ShareRow(msgspec.Struct, frozen=True):
    """One part of the identity. label: of an option, else "". share: "70,97%", "" outside the base.

    length: of its bar, in hundredths of a percent. measured: the number needed is asked of it.
    """

    key: str
    label: str
    number: int
    share: str
    length: int
    measured: bool


def share_rows(
    language: Language, count: Count, outcome: Outcome, labels: Labels
) -> list[ShareRow]:
    """Every part of the identity, in its order."""
    base = outcome.base_number
    # Where nobody can be "for", every proposal is held against the number needed.
    usual = ChoiceKey.FOR in labels
    rows = []
    for key, number in count.parts:
        inside = base > 0 and key not in _OUTSIDE[outcome.base]
        proposal = key == ChoiceKey.FOR if usual else key in labels and key not in set(ChoiceKey)
        rows.append(
            ShareRow(
                key=key,
                label=labels.get(key, ""),
                number=number,
                share=percentage(language, number, base) if inside else "",
                length=hundredths(number, base) if inside else 0,
                measured=proposal,
            )
        )
    return rows
