"""Which rules a meeting's polls may follow."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from core.house import house
from meetings.models import Meeting
from meetings.voting.poll_rules import Rule
from meetings.voting.rule_packs import built_in


def rules_for(session: Session, meeting: Meeting) -> tuple[Rule, ...]:
    """The rules offered to a meeting on the day it begins, the usual one first."""
    day = meeting.starts_at.astimezone(ZoneInfo(house().config.timezone)).date()
    return built_in().offered(meeting.kind, on=day)


def rule_named(session: Session, meeting: Meeting, rule_id: str) -> Rule:
    """A rule in force on the day a meeting begins, offered to its kind or not.

    Raises: UnknownRule.
    """
    day = meeting.starts_at.astimezone(ZoneInfo(house().config.timezone)).date()
    return built_in().rule(rule_id, on=day)
