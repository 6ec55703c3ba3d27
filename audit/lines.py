"""Audit entries as lines of JSON: what the export holds and what a sealed day's hash covers."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Select, select

from core.app_context import AppContext
from core.db.models import AuditEntry

AT_ONCE = 500
"""Entries of one batch of a digest."""


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


def batches(
    context: AppContext, wanted: Select[AuditEntry], size: int
) -> Iterator[Sequence[AuditEntry]]:
    """The entries that a statement selects, oldest first, up to size at once. Other requests are
    answered between two batches, also while a client reads fast."""
    last = 0
    while True:
        some = wanted.where(AuditEntry.id > last).order_by(AuditEntry.id).limit(size)
        with context.database.read() as session:
            found = session.scalars(some).all()
        if not found:
            return
        yield found
        last = found[-1].id
        time.sleep(0)


def digest_of(context: AppContext, first_id: int, last_id: int) -> Digest:
    """The number and the hash of the entries with these ids."""
    hashed, count = hashlib.sha256(), 0
    within = select(AuditEntry).where(AuditEntry.id >= first_id, AuditEntry.id <= last_id)
    for entries in batches(context, within, AT_ONCE):
        for entry in entries:
            hashed.update(line_of(entry))
        count += len(entries)
    return Digest(count, hashed.hexdigest())
