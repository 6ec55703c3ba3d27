"""Seals the audit day by day: a hash of its entries, signed with the installation's key.

A seal names the one before by its hash, and is appended to a witness file. Whoever edits entries of
a sealed day in the database contradicts a signature; whoever also has the key contradicts the
witness file and exports that were made before.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
import structlog
from sqlalchemy import func, select

from audit.lines import Digest, digest_of
from audit.models import AuditDay
from core import clock
from core.app_context import AppContext
from core.append_only_files import Record
from core.config import LEAST_AUDIT_DAYS
from core.db.models import AuditEntry
from core.transactions.transaction import transaction
from meetings.voting.vote_log.checkpoint import BadNote, key_named_in, signed_text
from meetings.voting.vote_log.installation_key import installation_keys
from meetings.voting.vote_log.signing_keys import VoteKeyUnusable
from meetings.voting.vote_log.writer import key_ring

WITNESS = "audit-seals"
"""The witness file of the seals. Those of vote logs end in `.txt`."""
_RESTORED = "dienhong audit restored\n"
log = structlog.get_logger()


class Standing(StrEnum):
    """Whether the entries of a sealed day are those that were signed."""

    MATCHES = "matches"
    DIFFERS = "differs"
    PRUNED = "pruned"


class SealedDay(msgspec.Struct, frozen=True):
    """One seal. day: the last day that it covers, YYYY-MM-DD. sha256: of the exported lines."""

    day: str
    entries: int
    sha256: str
    standing: Standing


class SealedDays(msgspec.Struct, frozen=True):
    """Seals, newest first. missing: seals of the witness file that the database does not have."""

    items: list[SealedDay]
    missing: int


def seal_ended_days(context: AppContext) -> AuditDay | None:
    """Seal the entries of the days that have ended; None where there are none to seal."""
    today = clock.today(context.config.timezone)
    midnight = clock.start_of_day(today, context.config.timezone)
    with context.database.read() as session:
        before = session.scalar(select(AuditDay).order_by(AuditDay.id.desc()).limit(1))
        first_id = before.last_id + 1 if before else 1
        ended = AuditEntry.id >= first_id, AuditEntry.at < midnight
        last_id = session.scalar(select(func.max(AuditEntry.id)).where(*ended))
    if last_id is None:
        return None
    try:
        signer = key_ring().signer()
    except VoteKeyUnusable as unusable:
        log.warning("audit_not_sealed", fault=str(unusable))
        return None
    digest = digest_of(context, first_id, last_id)
    sealed = AuditDay(
        id=before.id + 1 if before else 1,
        day=(today - timedelta(days=1)).isoformat(),
        first_id=first_id,
        last_id=last_id,
        entries=digest.entries,
        sha256=digest.sha256,
        note="",
    )
    sealed.note = signer.sign_text(_text_of(sealed, signer.name, before))
    with transaction() as tx:
        tx.session.add(sealed)
        tx.witness(WITNESS, sealed.note)
    return sealed


def check_days(context: AppContext, most: int) -> SealedDays:
    """Compare the newest sealed days with their entries, signatures and the witness file."""
    with context.database.read() as session:
        rows = session.scalars(select(AuditDay).order_by(AuditDay.id.desc())).all()
        keys = installation_keys(session)
    vkeys = keys.vkeys if keys else []
    before: list[AuditDay | None] = [*rows[1:], None]
    items = [
        _checked(context, day, earlier, vkeys)
        for day, earlier in zip(rows[:most], before, strict=False)
    ]
    return SealedDays(items, _missing(context, {day.note for day in rows}))


def accept_restore(context: AppContext) -> None:
    """After a restore: seals that the copy does not have are given up. Raises: OSError."""
    if context.witness_files.last(WITNESS) is not None:
        context.witness_files.append([Record(WITNESS, _RESTORED)])


def _checked(
    context: AppContext, day: AuditDay, before: AuditDay | None, vkeys: Sequence[str]
) -> SealedDay:
    key = key_named_in(day.note, vkeys)
    try:
        signed = signed_text(day.note, key)
    except BadNote:
        signed = ""
    fits = signed == _text_of(day, key.partition("+")[0], before)
    if fits and day.pruned_at is not None:
        fits = _may_be_pruned(context, day.day, day.pruned_at)
    elif fits:
        fits = digest_of(context, day.first_id, day.last_id) == Digest(day.entries, day.sha256)
    standing = Standing.PRUNED if day.pruned_at is not None else Standing.MATCHES
    return SealedDay(day.day, day.entries, day.sha256, standing if fits else Standing.DIFFERS)


def _may_be_pruned(context: AppContext, day: str, at: datetime) -> bool:
    """Whether the entries were old enough to be deleted: whoever deletes younger ones in the
    database would only mark their seal as pruned."""
    pruned_on = clock.in_zone(min(at, clock.now()), context.config.timezone).date()
    return day < (pruned_on - timedelta(days=LEAST_AUDIT_DAYS)).isoformat()


def _missing(context: AppContext, notes: set[str]) -> int:
    witnessed = context.witness_files.all(WITNESS)
    since = max((at for at, one in enumerate(witnessed) if one == _RESTORED), default=-1)
    return sum(note not in notes for note in witnessed[since + 1 :])


def _text_of(day: AuditDay, name: str, before: AuditDay | None) -> str:
    previous = hashlib.sha256(before.note.encode()).hexdigest() if before else "none"
    return (
        f"dienhong audit\n{name}\n{day.id}\nuntil {day.day}\n"
        f"entries {day.entries}: {day.first_id} to {day.last_id}\n"
        f"sha256 {day.sha256}\nbefore {previous}\n"
    )
