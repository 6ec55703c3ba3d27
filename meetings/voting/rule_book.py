"""Which rules a meeting goes by: those offered to its kind on its day.

The one place that says so; the quorum and the votes of a meeting both ask here.
"""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from core.house import house
from meetings.declares import QuorumRuleView
from meetings.models import Meeting
from meetings.voting.poll_rules import Rule
from meetings.voting.rule_packs import built_in


def rules_for(session: Session, meeting: Meeting) -> tuple[Rule, ...]:
    """The rules offered to a meeting, the usual one first; never empty."""
    return built_in().offered(meeting.kind, on=day_of(meeting))


def day_of(meeting: Meeting) -> date:
    """The day on which the meeting begins, by the building's calendar."""
    return meeting.starts_at.astimezone(ZoneInfo(house().config.timezone)).date()


def quorum_rule_view(session: Session, meeting: Meeting) -> QuorumRuleView:
    """How many must be here for this meeting, as everybody in the room sees it."""
    rule = rules_for(session, meeting)[0]
    return QuorumRuleView(
        numerator=rule.quorum.numerator,
        denominator=rule.quorum.denominator,
        comparison=rule.quorum.comparison,
        formula=rule.quorum.formula,
        citation=rule.quorum.citation,
        confirmed=rule.quorum.confirmed,
        voters=rule.words.voters,
    )
