"""Compares the machine's clock with the data at the start: small machines have no clock battery.

A clock that is earlier than what was recorded, or much later, makes wrong records. Votes then need
the chair's word that the clock is right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.app_context import AppContext, current_context
from core.db.models import AuditEntry, Installation, RoomEvent
from core.errors import Refusal
from core.transactions.transaction import Tx

TOLERANCE = timedelta(minutes=2)
"""By which rows may be later than the clock: clocks are corrected by that much while running."""
LONGEST_PAUSE = timedelta(days=30)
"""A longer time without any record is more probably a wrong clock than an unused server."""

log = structlog.get_logger()


class ClockDoubtful(Refusal):
    """At its start the server's clock did not fit the data. `now`: the clock; `newest`: the time of
    the newest record. Whoever opens a vote confirms that the clock is right."""

    code, status = "clock_doubtful", 409


@dataclass
class _AtStart:
    """newest: the time of the newest record that the clock did not fit, until that is accepted.
    accepted: what had been accepted before the start."""

    newest: datetime | None = None
    accepted: datetime | None = None


_at_start = _AtStart()


def compare_clock(context: AppContext) -> None:
    """Compare the clock with the newest record; a doubt is logged and remembered."""
    with context.database.read() as session:
        accepted = session.get_one(Installation, 1).clock_accepted
        newest = _newest(session, accepted)
    _at_start.newest, _at_start.accepted = None, accepted
    if newest is None:
        return
    now = clock.now()
    if now < newest - TOLERANCE or now - newest > LONGEST_PAUSE:
        _at_start.newest = newest
        log.error("clock_doubtful", now=now.isoformat(), newest=newest.isoformat())


def clock_doubt() -> datetime | None:
    """The time of the newest record at the start, if the clock did not fit it and nobody has
    confirmed it since."""
    if _at_start.newest is None:
        return None
    with current_context().database.read() as session:
        accepted = session.get_one(Installation, 1).clock_accepted
    if accepted != _at_start.accepted:
        _at_start.newest = None
    return _at_start.newest


def check_clock(*, confirmed: bool) -> None:
    """Raises ClockDoubtful unless the clock fitted, or somebody confirms it now or did before."""
    newest = clock_doubt()
    if newest is not None and not confirmed:
        raise ClockDoubtful(now=_local(clock.now()), newest=_local(newest))


def accept_clock(tx: Tx) -> datetime | None:
    """Record that the clock is right. Returns the doubt that this removes, None without one."""
    newest = _at_start.newest
    if newest is not None:
        row = tx.session.get_one(Installation, 1)
        # Later than before in any case: that is how other processes see it.
        before = row.clock_accepted
        row.clock_accepted = max(newest, before + datetime.resolution) if before else newest
    return newest


def _newest(session: Session, accepted: datetime | None) -> datetime | None:
    """The latest time of a record: the last rows alone would be those that a wrong clock wrote
    after an earlier start. Where that time was accepted, the time of the last rows."""
    kinds = (AuditEntry, RoomEvent)
    latest = _latest(session.scalar(select(func.max(kind.at))) for kind in kinds)
    if latest is None or accepted is None or latest > accepted:
        return latest
    return _latest(
        session.scalar(select(kind.at).order_by(kind.id.desc()).limit(1)) for kind in kinds
    )


def _latest(times: Iterable[datetime | None]) -> datetime | None:
    return max((at for at in times if at is not None), default=None)


def _local(moment: datetime) -> str:
    at = clock.in_zone(moment, current_context().config.timezone)
    return f"{at:%H:%M, %d/%m/%Y}"
