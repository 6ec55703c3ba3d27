"""Writes a meeting's vote log within a transaction: entries, tree nodes, checkpoints.

Each append checks that the log still ends as it was signed, and signs the new end. The checkpoint
is public unless the append only sealed ballots: then only their voters receive it.
"""

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
from core.ids import new_id
from core.offload import yield_control
from core.transactions.transaction import Tx
from documents.containers import PublishedVersion
from meetings.shared.models import Meeting
from meetings.voting.models import VoteLog, VoteLogCheckpoint, VoteLogEntry, VoteLogNode
from meetings.voting.vote_log.checkpoint import Checkpoint, Signer
from meetings.voting.vote_log.entries import (
    WITHOUT_PUBLIC_CHECKPOINT,
    Entry,
    EntryData,
    KeyRotated,
    LogStarted,
    PaperPublished,
    encode,
)
from meetings.voting.vote_log.merkle import append, leaf_hash, root
from meetings.voting.vote_log.parts import Head, LogKeys, LogPlace, Rotation
from meetings.voting.vote_log.signing_keys import SigningKeys
from meetings.voting.vote_log.stored_nodes import VoteLogDamaged
from meetings.voting.vote_log.witness import check_log, witness, witness_removal

HASH = 32
AT_ONCE = 64
"""Entries written before control is yielded to other green threads."""


class Written(NamedTuple):
    """The result of an append: the first index, the leaf of each entry, the signed note.

    peaks: of the tree before the append.
    """

    log_id: str
    start: int
    leaves: list[str]
    note: str
    peaks: bytes

    @property
    def proof(self) -> bytes:
        """The inclusion proof of a single entry under `note`: hashes of 32 bytes, leaf first.

        The siblings of the last leaf are the peaks of the tree before it, smallest first.
        """
        assert len(self.leaves) == 1
        return b"".join(reversed(hashes_in(self.peaks)))

    def place_of(self, number: int) -> LogPlace:
        """Position of one of the entries, counted from 0; -1: the last one."""
        at = number % len(self.leaves)
        return LogPlace(self.log_id, self.start + at, self.leaves[at])


class End(NamedTuple):
    """The current end of a log; see VoteLog."""

    number: int
    log_id: str
    size: int
    peaks: bytes
    note: str
    vkey: str


class NewNodes:
    """The nodes that a transaction adds, on top of the peaks of the existing tree."""

    def __init__(self, size: int, peaks: bytes) -> None:
        self._known = dict(zip(peak_places(size), hashes_in(peaks), strict=True))
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


def hashes_in(joined: bytes) -> list[bytes]:
    """The hashes that are stored as one value."""
    return [joined[at : at + HASH] for at in range(0, len(joined), HASH)]


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
    """Append entries; the first ones of a meeting start its log.

    Raises: VoteLogDamaged, VoteKeyUnusable.
    """
    if _end_of(tx.session, meeting.id) is not None:
        return write_on(tx, meeting.id, entries)
    signer = key_ring().signer()
    log = VoteLog(log_id=new_id(), meeting_id=meeting.id, vkey=signer.vkey)
    log.keys = msgspec.json.encode(LogKeys(signer.vkey)).decode()
    started = log_started(tx.session, meeting, signer.vkey)
    written = start_log(tx, log, [started, *entries], signer)
    return written._replace(start=written.start + 1, leaves=written.leaves[1:])


def write_on(tx: Tx, meeting_id: str, entries: Sequence[EntryData]) -> Written:
    """Append entries to an existing log. Raises: LookupError if there is none; see `write`."""
    end = _end_of(tx.session, meeting_id)
    if end is None:
        raise LookupError(f"meeting {meeting_id} has no vote log yet")
    signer = key_ring().signer(end.vkey)
    peaks, head = _signed_end(end, signer)
    check_log(head)
    return _append(tx, end, peaks, entries, signer)


def rotate(tx: Tx, log: VoteLog, old: Signer, new: Signer) -> None:
    """Switch a log to a new key; the new key signs the checkpoint that covers this entry."""
    end = _end(log)
    peaks, head = _signed_end(end, old)
    check_log(head)
    signature = old.sign_key_change(log.log_id, new.vkey)
    change = Rotation(old.vkey, new.vkey, signature)
    keys = msgspec.json.decode(log.keys, type=LogKeys).rotated(change)
    log.vkey, log.keys = new.vkey, msgspec.json.encode(keys).decode()
    tx.session.flush()
    _append(tx, end, peaks, [KeyRotated(old.vkey, new.vkey, signature)], new)


def log_document(tx: Tx, meeting: Meeting, document: PublishedVersion) -> None:
    """Log the hash of a document that was published to the room."""
    title = nfc(document.title)
    data = PaperPublished(document.document_id, document.version, title, document.sha256)
    write(tx, meeting, [data])


