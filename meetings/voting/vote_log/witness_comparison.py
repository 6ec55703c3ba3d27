"""Compares all vote logs with their witness files when web starts, and after a restore."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.app_context import AppContext
from core.append_only_files import AppendOnlyFiles, Record
from core.errors import Refusal, WitnessUnusable
from core.installation_starts import FILE as STARTS
from meetings.shared.models import Meeting
from meetings.voting.models import VoteLog
from meetings.voting.vote_log.checkpoint import Checkpoint
from meetings.voting.vote_log.merkle import root
from meetings.voting.vote_log.signing_keys import VoteKeyUnusable
from meetings.voting.vote_log.stored_nodes import StoredNodes, VoteLogDamaged
from meetings.voting.vote_log.witness import (
    SUFFIX,
    VoteLogBehindWitness,
    is_behind,
    is_removal,
    removal,
    seen_in,
)
from meetings.voting.vote_log.writer import key_ring, signed_head

log = structlog.get_logger()
_LOG_ID = re.compile(r"[A-Za-z0-9_-]+")


@dataclass
class _AtStart:
    """Titles of the meetings, or names of the files, whose logs were behind at the start."""

    behind: list[str] = field(default_factory=list)
    compared: bool = True


_at_start = _AtStart()


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
    lost = [name.removesuffix(SUFFIX) for name in _without_log(files, log_ids)]
    files.append([Record(log_id + SUFFIX, removal(log_id)) for log_id in lost])


def _compare(context: AppContext, files: AppendOnlyFiles) -> list[str]:
    with context.database.read() as session:
        # An earlier log of a meeting does not grow: the one that continues it is signed.
        newest = select(func.max(VoteLog.number)).group_by(VoteLog.meeting_id)
        present = select(VoteLog, Meeting.title).join(Meeting).where(VoteLog.number.in_(newest))
        log_ids = set(session.scalars(select(VoteLog.log_id)))
        missing, behind = list[Record](), list[str]()
        for one, title in session.execute(present):
            head, signed = _end_of(one)
            if head is None:
                # Nothing is appended to it either, see `write_on`. Other meetings go on.
                log.error("vote_log_damaged", meeting=title, log_id=one.log_id)
            elif is_behind(files, head) or not _continues(session, files, one):
                behind.append(title)
            elif signed and files.last(one.log_id + SUFFIX) != one.note:
                missing.append(Record(one.log_id + SUFFIX, one.note))
    behind += _without_log(files, log_ids)
    files.append(missing)
    if behind:
        log.error("vote_log_behind_witness", meetings=behind, folder=str(files.folder))
    return behind


def _end_of(one: VoteLog) -> tuple[Checkpoint | None, bool]:
    """The end of a log, and whether its signature was compared; None if it was not signed so.

    Nothing else is written to a witness file: its text would count as what was witnessed.
    """
    if not _LOG_ID.fullmatch(one.log_id):
        return None, False
    try:
        signer = key_ring().signer_if_any(one.vkey)
        return signed_head(one, signer), signer is not None
    except (VoteLogDamaged, VoteKeyUnusable):
        return None, False


def _continues(session: Session, files: AppendOnlyFiles, one: VoteLog) -> bool:
    """Whether a log that is ahead of its witness file had the witnessed root at that size."""
    seen = seen_in(files, one.log_id)
    if seen is None or seen.size == one.size:
        return True
    try:
        return root(StoredNodes(session, one.number), seen.size) == seen.root
    except Refusal:
        return False


def _without_log(files: AppendOnlyFiles, log_ids: set[str]) -> Iterator[str]:
    for name in files.names():
        log_id = name.removesuffix(SUFFIX)
        if not name.endswith(SUFFIX) or name == STARTS or log_id in log_ids:
            continue
        if not is_removal(files.last(name) or ""):
            yield name
