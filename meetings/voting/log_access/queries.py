"""Reads of the vote log: entries, the signed head, proofs, and the verifiable archive."""

from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import IO

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.errors import NotFound
from core.i18n import LANGUAGES, text_in
from core.offload import run_native, yield_control
from core.paths import ROOT
from meetings.shared.models import Meeting
from meetings.voting.declares import Action, NoSuchSize, NotAnnounced
from meetings.voting.models import VoteLog, VoteLogCheckpoint, VoteLogEntry
from meetings.voting.polls.unannounced import withheld_from
from meetings.voting.vote_log.archive import LogText, signed_for, write_texts
from meetings.voting.vote_log.checkpoint import fingerprint, head_of
from meetings.voting.vote_log.installation_key import installation_keys
from meetings.voting.vote_log.merkle import consistency_proof, inclusion_proof, leaf_hash, root
from meetings.voting.vote_log.parts import Head, LogKeys, Rotation
from meetings.voting.vote_log.stored_nodes import StoredNodes, VoteLogDamaged
from meetings.voting.vote_log.writer import current_log

PAGE = 500
AT_ONCE = 250
"""Entries read for an archive before control is yielded to other green threads."""
VERIFIER = ROOT.joinpath("verifier")


class LogLine(msgspec.Struct, frozen=True):
    """One entry. entry: its canonical JSON as text; leaf_hash: hex."""

    index: int
    leaf_hash: str
    entry: str


class LogPage(msgspec.Struct, frozen=True):
    """A page of log entries.

    size: of the whole log. next: the index after the last entry, or None if no more may be read.
    """

    log_id: str
    size: int
    entries: Sequence[LogLine]
    next: int | None


class EarlierLog(msgspec.Struct, frozen=True):
    """A log that the current one continues after a restore. root: hex."""

    log_id: str
    size: int
    root: str


class LogHead(msgspec.Struct, frozen=True, kw_only=True):
    """The newest signed head; fields are null before the first entry.

    note: a signed note. root: hex. vkey: the key that signed it. previous_vkeys: every key rotation
    in all logs of the meeting. earlier: the logs that the current one continues. installation: the
    keys of this server, which a client pins for logs that it meets for the first time.
    """

    log_id: str | None = None
    size: int = 0
    root: str | None = None
    note: str | None = None
    vkey: str | None = None
    previous_vkeys: Sequence[Rotation] = ()
    earlier: Sequence[EarlierLog] = ()
    installation: LogKeys | None = None


class InclusionProof(msgspec.Struct, frozen=True, kw_only=True):
    """Proof that an entry is in the log of a size. Hashes in hex."""

    log_id: str
    index: int
    size: int
    leaf_hash: str
    root: str
    proof: Sequence[str]


