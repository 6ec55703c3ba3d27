"""Writing a meeting's vote log, in a verb's transaction: entries, their tree, checkpoints."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from accounts.models import Unit
from core.house import house
from core.ids import new_id
from core.transaction import Tx
from meetings.models import Meeting
from meetings.voting.facts import LogKeys, LogPlace, Rotation
from meetings.voting.key_ring import KeyRing
from meetings.voting.log.checkpoint import Checkpoint, Signer
from meetings.voting.log.entries import (
    UNSIGNED_UNTIL_LATER,
    Entry,
    EntryData,
    KeyRotated,
    LogStarted,
    encode,
)
from meetings.voting.log.merkle import append, leaf_hash, root
from meetings.voting.models import VoteLog, VoteLogCheckpoint, VoteLogEntry, VoteLogNode

HASH = 32


class Written(NamedTuple):
    """What was appended: the first index, each entry's leaf, the note when one was signed."""

    log_id: str
    start: int
    leaves: list[str]
    note: str

    @property
    def last(self) -> LogPlace:
        """Where the last of the entries stands."""
        return LogPlace(self.log_id, self.start + len(self.leaves) - 1, self.leaves[-1])


class NewNodes:
    """The nodes that a transaction adds, over the peaks of the tree as it was."""

    def __init__(self, size: int, peaks: bytes) -> None:
        parts = [peaks[at : at + HASH] for at in range(0, len(peaks), HASH)]
        self._known = dict(zip(peak_places(size), parts, strict=True))
        self.new: dict[tuple[int, int], bytes] = {}

    def get(self, level: int, index: int) -> bytes:
        """See NodeStore: an append and the root of the whole tree ask for no other nodes."""
        return self._known[level, index]

    def put(self, level: int, index: int, node: bytes) -> None:
        """See NodeStore."""
        self._known[level, index] = self.new[level, index] = node

    def peaks(self, size: int) -> bytes:
        """The peaks of the tree at this size."""
        return b"".join(self._known[place] for place in peak_places(size))


def peak_places(size: int) -> list[tuple[int, int]]:
    """Level and index of the perfect subtrees that a tree of `size` is made of, largest first."""
    levels = reversed(range(size.bit_length()))
    return [(level, (size >> level) - 1) for level in levels if size >> level & 1]


def current_log(session: Session, meeting_id: str) -> VoteLog | None:
    """The log that is written now: the meeting's last."""
    newest = select(VoteLog).where(VoteLog.meeting_id == meeting_id).order_by(VoteLog.number.desc())
    return session.scalars(newest.limit(1)).first()


def key_ring() -> KeyRing:
    """The keys of this installation."""
    return _ring_of(house().config.data)


@lru_cache(maxsize=4)
def _ring_of(data: Path) -> KeyRing:
    return KeyRing(data)


def write(tx: Tx, meeting: Meeting, entries: Sequence[EntryData]) -> Written:
    """Append entries; the meeting's first ones begin its log. Signs when their types ask for it."""
    log = current_log(tx.session, meeting.id)
    if log is None:
        log, entries = _begin(tx, meeting), [_started(tx.session, meeting), *entries]
        skipped = 1
    else:
        skipped = 0
    written = _append(tx, log, entries, key_ring().signer(log.vkey))
    return written._replace(start=written.start + skipped, leaves=written.leaves[skipped:])


def rotate(tx: Tx, log: VoteLog, old: Signer, new: Signer) -> None:
    """Hand a log over to a new key; the checkpoint over this entry is the new key's first."""
    signature = old.hand_over(log.log_id, new.vkey)
    keys = msgspec.json.decode(log.keys, type=LogKeys)
    change = Rotation(old.vkey, new.vkey, signature)
    keys = msgspec.structs.replace(keys, rotations=[*keys.rotations, change])
    log.vkey, log.keys = new.vkey, msgspec.json.encode(keys).decode()
    _append(tx, log, [KeyRotated(old.vkey, new.vkey, signature)], new)


def remove_logs(tx: Tx, meeting: Meeting) -> None:
    """A meeting that never began goes away, and with it the log of its papers."""
    mine = select(VoteLog.number).where(VoteLog.meeting_id == meeting.id)
    for table in (VoteLogCheckpoint, VoteLogNode, VoteLogEntry):
        tx.session.execute(delete(table).where(table.log.in_(mine)))
    tx.session.execute(delete(VoteLog).where(VoteLog.meeting_id == meeting.id))


def _begin(tx: Tx, meeting: Meeting) -> VoteLog:
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
    return log


def _started(session: Session, meeting: Meeting) -> LogStarted:
    unit = session.get(Unit, meeting.unit_id) if meeting.unit_id else None
    return LogStarted(
        meeting_id=meeting.id,
        meeting_title=nfc(meeting.title),
        body=nfc(unit.name) if unit else "",
        key=key_ring().signer().vkey,
        continues=None,
    )


def _append(tx: Tx, log: VoteLog, entries: Sequence[EntryData], signer: Signer) -> Written:
    first, store = log.size, NewNodes(log.size, log.peaks)
    lines = [
        encode(Entry(log.log_id, index, tx.at, data)) for index, data in enumerate(entries, first)
    ]
    leaves = [leaf_hash(line) for line in lines]
    size = first
    for leaf in leaves:
        size = append(store, size, leaf)
    log.size, log.peaks = size, store.peaks(size)
    _insert(tx.session, log.number, first, lines, store)
    note = ""
    if any(data.type not in UNSIGNED_UNTIL_LATER for data in entries):
        note = signer.sign(Checkpoint(log.log_id, size, root(store, size)))
        row = {"log": log.number, "size": size, "note": note}
        tx.session.execute(insert(VoteLogCheckpoint), [row])
    return Written(log.log_id, first, [leaf.hex() for leaf in leaves], note)


def _insert(
    session: Session, log: int, first: int, lines: Sequence[bytes], store: NewNodes
) -> None:
    session.execute(
        insert(VoteLogEntry),
        [{"log": log, "index": index, "line": line} for index, line in enumerate(lines, first)],
    )
    session.execute(
        insert(VoteLogNode),
        [
            {"log": log, "level": level, "index": index, "node": node}
            for (level, index), node in store.new.items()
        ],
    )


def nfc(text: str) -> str:
    """Text as a log may hold it."""
    return unicodedata.normalize("NFC", text)
