"""Witness files: every checkpoint of every vote log, in a file outside the database for each log.

A database that was put back to an earlier state, or replaced by another history, is behind its
witness files. Its logs are then not signed for again, so there are never two histories of one log.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.app_context import AppContext, current_context
from core.append_only_files import AppendOnlyFiles, Record
from core.errors import Refusal, WitnessUnusable
from core.installation_starts import FILE as STARTS
from core.transactions.transaction import Tx
from meetings.shared.models import Meeting
from meetings.voting.models import VoteLog
from meetings.voting.vote_log.checkpoint import Checkpoint, head_of
from meetings.voting.vote_log.merkle import root
from meetings.voting.vote_log.stored_nodes import StoredNodes

log = structlog.get_logger()
_SUFFIX = ".txt"
_REMOVED = "removed"


class VoteLogBehindWitness(Refusal):
    """The database is an earlier or another state than one that this server answered from."""

    code, status = "vote_log_behind_witness", 503


@dataclass
class _AtStart:
    """Titles of the meetings, or names of the files, whose logs were behind at the start."""

    behind: list[str] = field(default_factory=list)
    compared: bool = True


_at_start = _AtStart()


def witness(tx: Tx, log_id: str, note: str) -> None:
    """Keep a checkpoint, durable before the request is answered."""
    tx.witness(log_id + _SUFFIX, note)


def witness_removal(tx: Tx, log_id: str) -> None:
    """Keep that a log was deleted with its meeting, which never began."""
    tx.witness(log_id + _SUFFIX, _removal(log_id))


def check_log(head: Checkpoint) -> None:
    """Check that a log's end in the database is not behind.

    Raises: VoteLogBehindWitness, WitnessUnusable.
    """
    try:
        behind = _is_behind(current_context().witness_files, head)
    except OSError as fault:
        log.exception("witness_unusable", log_id=head.log_id)
        raise WitnessUnusable() from fault
    if behind:
        raise VoteLogBehindWitness()


def check_start() -> None:
    """Raises VoteLogBehindWitness if any log was behind when this process started; WitnessUnusable
    if they could not be compared then."""
    if not _at_start.compared:
        raise WitnessUnusable()
    if _at_start.behind:
        raise VoteLogBehindWitness()


def compare_at_start(context: AppContext) -> None:
    """Compare all logs with their witness files; append what a crash kept from being appended.

    What is behind is logged: titles of meetings, and names of files without a log.
    """
    try:
        _at_start.behind = _compare(context, context.witness_files)
    except OSError:
        log.exception("witness_unusable", folder=str(context.witness_files.folder))
        _at_start.compared = False


def accept_restore(context: AppContext) -> None:
    """After a restore: logs that the copy does not have are given up. The others go on in new
    logs, whose files begin with them. Raises: OSError."""
    files = context.witness_files
    with context.database.read() as session:
        log_ids = set(session.scalars(select(VoteLog.log_id)))
    lost = [name.removesuffix(_SUFFIX) for name in _without_log(files, log_ids)]
    files.append([Record(log_id + _SUFFIX, _removal(log_id)) for log_id in lost])


def _compare(context: AppContext, files: AppendOnlyFiles) -> list[str]:
    with context.database.read() as session:
        # An earlier log of a meeting does not grow: the one that continues it is signed.
        newest = select(func.max(VoteLog.number)).group_by(VoteLog.meeting_id)
        present = select(VoteLog, Meeting.title).join(Meeting).where(VoteLog.number.in_(newest))
        log_ids = set(session.scalars(select(VoteLog.log_id)))
        missing, behind = list[Record](), list[str]()
        for one, title in session.execute(present):
            head = head_of(one.note) if one.note else Checkpoint(one.log_id, one.size, b"")
            if _is_behind(files, head) or not _continues(session, files, one):
                behind.append(title)
            elif files.last(one.log_id + _SUFFIX) != one.note and one.note:
                missing.append(Record(one.log_id + _SUFFIX, one.note))
    behind += _without_log(files, log_ids)
    files.append(missing)
    if behind:
        log.error("vote_log_behind_witness", meetings=behind, folder=str(files.folder))
    return behind


def _is_behind(files: AppendOnlyFiles, head: Checkpoint) -> bool:
    seen = _seen(files, head.log_id)
    if seen is None:
        return False
    return seen.size > head.size or (seen.size == head.size and seen.root != head.root)


def _continues(session: Session, files: AppendOnlyFiles, one: VoteLog) -> bool:
    """Whether a log that is ahead of its witness file had the witnessed root at that size."""
    seen = _seen(files, one.log_id)
    if seen is None or seen.size == one.size:
        return True
    try:
        return root(StoredNodes(session, one.number), seen.size) == seen.root
    except Refusal:
        return False


def _without_log(files: AppendOnlyFiles, log_ids: set[str]) -> Iterator[str]:
    for name in files.names():
        log_id = name.removesuffix(_SUFFIX)
        if name == STARTS or log_id in log_ids:
            continue
        if _REMOVED not in (files.last(name) or "").split("\n"):
            yield name


def _removal(log_id: str) -> str:
    return f"dienhong/{log_id}\n{_REMOVED}\n"


def _seen(files: AppendOnlyFiles, log_id: str) -> Checkpoint | None:
    """The newest witnessed checkpoint. One that cannot be read is larger than every log."""
    text = files.last(log_id + _SUFFIX)
    if text is None:
        return None
    try:
        return head_of(text)
    except ValueError:
        return Checkpoint(log_id, _LARGER, b"")


_LARGER = 2**53
