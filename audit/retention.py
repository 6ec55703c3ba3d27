"""Deletes old audit entries, whole sealed days at a time. The seals stay, and so does an entry."""

from datetime import date, timedelta
from itertools import takewhile

import msgspec
import structlog
from sqlalchemy import delete, func, select

from audit.declares import Action, AuditTooYoung
from audit.models import AuditDay
from core import clock
from core.actor import Actor
from core.app_context import AppContext, current_context
from core.clock_check import clock_doubt
from core.config import LEAST_AUDIT_DAYS
from core.db.models import AuditEntry
from core.errors import InvalidInput
from core.transactions.transaction import transaction

AT_ONCE = 2000
log = structlog.get_logger()


class Pruned(msgspec.Struct, frozen=True):
    """What was deleted: the number of days (seals) and of their entries."""

    days: int
    entries: int


def prune(actor: Actor, before: str) -> Pruned:
    """Delete the entries of the sealed days before a day (YYYY-MM-DD).

    Raises: NotAllowed, AuditTooYoung, InvalidInput.
    """
    try:
        day = date.fromisoformat(before)
    except ValueError:
        raise InvalidInput(("before", "a day YYYY-MM-DD")) from None
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.PRUNE, None)
    if day > clock.today(current_context().config.timezone) - timedelta(days=LEAST_AUDIT_DAYS):
        raise AuditTooYoung(days=LEAST_AUDIT_DAYS)
    return _prune(actor, day)


def prune_expired(context: AppContext) -> Pruned:
    """Delete what is older than the settings keep; nothing while the clock is in doubt, because a
    clock that is years ahead would make everything old."""
    if (newest := clock_doubt()) is not None:
        log.warning("audit_not_pruned", fault="clock doubtful", newest=newest.isoformat())
        return Pruned(0, 0)
    today = clock.today(context.config.timezone)
    return _prune(None, today - timedelta(days=context.config.audit_days))


def _prune(actor: Actor | None, before: date) -> Pruned:
    with transaction() as tx:
        kept = select(AuditDay).where(AuditDay.pruned_at.is_(None)).order_by(AuditDay.id)
        # Up to the first young one: a seal made while the clock was wrong names a wrong day, and
        # all entries before the last deleted one are deleted.
        days = list(takewhile(lambda one: one.day < before.isoformat(), tx.session.scalars(kept)))
        if days:
            entries = sum(day.entries for day in days)
            facts = {"until": days[-1].day, "days": len(days), "entries": entries}
            tx.audit(actor, Action.PRUNE, days[-1], **facts)
        for day in days:
            day.pruned_at = tx.at
        answer = tx.answers(Pruned(len(days), sum(day.entries for day in days)))
    _delete_pruned()
    return answer


def _delete_pruned() -> None:
    """Delete the entries of pruned days, also those that an interruption left, in batches."""
    database = current_context().database
    with database.read() as session:
        last = session.scalar(
            select(func.max(AuditDay.last_id)).where(AuditDay.pruned_at.is_not(None))
        )
    while last is not None:
        with database.read() as session:
            some = select(AuditEntry.id).where(AuditEntry.id <= last).limit(AT_ONCE)
            ids = session.scalars(some).all()
        if not ids:
            return
        with database.write() as session:
            session.execute(delete(AuditEntry).where(AuditEntry.id.in_(ids)))
            database.commit(session)
