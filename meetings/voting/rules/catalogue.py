"""Which rules hold for a meeting: built in, the installation's own, and its unit's own."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import structlog
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.http.pages import by_local_clock
from meetings.shared.models import Meeting
from meetings.shared.quorum_rule import QuorumRuleView
from meetings.voting.models import RulePack
from meetings.voting.rules.pack_errors import RulePackNotValid
from meetings.voting.rules.packs import Pack, RuleCatalogue, built_in, pack_from
from meetings.voting.rules.poll_rules import Rule

Offer = tuple[Rule, ...]
"""The rules that a meeting is offered, the usual one first."""

FILE = "toml"
"""What a refusal calls the text of an own pack: it came as this field of a request."""

log = structlog.get_logger()
_read: dict[str, Pack] = {}
"""Packs by the id of their row, whose text never changes."""
_said: set[str] = set()
"""Rows of which the log says that they are left out."""


def rules_for(session: Session, meeting: Meeting) -> Offer:
    """The rules that a meeting is offered on its day, the usual one first."""
    return catalogue_of(session, meeting.unit_id).offered(meeting.kind, day_of(meeting))


def offers(session: Session, meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, Offer]]:
    """What each of many meetings is offered; the packs of a unit are put together once."""
    books: dict[str | None, RuleCatalogue] = {}
    for meeting in meetings:
        if meeting.unit_id not in books:
            books[meeting.unit_id] = catalogue_of(session, meeting.unit_id)
        yield meeting, books[meeting.unit_id].offered(meeting.kind, day_of(meeting))


def rule_named(session: Session, meeting: Meeting, rule_id: str) -> Rule:
    """The version of a rule that holds on a meeting's day, for opening a poll.

    Any rule that reaches the meeting's unit will do, whatever kinds of meeting it is offered to.
    Raises: UnknownRule.
    """
    return catalogue_of(session, meeting.unit_id).rule(rule_id, on=day_of(meeting))


def day_of(meeting: Meeting) -> date:
    """The day of a meeting by the calendar in the hall."""
    return by_local_clock(meeting.starts_at).date()


def catalogue_of(session: Session, unit_id: str | None) -> RuleCatalogue:
    """Every rule that reaches a unit (None: a meeting of no unit)."""
    in_use = RulePack.withdrawn_at.is_(None)
    kept, _ = standing(rows_reaching(session, unit_id, in_use))
    return built_in().with_own(kept)


def rows_reaching(
    session: Session, unit_id: str | None, *where: ColumnElement[bool]
) -> Sequence[RulePack]:
    """The own packs of the installation, then those of a unit, each in the order of adding."""
    reaches = or_(RulePack.unit_id.is_(None), RulePack.unit_id == unit_id)
    statement = select(RulePack).where(reaches, *where)
    order = (RulePack.unit_id.is_not(None), RulePack.added_at, RulePack.id)
    return session.scalars(statement.order_by(*order)).all()


def standing(rows: Iterable[RulePack]) -> tuple[list[Pack], dict[str, RulePackNotValid]]:
    """The own packs that can be among the built-in ones, and why the others cannot, by row.

    A pack was checked when it was added. A later version of the program may read packs more
    strictly or bring a rule of the same name: then a meeting goes on without this pack, and the
    administration shows why.
    """
    kept: list[Pack] = []
    left_out: dict[str, RulePackNotValid] = {}
    for row in rows:
        try:
            pack = read(row)
            built_in().with_own([*kept, pack])
        except RulePackNotValid as refused:
            _say_once(row, refused)
            left_out[row.id] = refused
        else:
            kept.append(pack)
    return kept, left_out


def _say_once(row: RulePack, refused: RulePackNotValid) -> None:
    if row.id not in _said:
        _said.add(row.id)
        log.warning("rule_pack_left_out", rule_pack=row.id, why=str(refused))


def read(row: RulePack) -> Pack:
    """The pack of a row. Raises: RulePackNotValid."""
    if row.id not in _read:
        _read[row.id] = pack_from(row.source.encode(), FILE)
    return _read[row.id]


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