def remove_logs(tx: Tx, meeting: Meeting) -> None:
    """Delete the logs of a meeting that never began and is being deleted."""
    mine = select(VoteLog.number).where(VoteLog.meeting_id == meeting.id)
    for log_id in tx.session.scalars(select(VoteLog.log_id).where(VoteLog.number.in_(mine))):
        witness_removal(log_id)
    for table in (VoteLogCheckpoint, VoteLogNode, VoteLogEntry):
        tx.session.execute(delete(table).where(table.log.in_(mine)))
    tx.session.execute(delete(VoteLog).where(VoteLog.meeting_id == meeting.id))


def start_log(tx: Tx, log: VoteLog, entries: Sequence[EntryData], signer: Signer) -> Written:
    """Store a new log, whose first entries these are. Its size, peaks and note follow from them."""
    log.size, log.peaks, log.note = 0, b"", ""
    tx.session.add(log)
    tx.session.flush()
    return _append(tx, _end(log), NewNodes(0, b""), entries, signer)


def signed_head(log: VoteLog, signer: Signer | None) -> Checkpoint:
    """The end of a log in the database, compared with its signature if there is the key.

    Raises: VoteLogDamaged.
    """
    end = _end(log)
    if signer is None:
        return Checkpoint(end.log_id, end.size, root(_peaks_of(end), end.size))
    return _signed_end(end, signer)[1]


def _end(log: VoteLog) -> End:
    return End(*(getattr(log, name) for name in End._fields))


def log_started(
    session: Session, meeting: Meeting, vkey: str, continues: Head | None = None
) -> LogStarted:
    """The first entry of a meeting's log."""
    unit = session.get(Unit, meeting.unit_id) if meeting.unit_id else None
    return LogStarted(
        meeting_id=meeting.id,
        meeting_title=nfc(meeting.title),
        body=nfc(unit.name) if unit else "",
        key=vkey,
        continues=continues,
    )


def _append(
    tx: Tx, end: End, store: NewNodes, entries: Sequence[EntryData], signer: Signer
) -> Written:
    """Append entries in chunks, because closing a poll writes all of its ballots at once."""
    is_public = any(data.type not in WITHOUT_PUBLIC_CHECKPOINT for data in entries)
    leaves = list[str]()
    if is_public:
        _check_rows(tx.session, end)
    for start in range(0, len(entries), AT_ONCE):
        if start:
            yield_control()
        leaves += _append_some(tx, end, start, entries[start : start + AT_ONCE], store)
    size = end.size + len(entries)
    note = signer.sign(Checkpoint(end.log_id, size, root(store, size)))
    change = {"size": size, "peaks": store.peaks(size), "note": note}
    _MOVE_END.run(tx.session, {"of": end.number, **change})
    witness(tx, end.log_id, note)
    if is_public:
        _ADD_CHECKPOINT.run(tx.session, {"log": end.number, "size": size, "note": note})
    return Written(end.log_id, end.size, leaves, note, end.peaks)


def _signed_end(log: End, signer: Signer) -> tuple[NewNodes, Checkpoint]:
    """The peaks of the tree, and its head, if they are those that were signed last.

    Raises: VoteLogDamaged.
    """
    peaks = _peaks_of(log)
    try:
        signed = signer.read(log.note)
    except ValueError:
        raise VoteLogDamaged() from None
    if not log.size or signed != Checkpoint(log.log_id, log.size, root(peaks, log.size)):
        raise VoteLogDamaged()
    return peaks, signed


def _peaks_of(log: End) -> NewNodes:
    try:
        return NewNodes(log.size, log.peaks)
    except ValueError:
        raise VoteLogDamaged() from None


def _check_rows(session: Session, log: End) -> None:
    """Check that entries and public checkpoints end where the log does. Raises: VoteLogDamaged.

    An append that only seals ballots leaves it to the closing of the poll.
    """
    last = select(func.max(VoteLogEntry.index)).where(VoteLogEntry.log == log.number)
    ends = -1 if (index := session.scalar(last)) is None else index
    newest = select(VoteLogCheckpoint).where(VoteLogCheckpoint.log == log.number)
    public = session.scalars(newest.order_by(VoteLogCheckpoint.size.desc()).limit(1)).first()
    if ends != log.size - 1 or (public is not None and public.size > log.size):
        raise VoteLogDamaged()
    if public is not None and public.size == log.size and public.note != log.note:
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
_MOVE_END = PreparedChange(
    update(_logs).where(_logs.c.number == bindparam("of")), "size", "peaks", "note"
)
_ADD_ENTRY = PreparedChange(insert(table_of(VoteLogEntry)), "log", "index", "line")
_ADD_NODE = PreparedChange(insert(table_of(VoteLogNode)), "log", "level", "index", "node")
_ADD_CHECKPOINT = PreparedChange(insert(table_of(VoteLogCheckpoint)), "log", "size", "note")
