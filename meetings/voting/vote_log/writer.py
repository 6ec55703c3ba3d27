"""Writes a meeting's vote log within a transaction: entries, tree nodes, checkpoints."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import ScalarResult, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from accounts.shared.models import Unit
from core.app_context import current_context
from core.db.database import table_of
from core.db.prepared_statements import PreparedChange, PreparedQuery
from core.errors import Refusal
from core.ids import new_id
from core.offload import yield_control
from core.transactions.transaction import Tx
from documents.containers import PublishedVersion
from meetings.shared.models import Meeting
from meetings.voting.models import VoteLog, VoteLogCheckpoint, VoteLogEntry, VoteLogNode
from meetings.voting.vote_log.checkpoint import Checkpoint, Signer, head_of
from meetings.voting.vote_log.entries import (
    UNSIGNED_UNTIL_LATER,
    Entry,
    EntryData,
    KeyRotated,
    LogStarted,
    PaperPublished,
    encode,
)
from meetings.voting.vote_log.merkle import append, leaf_hash, root
from meetings.voting.vote_log.parts import LogKeys, LogPlace, Rotation
from meetings.voting.vote_log.signing_keys import SigningKeys

HASH = 32
AT_ONCE = 64
"""Entries written before control is yielded to other green threads."""


class VoteLogDamaged(Refusal):
    """The log in the database is not the one that was signed and can no longer be continued."""

    code, status = "vote_log_damaged", 503


class Written(NamedTuple):
    """The result of an append: the first index, the leaf of each entry, the note if one was
    signed."""

    log_id: str
    start: int
    leaves: list[str]
    note: str

    @property
    def last(self) -> LogPlace:
        """Position of the last entry."""
        return LogPlace(self.log_id, self.start + len(self.leaves) - 1, self.leaves[-1])


class End(NamedTuple):
    """The current end of a log; see VoteLog."""

    number: int
    log_id: str
    size: int
    peaks: bytes
    vkey: str


class NewNodes:
    """The nodes that a transaction adds, on top of the peaks of the existing tree."""

    def __init__(self, size: int, peaks: bytes) -> None:
        parts = [peaks[at : at + HASH] for at in range(0, len(peaks), HASH)]
        self._known = dict(zip(peak_places(size), parts, strict=True))
        self._new: dict[tuple[int, int], bytes] = {}

    def get(self, level: int, index: int) -> bytes:
        """See NodeStore. An append and the root of the whole tree read no other nodes."""
        return self._known[level, index]

    def put(self, level: int, index: int, node: bytes) -> None:
        """See NodeStore."""
        self._known[level, index] = self._new[level, index] = node

    def take_new(self) -> dict[tuple[int, int], bytes]:
        """The nodes added since the last call."""
        new, self._new = self._new, {}
        return new

    def peaks(self, size: int) -> bytes:
        """The peaks of the tree at this size."""
        return b"".join(self._known[place] for place in peak_places(size))


def peak_places(size: int) -> list[tuple[int, int]]:
    """Level and index of the perfect subtrees of a tree of `size` leaves, largest first."""
    levels = reversed(range(size.bit_length()))
    return [(level, (size >> level) - 1) for level in levels if size >> level & 1]


def current_log(session: Session, meeting_id: str) -> VoteLog | None:
    """The log that receives new entries: the last log of the meeting."""
    newest = select(VoteLog).where(VoteLog.meeting_id == meeting_id).order_by(VoteLog.number.desc())
    return session.scalars(newest.limit(1)).first()


def checkpoints_over(session: Session, place: LogPlace) -> ScalarResult[VoteLogCheckpoint]:
    """The first checkpoint that covers an entry, if there is one."""
    covering = (
        select(VoteLogCheckpoint)
        .join(VoteLog, VoteLog.number == VoteLogCheckpoint.log)
        .where(VoteLog.log_id == place.log_id, VoteLogCheckpoint.size > place.index)
    )
    return session.scalars(covering.order_by(VoteLogCheckpoint.size).limit(1))


def key_ring() -> SigningKeys:
    """The keys of this installation."""
    return _keys_of(current_context().config.data)


@lru_cache(maxsize=4)
def _keys_of(data: Path) -> SigningKeys:
    return SigningKeys(data)


def write(tx: Tx, meeting: Meeting, entries: Sequence[EntryData]) -> Written:
    """Append entries; the first ones of a meeting start its log. Signs if their types require
    it."""
    if _end_of(tx.session, meeting.id) is not None:
        return write_on(tx, meeting.id, entries)
    end, entries = _begin(tx, meeting), [_started(tx.session, meeting), *entries]
    written = _append(tx, end, entries, key_ring().signer(end.vkey))
    return written._replace(start=written.start + 1, leaves=written.leaves[1:])


def write_on(tx: Tx, meeting_id: str, entries: Sequence[EntryData]) -> Written:
    """Append entries to an existing log. Raises: LookupError if there is none."""
    end = _end_of(tx.session, meeting_id)
    if end is None:
        raise LookupError(f"meeting {meeting_id} has no vote log yet")
    return _append(tx, end, entries, key_ring().signer(end.vkey))


def rotate(tx: Tx, log: VoteLog, old: Signer, new: Signer) -> None:
    """Switch a log to a new key; the new key signs the checkpoint that covers this entry."""
    signature = old.sign_key_change(log.log_id, new.vkey)
    keys = msgspec.json.decode(log.keys, type=LogKeys)
    change = Rotation(old.vkey, new.vkey, signature)
    keys = msgspec.structs.replace(keys, rotations=[*keys.rotations, change])
    log.vkey, log.keys = new.vkey, msgspec.json.encode(keys).decode()
    _append(tx, _end(log), [KeyRotated(old.vkey, new.vkey, signature)], new)


def log_document(tx: Tx, meeting: Meeting, document: PublishedVersion) -> None:
    """Log the hash of a document that was published to the room."""
    title = nfc(document.title)
    data = PaperPublished(document.document_id, document.version, title, document.sha256)
    write(tx, meeting, [data])


def remove_logs(tx: Tx, meeting: Meeting) -> None:
    """Delete the logs of a meeting that never began and is being deleted."""
    mine = select(VoteLog.number).where(VoteLog.meeting_id == meeting.id)
    for table in (VoteLogCheckpoint, VoteLogNode, VoteLogEntry):
        tx.session.execute(delete(table).where(table.log.in_(mine)))
    tx.session.execute(delete(VoteLog).where(VoteLog.meeting_id == meeting.id))


def _begin(tx: Tx, meeting: Meeting) -> End:
    vkey = key_ring().signer().vkey
    log = VoteLog(
        log_id=new_id(),
        meeting_id=meeting.id,
        size=0,
        peaks=b"",
        vkey=vkey,
        keys=msgspec.json.encode(LogKeys(vkey)).decode(),
    )
    tx.session.add(log)
    tx.session.flush()
    return _end(log)


def _end(log: VoteLog) -> End:
    return End(log.number, log.log_id, log.size, log.peaks, log.vkey)


def _started(session: Session, meeting: Meeting) -> LogStarted:
    unit = session.get(Unit, meeting.unit_id) if meeting.unit_id else None
    return LogStarted(
        meeting_id=meeting.id,
        meeting_title=nfc(meeting.title),
        body=nfc(unit.name) if unit else "",
        key=key_ring().signer().vkey,
        continues=None,
    )


def _append(tx: Tx, end: End, entries: Sequence[EntryData], signer: Signer) -> Written:
    """Append entries in chunks, because closing a poll writes all of its ballots at once."""
    signs = any(data.type not in UNSIGNED_UNTIL_LATER for data in entries)
    store, leaves = _peaks_of(end), list[str]()
    if signs:
        _check_undamaged(tx.session, end, store)
    for start in range(0, len(entries), AT_ONCE):
        if start:
            yield_control()
        leaves += _append_some(tx, end, start, entries[start : start + AT_ONCE], store)
    size = end.size + len(entries)
    _MOVE_END.run(tx.session, {"of": end.number, "size": size, "peaks": store.peaks(size)})
    note = ""
    if signs:
        note = signer.sign(Checkpoint(end.log_id, size, root(store, size)))
        _ADD_CHECKPOINT.run(tx.session, {"log": end.number, "size": size, "note": note})
    return Written(end.log_id, end.size, leaves, note)


def _peaks_of(log: End) -> NewNodes:
    try:
        return NewNodes(log.size, log.peaks)
    except ValueError:
        raise VoteLogDamaged() from None


def _check_undamaged(session: Session, log: End, peaks: NewNodes) -> None:
    """Raises VoteLogDamaged if the rows do not match the last signed checkpoint.

    The rows must end at the size of the log. The tree must equal the last signed tree, unless
    ballot commitments followed it.
    """
    newest = session.scalars(
        select(VoteLogCheckpoint)
        .where(VoteLogCheckpoint.log == log.number)
        .order_by(VoteLogCheckpoint.size.desc())
        .limit(1)
    ).first()
    last = select(func.max(VoteLogEntry.index)).where(VoteLogEntry.log == log.number)
    ends = -1 if (index := session.scalar(last)) is None else index
    if ends != log.size - 1 or (newest.size if newest else 0) > log.size:
        raise VoteLogDamaged()
    if newest is None or newest.size < log.size:
        return
    try:
        signed = head_of(newest.note)
    except ValueError:
        raise VoteLogDamaged() from None
    if signed != Checkpoint(log.log_id, log.size, root(peaks, log.size)):
        raise VoteLogDamaged()


def _append_some(
    tx: Tx, end: End, start: int, entries: Sequence[EntryData], store: NewNodes
) -> list[str]:
    """Write entries and their nodes. Returns their leaves."""
    leaves, rows = [], []
    for index, data in enumerate(entries, end.size + start):
        line = encode(Entry(end.log_id, index, tx.at, data))
        leaf = leaf_hash(line)
        append(store, index, leaf)
        leaves.append(leaf.hex())
        rows.append({"log": end.number, "index": index, "line": line})
    _ADD_ENTRY.run(tx.session, *rows)
    for (level, index), node in store.take_new().items():
        _ADD_NODE.run(tx.session, {"log": end.number, "level": level, "index": index, "node": node})
    return leaves


def _end_of(session: Session, meeting_id: str) -> End | None:
    return _END.fetch_one_in(session, of=meeting_id)


def nfc(text: str) -> str:
    """Text in Unicode NFC, as a log requires."""
    return unicodedata.normalize("NFC", text)


_logs = table_of(VoteLog)
_END = PreparedQuery(
    select(*(_logs.c[name] for name in End._fields))
    .where(_logs.c.meeting_id == bindparam("of"))
    .order_by(_logs.c.number.desc())
    .limit(1),
    End,
)
_MOVE_END = PreparedChange(update(_logs).where(_logs.c.number == bindparam("of")), "size", "peaks")
_ADD_ENTRY = PreparedChange(insert(table_of(VoteLogEntry)), "log", "index", "line")
_ADD_NODE = PreparedChange(insert(table_of(VoteLogNode)), "log", "level", "index", "node")
_ADD_CHECKPOINT = PreparedChange(insert(table_of(VoteLogCheckpoint)), "log", "size", "note")
