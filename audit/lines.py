"""Audit entries as lines of JSON: what the export holds and what a sealed day's hash covers."""

import hashlib
import time
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from core.app_context import AppContext
from core.db.models import AuditEntry

AT_ONCE = 500
"""Entries that are read at once; other requests are answered in between."""


class Line(msgspec.Struct, frozen=True):
    """One entry, its fields in this order. at: in UTC, with microseconds."""

    id: int
    at: datetime
    actor_id: str | None
    action: str
    thing_kind: str
    thing_id: str
    facts: msgspec.Raw
    request_id: str | None
    address: str | None


class Digest(NamedTuple):
    """sha256: of the lines, each with its newline, in hex."""

    entries: int
    sha256: str


def line_of(entry: AuditEntry) -> bytes:
    """The entry as JSON without spaces, with a newline."""
    fields = {name: getattr(entry, name) for name in Line.__struct_fields__}
    return msgspec.json.encode(Line(**{**fields, "facts": msgspec.Raw(entry.facts)})) + b"\n"


def entries_between(context: AppContext, first_id: int, last_id: int) -> Iterator[AuditEntry]:
    """The entries with these ids, oldest first."""
    while True:
        some = (
            select(AuditEntry)
            .where(AuditEntry.id >= first_id, AuditEntry.id <= last_id)
            .order_by(AuditEntry.id)
            .limit(AT_ONCE)
        )
        with context.database.read() as session:
            found = session.scalars(some).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        first_id = found[-1].id + 1
        time.sleep(0)


def digest_of(context: AppContext, first_id: int, last_id: int) -> Digest:
    """The number and the hash of the entries with these ids."""
    hashed, count = hashlib.sha256(), 0
    for entry in entries_between(context, first_id, last_id):
        hashed.update(line_of(entry))
        count += 1
    return Digest(count, hashed.hexdigest())
