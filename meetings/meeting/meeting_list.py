"""Lists of meetings: one page of the API's list, and the groups of the first page."""

import base64
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, func, or_, select, tuple_

from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.prepared_statements import PreparedQuery
from core.errors import InvalidInput
from core.permissions import STAFF, Role
from meetings.meeting.time_rules import with_offset
from meetings.shared.models import Meeting, MeetingStatus, Participant

PAGE_SIZE = 50
DAY_SIZE = 4 * PAGE_SIZE
"""Meetings that the first page groups by day, the latest first."""


class MeetingLine(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting in a list. `my_role`: the reader's role in it, None for an administrator."""

    id: str
    title: str
    kind: str
    status: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    my_role: str | None


class MeetingList(msgspec.Struct, frozen=True):
    """One page of a list. `next`: cursor of the following page, or None."""

    items: Sequence[MeetingLine]
    next: str | None


class MeetingFilter(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """The filters of a list of meetings."""

    status: MeetingStatus | None = None
    from_: datetime | None = None
    to: datetime | None = None
    q: str | None = None
    cursor: str | None = None


class Today(msgspec.Struct, frozen=True):
    """The actor's meetings on the first page: under way or today, coming, past."""

    today: Sequence[MeetingLine]
    coming: Sequence[MeetingLine]
    past: Sequence[MeetingLine]


def my_meetings(actor: Actor, wanted: MeetingFilter) -> MeetingList:
    """One page of the actor's meetings (an administrator: all), latest first."""
    values = _values(wanted)
    rows = _fetch(actor, frozenset(values), {**values, "most": PAGE_SIZE + 1})
    more = len(rows) > PAGE_SIZE
    lines = list(map(_line, rows[:PAGE_SIZE]))
    return MeetingList(lines, _cursor(rows[PAGE_SIZE - 1]) if more else None)


def my_day(actor: Actor, today: datetime) -> Today:
    """Group the actor's latest meetings by day. today: midnight at the start of the local day."""
    from_today = today.timestamp()
    parts: dict[str, list[MeetingLine]] = {"today": [], "coming": [], "past": []}
    for row in _fetch(actor, frozenset(), {"most": DAY_SIZE}):
        starts = row.starts_at.timestamp()
        over = row.status in (MeetingStatus.CLOSED, MeetingStatus.ARCHIVED)
        live = row.status in (MeetingStatus.IN_SESSION, MeetingStatus.PAUSED)
        if live or (from_today <= starts < from_today + 86_400 and not over):
            parts["today"].append(_line(row))
        elif starts >= from_today and not over:
            parts["coming"].append(_line(row))
        else:
            parts["past"].append(_line(row))
    parts["coming"].reverse()
    parts["today"].reverse()
    return Today(**parts)


class _Row(NamedTuple):
    id: str
    title: str
    kind: str
    status: MeetingStatus
    starts_at: datetime
    ends_at: datetime | None
    place: str
    role: Role | None


def _line(row: _Row) -> MeetingLine:
    return MeetingLine(
        id=row.id,
        title=row.title,
        kind=row.kind,
        status=row.status.value,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        my_role=row.role.value if row.role else None,
    )


def _fetch(actor: Actor, filters: frozenset[str], values: dict[str, Any]) -> list[_Row]:
    query = _query(actor.is_admin, filters)
    return query.fetch_all(current_context().database, user=actor.user_id, **values)


def _values(wanted: MeetingFilter) -> dict[str, Any]:
    """The values of the filters that are set, by parameter name. Raises: InvalidInput."""
    values: dict[str, Any] = {}
    if wanted.status is not None:
        values["status"] = wanted.status
    if wanted.from_ is not None:
        values["from"] = with_offset("from", wanted.from_)
    if wanted.to is not None:
        values["to"] = with_offset("to", wanted.to)
    if wanted.q:
        escaped = wanted.q.replace("/", "//").replace("%", "/%").replace("_", "/_")
        values["q"] = f"%{escaped}%"
    if wanted.cursor:
        values["cursor_at"], values["cursor_id"] = _read_cursor(wanted.cursor)
    return values


_meetings, _listed = table_of(Meeting), table_of(Participant)
_NARROWING = {
    "status": _meetings.c.status == bindparam("status"),
    "from": _meetings.c.starts_at >= bindparam("from"),
    "to": _meetings.c.starts_at < bindparam("to"),
    "q": func.lower(_meetings.c.title).like(func.lower(bindparam("q")), escape="/"),
    "cursor_at": tuple_(_meetings.c.starts_at, _meetings.c.id)
    < tuple_(
        bindparam("cursor_at", type_=_meetings.c.starts_at.type),
        bindparam("cursor_id", type_=_meetings.c.id.type),
    ),
}


@cache
def _query(is_admin: bool, filters: frozenset[str]) -> PreparedQuery[_Row]:
    """The meetings that a person may see, latest first, narrowed by these parameters."""
    mine = (_listed.c.meeting_id == _meetings.c.id) & (_listed.c.user_id == bindparam("user"))
    columns = (_meetings.c[name] for name in _Row._fields[:-1])
    statement = select(*columns, _listed.c.role).join(_listed, mine, isouter=is_admin)
    if not is_admin:
        staff = (_listed.c.role == role for role in sorted(STAFF))
        statement = statement.where(or_(_meetings.c.status != MeetingStatus.DRAFT, *staff))
    conditions = [one for name, one in _NARROWING.items() if name in filters]
    return PreparedQuery(
        statement.where(*conditions)
        .order_by(_meetings.c.starts_at.desc(), _meetings.c.id.desc())
        .limit(bindparam("most")),
        _Row,
    )


def _cursor(last: _Row) -> str:
    whole = f"{last.starts_at.isoformat()}|{last.id}"
    return base64.urlsafe_b64encode(whole.encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        at, _, meeting_id = base64.urlsafe_b64decode(cursor).decode().partition("|")
        return with_offset("cursor", datetime.fromisoformat(at)), meeting_id
    except ValueError:
        raise InvalidInput(("cursor", "not a cursor of this list")) from None
