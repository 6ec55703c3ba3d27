"""The rules available to a meeting: built-in, of the installation, and of its unit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import structlog
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.http.pages import by_local_clock
from meetings.shared.models import Meeting
from meetings.shared.quorum_rule import QuorumRuleView
from meetings.voting.rules.models import RulePack
from meetings.voting.rules.pack_errors import RulePackNotValid
from meetings.voting.rules.packs import Pack, RuleCatalogue, built_in, pack_from
from meetings.voting.rules.poll_rules import Rule

Offer = tuple[Rule, ...]
"""The rules offered to a meeting, the default rule first."""

FILE = "toml"
"""The file name in errors of a custom pack: the request field that contained its text."""

log = structlog.get_logger()
_read: dict[str, Pack] = {}
"""Parsed packs by row id; the text of a row never changes."""
_logged: set[str] = set()
"""Ids of rows whose exclusion was already logged."""


def rules_for(session: Session, meeting: Meeting) -> Offer:
    """The rules offered to a meeting on its date, the default rule first."""
    return catalogue_of(session, meeting.unit_id).offered(meeting.kind, day_of(meeting))


def offers(session: Session, meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, Offer]]:
    """The rules offered to each of many meetings; each unit's catalogue is built once."""
    catalogues: dict[str | None, RuleCatalogue] = {}
    for meeting in meetings:
        if meeting.unit_id not in catalogues:
            catalogues[meeting.unit_id] = catalogue_of(session, meeting.unit_id)
        yield meeting, catalogues[meeting.unit_id].offered(meeting.kind, day_of(meeting))


def rule_named(session: Session, meeting: Meeting, rule_id: str) -> Rule:
    """The version of a rule in force on a meeting's date, for opening a poll.

    Accepts any rule available to the meeting's unit, whatever meeting kinds it is offered to.
    Raises: UnknownRule.
    """
    return catalogue_of(session, meeting.unit_id).rule(rule_id, on=day_of(meeting))


def day_of(meeting: Meeting) -> date:
    """The local date of a meeting."""
    return by_local_clock(meeting.starts_at).date()


def catalogue_of(session: Session, unit_id: str | None) -> RuleCatalogue:
    """Every rule available to a unit (None: a meeting without a unit)."""
    in_use = RulePack.withdrawn_at.is_(None)
    kept, _ = standing(rows_reaching(session, unit_id, in_use))
    return built_in().with_own(kept)


def rows_reaching(
    session: Session, unit_id: str | None, *where: ColumnElement[bool]
) -> Sequence[RulePack]:
    """The custom packs of the installation, then those of a unit, each in the order of adding."""
    reaches = or_(RulePack.unit_id.is_(None), RulePack.unit_id == unit_id)
    statement = select(RulePack).where(reaches, *where)
    order = (RulePack.unit_id.is_not(None), RulePack.added_at, RulePack.id)
    return session.scalars(statement.order_by(*order)).all()


def standing(rows: Iterable[RulePack]) -> tuple[list[Pack], dict[str, RulePackNotValid]]:
    """The usable custom packs, and the errors of the others by row id.

    A pack was valid when it was added. A later version of the program may validate more strictly or
    contain a built-in rule of the same id. Meetings then continue without this pack, and the
    administration page shows the error.
    """
    kept: list[Pack] = []
    left_out: dict[str, RulePackNotValid] = {}
    for row in rows:
        try:
            pack = read(row)
            built_in().with_own([*kept, pack])
        except RulePackNotValid as error:
            _log_once(row, error)
            left_out[row.id] = error
        else:
            kept.append(pack)
    return kept, left_out


def _log_once(row: RulePack, error: RulePackNotValid) -> None:
    if row.id not in _logged:
        _logged.add(row.id)
        log.warning("rule_pack_left_out", rule_pack=row.id, why=str(error))


def read(row: RulePack) -> Pack:
    """The pack of a row. Raises: RulePackNotValid."""
    if row.id not in _read:
        _read[row.id] = pack_from(row.source.encode(), FILE)
    return _read[row.id]


def quorum_rule_view(session: Session, meeting: Meeting) -> QuorumRuleView:
    """The quorum rule of this meeting, as shown to everybody in the room."""
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