class ConsistencyProof(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Proof that the log of one size is a prefix of the log of another. Hashes in hex."""

    log_id: str
    from_: int
    to: int
    proof: Sequence[str]


def get_log(actor: Actor, meeting_id: str, start: int, limit: int) -> LogPage:
    """Entries from an index on, at most 500, up to the first unannounced result.

    Raises: NotFound (no entry yet), NotAllowed, NotAnnounced (`start` is beyond that result).
    """
    with current_context().database.read() as session:
        log = _log(session, actor, Action.READ_LOG, meeting_id)
        end = _end_for(session, actor, log)
        if end <= start < log.size:
            raise NotAnnounced()
        rows = session.execute(
            select(VoteLogEntry.index, VoteLogEntry.line)
            .where(
                VoteLogEntry.log == log.number,
                VoteLogEntry.index >= start,
                VoteLogEntry.index < end,
            )
            .order_by(VoteLogEntry.index)
            .limit(min(limit, PAGE))
        )
        lines = [LogLine(index, leaf_hash(line).hex(), line.decode()) for index, line in rows]
        after = start + len(lines)
        return LogPage(log.log_id, log.size, lines, after if lines and after < end else None)


def get_head(actor: Actor, meeting_id: str) -> LogHead:
    """The newest checkpoint. Raises: NotFound, NotAllowed, VoteLogDamaged."""
    with current_context().database.read() as session:
        _allowed(session, actor, Action.READ_HEAD, meeting_id)
        logs = _logs_of(session, meeting_id)
        if not logs:
            return LogHead()
        log = logs[-1]
        newest = session.scalars(
            select(VoteLogCheckpoint)
            .where(VoteLogCheckpoint.log == log.number)
            .order_by(VoteLogCheckpoint.size.desc())
            .limit(1)
        ).one()
        return LogHead(
            log_id=log.log_id,
            size=newest.size,
            root=_root_in(newest.note).hex(),
            note=newest.note,
            vkey=log.vkey,
            previous_vkeys=[change for one in logs for change in _keys(one).rotations],
            earlier=_earlier(logs),
            installation=installation_keys(session),
        )


def get_inclusion(actor: Actor, meeting_id: str, index: int, size: int | None) -> InclusionProof:
    """Inclusion proof of an entry in the log of `size` (None: all). Raises: NoSuchSize,
    NotFound."""
    with current_context().database.read() as session:
        log = _log(session, actor, Action.READ_HEAD, meeting_id)
        wanted = log.size if size is None else size
        if not 0 <= index < wanted <= log.size:
            raise NoSuchSize(size=log.size)
        store = StoredNodes(session, log.number)
        proof = inclusion_proof(store, index, wanted)
        return InclusionProof(
            log_id=log.log_id,
            index=index,
            size=wanted,
            leaf_hash=store.get(0, index).hex(),
            root=root(store, wanted).hex(),
            proof=[node.hex() for node in proof],
        )


def get_consistency(actor: Actor, meeting_id: str, old: int, new: int | None) -> ConsistencyProof:
    """Proof that the log of size `old` is a prefix of the log of size `new` (None: all).

    Raises: NoSuchSize, NotFound.
    """
    with current_context().database.read() as session:
        log = _log(session, actor, Action.READ_HEAD, meeting_id)
        wanted = log.size if new is None else new
        if not 0 < old <= wanted <= log.size:
            raise NoSuchSize(size=log.size)
        proof = consistency_proof(StoredNodes(session, log.number), old, wanted)
        return ConsistencyProof(
            log_id=log.log_id, from_=old, to=wanted, proof=[node.hex() for node in proof]
        )


def get_archive(actor: Actor, meeting_id: str) -> IO[bytes]:
    """The archive of all logs of a meeting, positioned at its start.

    For readers without access to an unannounced result, the last log ends before that poll was
    closed. Raises: NotFound, NotAllowed, NotAnnounced (the result is in an earlier log, which
    cannot be cut because another log continues it).
    """
    with current_context().database.read() as session:
        log = _log(session, actor, Action.READ_LOG, meeting_id)
        withheld = withheld_from(session, actor, session.get_one(Meeting, meeting_id))
        if withheld is not None and withheld.log_id != log.log_id:
            raise NotAnnounced()
        logs = logs_of(session, meeting_id, withheld.index if withheld else None)
    return run_native(_archive, logs)


def logs_of(session: Session, meeting_id: str, end: int | None = None) -> list[LogText]:
    """Every log of a meeting as an archive contains it, oldest first.

    end: number of visible entries of the last log; None: all.
    """
    *earlier, last = _logs_of(session, meeting_id)
    whole = [_text(session, log, _notes(session, log)) for log in earlier]
    notes = _notes(session, last, end)
    # Entries after the last checkpoint are ballot commitments that are not yet signed.
    covered = signed_for(notes)
    return [*whole, _text(session, last, notes, end if covered is None else covered)]


def _notes(session: Session, log: VoteLog, end: int | None = None) -> Sequence[str]:
    """The checkpoints of a log that cover at most `end` entries, in order."""
    signed = (
        select(VoteLogCheckpoint.note)
        .where(VoteLogCheckpoint.log == log.number)
        .order_by(VoteLogCheckpoint.size)
    )
    if end is not None:
        signed = signed.where(VoteLogCheckpoint.size <= end)
    return session.scalars(signed).all()


def _archive(logs: Sequence[LogText]) -> IO[bytes]:
    verifier = {file.name: file.read_bytes() for file in sorted(VERIFIER.glob("*.py"))}
    out: IO[bytes] = SpooledTemporaryFile(max_size=8_000_000)  # noqa: SIM115 - the caller closes it
    key = fingerprint(logs[-1].last_vkey)
    readme = "\n".join(text_in(language, "vote_archive.readme", key=key) for language in LANGUAGES)
    write_texts(out, logs, verifier, readme)
    out.seek(0)
    return out


def _text(session: Session, log: VoteLog, notes: Sequence[str], end: int | None = None) -> LogText:
    """A log with its first `end` entries.

    Reads in chunks and yields control between them, so that a long log does not block the room.
    """
    text = LogText(notes, _keys(log).vkeys)
    lines = _LINES if end is None else _LINES.where(_entries.c.index < end)
    for some in session.execute(lines, {"log": log.number}).partitions(AT_ONCE):
        text.add_lines(line for (line,) in some)
        yield_control()
    return text


def _end_for(session: Session, actor: Actor, log: VoteLog) -> int:
    """Number of entries of a meeting's last log that the actor may read."""
    withheld = withheld_from(session, actor, session.get_one(Meeting, log.meeting_id))
    return log.size if withheld is None or withheld.log_id != log.log_id else withheld.index


def _log(session: Session, actor: Actor, action: Action, meeting_id: str) -> VoteLog:
    _allowed(session, actor, action, meeting_id)
    log = current_log(session, meeting_id)
    if log is None:
        raise NotFound(kind="vote_log")
    return log


def _allowed(session: Session, actor: Actor, action: Action, meeting_id: str) -> None:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound(kind="meeting")
    current_context().permissions.allow(session, actor, action, meeting)


def _root_in(note: str) -> bytes:
    try:
        return head_of(note).root
    except ValueError:
        raise VoteLogDamaged() from None


def _logs_of(session: Session, meeting_id: str) -> Sequence[VoteLog]:
    """The logs of a meeting, oldest first."""
    every = select(VoteLog).where(VoteLog.meeting_id == meeting_id).order_by(VoteLog.number)
    return session.scalars(every).all()


def _earlier(logs: Sequence[VoteLog]) -> list[EarlierLog]:
    """The heads of earlier logs at the time the next one began, oldest first."""
    heads = [msgspec.json.decode(one.continues, type=Head) for one in logs if one.continues]
    return [EarlierLog(head.log_id, head.size, head.root) for head in heads]


def _keys(log: VoteLog) -> LogKeys:
    return msgspec.json.decode(log.keys, type=LogKeys)


_entries = table_of(VoteLogEntry)
_LINES = (
    select(_entries.c.line).where(_entries.c.log == bindparam("log")).order_by(_entries.c.index)
)
