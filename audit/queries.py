"""Queries of the audit, for administrators: entries by time and account, and the sealed days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import Select, or_, select

from accounts.shared.declares import (
    AccountInactive,
    InvalidCredentials,
    TooManyTries,
    WrongCode,
)
from accounts.shared.declares import Action as AccountAction
from accounts.shared.models import User
from audit.declares import Action
from audit.names import Names, names_in
from audit.refused_requests import PREFIX
from audit.sealing import SealedDays, check_days
from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.db.models import AuditEntry
from core.errors import InvalidInput
from core.pagination import cursor_of, read_cursor

DAYS_SHOWN = 14


class Kind(StrEnum):
    """Parts of the audit."""

    SIGN_INS = "sign_ins"
    REFUSED = "refused"
    CHANGES = "changes"


class AuditFilter(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """from, to: days (YYYY-MM-DD, in the time zone of the building, both included) or moments
    (RFC 3339; `to` excluded). user_id: the account that acted, or was acted on."""

    from_: str | None = None
    to: str | None = None
    user_id: str | None = None
    kind: Kind | None = None
    cursor: str | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 100


class AuditEntryView(msgspec.Struct, frozen=True):
    """One entry. actor, thing: present names, null if gone. facts: what the action recorded;
    `person` is the name of its `user_id`."""

    id: int
    at: datetime
    actor_id: str | None
    actor: str | None
    action: str
    thing_kind: str
    thing_id: str
    thing: str | None
    person: str | None
    facts: dict[str, Any]
    address: str | None
    request_id: str | None


class AuditList(msgspec.Struct, frozen=True):
    """One page of the audit, newest first. `next`: cursor of the following page."""

    items: Sequence[AuditEntryView]
    next: str | None


def list_entries(actor: Actor, wanted: AuditFilter) -> AuditList:
    """Return one page of the audit. Raises: NotAllowed, InvalidInput."""
    statement = matching(wanted)
    if wanted.cursor is not None:
        (last,) = read_cursor(wanted.cursor, tuple[int])
        statement = statement.where(AuditEntry.id < last)
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.READ, None)
        newest = statement.order_by(AuditEntry.id.desc()).limit(wanted.limit + 1)
        found = session.scalars(newest).all()
        shown = found[: wanted.limit]
        names = names_in(session, shown)
    more = len(found) > wanted.limit
    return AuditList(
        [view_of(entry, names) for entry in shown], cursor_of(shown[-1].id) if more else None
    )


def list_days(actor: Actor) -> SealedDays:
    """Compare the newest sealed days with their entries. Raises: NotAllowed."""
    context = current_context()
    with context.database.read() as session:
        context.permissions.allow(session, actor, Action.READ, None)
    return check_days(context, DAYS_SHOWN)


def matching(wanted: AuditFilter) -> Select[AuditEntry]:
    """The entries that a filter describes. Raises: InvalidInput."""
    statement = select(AuditEntry)
    if wanted.from_ is not None:
        statement = statement.where(AuditEntry.at >= _moment(wanted.from_, "from"))
    if wanted.to is not None:
        statement = statement.where(AuditEntry.at < _moment(wanted.to, "to", after_day=True))
    if wanted.user_id is not None:
        acted_on = (AuditEntry.thing_kind == User.__tablename__) & (
            AuditEntry.thing_id == wanted.user_id
        )
        statement = statement.where(or_(AuditEntry.actor_id == wanted.user_id, acted_on))
    refused = AuditEntry.action.startswith(PREFIX, autoescape=True)
    match wanted.kind:
        case Kind.SIGN_INS:
            statement = statement.where(AuditEntry.action.in_(_SIGN_INS))
        case Kind.REFUSED:
            statement = statement.where(refused)
        case Kind.CHANGES:
            statement = statement.where(~refused, AuditEntry.action.not_in(_SIGN_INS))
    return statement


def view_of(entry: AuditEntry, names: Names) -> AuditEntryView:
    """The view of an entry, with names of `names_in`."""
    facts: dict[str, Any] = msgspec.json.decode(entry.facts)
    return AuditEntryView(
        id=entry.id,
        at=entry.at,
        actor_id=entry.actor_id,
        actor=names.get((User.__tablename__, entry.actor_id or "")),
        action=entry.action,
        thing_kind=entry.thing_kind,
        thing_id=entry.thing_id,
        thing=names.get((entry.thing_kind, entry.thing_id)),
        person=names.get((User.__tablename__, str(facts.get("user_id", "")))),
        facts=facts,
        address=entry.address,
        request_id=entry.request_id,
    )


def _moment(text: str, field: str, *, after_day: bool = False) -> datetime:
    """Raises: InvalidInput."""
    try:
        if len(text) == len("2026-01-31"):
            day = date.fromisoformat(text) + timedelta(days=1 if after_day else 0)
            return clock.start_of_day(day, current_context().config.timezone)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise InvalidInput((field, "a day YYYY-MM-DD, or a moment as in RFC 3339")) from None
    if moment.tzinfo is None:
        raise InvalidInput((field, "a moment needs its offset"))
    return moment


_SIGN_INS = (
    AccountAction.SESSION_OPEN.value,
    AccountAction.SESSION_REVOKE.value,
    *(
        PREFIX + refused.code
        for refused in (InvalidCredentials, AccountInactive, WrongCode, TooManyTries)
    ),
)
