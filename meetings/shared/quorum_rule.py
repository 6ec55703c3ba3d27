"""The rule of the quorum as the room sees it."""

import msgspec

from core.i18n import Words
from meetings.shared.shares import Comparison


class QuorumRuleView(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the entitled must be here, by the rules of the body that meets.

    `voters`: what the rules call the entitled. `confirmed`: a lawyer has checked the citation.
    """

    numerator: int
    denominator: int
    comparison: Comparison
    formula: Words
    citation: Words
    confirmed: bool
    voters: Words
