"""The quorum rule as shown in the room."""

import msgspec

from core.i18n import Words
from meetings.shared.shares import Comparison


class QuorumRuleView(msgspec.Struct, frozen=True, kw_only=True):
    """The share of people entitled to vote who must be present, by the rules of the body.

    `voters`: the rules' term for these people. `confirmed`: a lawyer has checked the citation.
    """

    numerator: int
    denominator: int
    comparison: Comparison
    formula: Words
    citation: Words
    confirmed: bool
    voters: Words
