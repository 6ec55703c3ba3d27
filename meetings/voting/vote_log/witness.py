"""Witness files: every checkpoint of every vote log, in a file outside the database for each log.

A database that was put back to an earlier state, or replaced by another history, is behind its
witness files. Its logs are then not signed for again, so there are never two histories of one log.
"""

import structlog

from core.app_context import current_context
from core.append_only_files import AppendOnlyFiles, Record
from core.errors import Refusal, WitnessUnusable
from core.offload import run_native
from core.transactions.transaction import Tx
from meetings.voting.vote_log.checkpoint import Checkpoint, head_of

log = structlog.get_logger()
SUFFIX = ".txt"
_REMOVED = "removed"


class VoteLogBehindWitness(Refusal):
    """The database is an earlier or another state than one that this server answered from."""

    code, status = "vote_log_behind_witness", 503


def witness(tx: Tx, log_id: str, note: str) -> None:
    """Keep a checkpoint, durable before the request is answered."""
    tx.witness(log_id + SUFFIX, note)


def witness_removal(log_id: str) -> None:
    """Keep that a log is being deleted with its meeting, which never began.

    Before the COMMIT: after a crash in between, the file still ends with the log's checkpoint and
    its removal, which is true of a log that is there and of one that is not.

    Raises: WitnessUnusable.
    """
    record = Record(log_id + SUFFIX, removal(log_id))
    try:
        run_native(current_context().witness_files.append, [record])
    except OSError as fault:
        raise WitnessUnusable() from fault


def check_log(head: Checkpoint) -> None:
    """Check that a log's end in the database is not behind.

    Raises: VoteLogBehindWitness, WitnessUnusable.
    """
    try:
        behind = is_behind(current_context().witness_files, head)
    except OSError as fault:
        log.exception("witness_unusable", log_id=head.log_id)
        raise WitnessUnusable() from fault
    if behind:
        raise VoteLogBehindWitness()


def is_behind(files: AppendOnlyFiles, head: Checkpoint) -> bool:
    """Whether a log has an earlier or another end than was witnessed. Raises: OSError."""
    seen = seen_in(files, head.log_id)
    if seen is None:
        return False
    return seen.size > head.size or (seen.size == head.size and seen.root != head.root)


def removal(log_id: str) -> str:
    """The record of a log that is deleted."""
    return f"dienhong/{log_id}\n{_REMOVED}\n"


def is_removal(text: str) -> bool:
    """Whether a record says that its log was deleted."""
    return _REMOVED in text.split("\n")


def seen_in(files: AppendOnlyFiles, log_id: str) -> Checkpoint | None:
    """The newest witnessed checkpoint. One that cannot be read is larger than every log."""
    text = files.last(log_id + SUFFIX)
    if text is not None and is_removal(text):
        kept = [one for one in files.all(log_id + SUFFIX) if not is_removal(one)]
        text = kept[-1] if kept else None
    if text is None:
        return None
    unreadable = Checkpoint(log_id, _LARGER, b"")
    try:
        seen = head_of(text)
    except ValueError:
        return unreadable
    return seen if seen.log_id == log_id else unreadable


_LARGER = 2**53
