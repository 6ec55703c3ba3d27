"""Checks that the stored rows of a poll match its vote log.

Anybody can verify the log, but screens and reports are generated from the rows. A changed row or a
disk error must not change an announced result.
"""

from collections.abc import Sequence
from typing import TypeVar

import msgspec
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.errors import Refusal
from core.offload import yield_control
from meetings.voting.declares import VoteContradictsLog
from meetings.voting.models import Ballot, Poll, PollSeat, PollStatus, VoteLog, VoteLogEntry
from meetings.voting.poll_facts import Closing, Ending
from meetings.voting.polls.counting import AT_ONCE, ballots_of, count_of, tallies_of
from meetings.voting.polls.presenters import (
    closing_of,
    ending_of,
    numbers_of,
    opening_of,
    options_of,
)
from meetings.voting.polls.sealed_ballots import sealed
from meetings.voting.rules.poll_rules import Outcome, Verdict, with_ruling
from meetings.voting.vote_log import entries
from meetings.voting.vote_log.checkpoint import Signer
from meetings.voting.vote_log.commitments import commit
from meetings.voting.vote_log.merkle import RunningRoot, leaf_hash, root
from meetings.voting.vote_log.parts import LogPlace
from meetings.voting.vote_log.signing_keys import VoteKeyUnusable
from meetings.voting.vote_log.writer import NewNodes, current_log, key_ring, signed_head

E = TypeVar("E", bound=entries.EntryData)
F = TypeVar("F", entries.PollRuled, entries.PollAnnounced, entries.PollCancelled)
_UNREADABLE = (msgspec.DecodeError, KeyError, ValueError, Refusal)


def check_before_closing(session: Session, poll: Poll, ballots: Sequence[Ballot]) -> None:
    """Check an open poll against its opening and commitments in the log, and the log's entries
    against its tree. The append that follows checks the tree against the last signature.

    Raises: VoteContradictsLog.
    """
    log = current_log(session, poll.meeting_id)
    try:
        agrees = (
            log is not None
            and _entries_match(session, log)
            and _opening_matches(session, poll, log)
            and _ballots_match(session, poll, log, ballots, log.size)
        )
    except _UNREADABLE:
        agrees = False
    if not agrees:
        raise VoteContradictsLog(title=poll.title)


def check_result(session: Session, poll: Poll) -> None:
    """Check everything stored about a closed poll against the log. Raises: VoteContradictsLog."""
    try:
        closing, ending = closing_of(poll), ending_of(poll)
        log, ballots = _log(session, closing.place), ballots_of(session, poll.id)
        agrees = (
            log is not None
            and _is_signed(session, log)
            and _closing_matches(session, poll, log, closing, ending)
            and _opening_matches(session, poll, log)
            and _ballots_match(session, poll, log, ballots, closing.place.index)
            and _count_matches(session, poll, ballots, closing)
            and _ending_matches(session, poll, log, closing, ending)
        )
    except _UNREADABLE:
        agrees = False
    if not agrees:
        raise VoteContradictsLog(title=poll.title)


def is_vouched_for(session: Session, poll: Poll) -> bool:
    """Whether a closed poll's numbers and verdict match its log entry. Cheaper than
    `check_result`."""
    closing = closing_of(poll)
    log = _log(session, closing.place)
    return log is not None and _closing_matches(session, poll, log, closing, ending_of(poll))


def _log(session: Session, place: LogPlace) -> VoteLog | None:
    return session.scalars(select(VoteLog).where(VoteLog.log_id == place.log_id)).one_or_none()


def _is_signed(session: Session, log: VoteLog) -> bool:
    """Whether all entries are those that the log's key signed.

    Raises: VoteLogDamaged, VoteKeyUnusable (another key in the place of the installation's).
    """
    signed_head(log, _signer_of(session, log))
    return _entries_match(session, log)


def _signer_of(session: Session, log: VoteLog) -> Signer | None:
    """The key of a log; None if its private key is gone, of an earlier log or of all."""
    try:
        return key_ring().signer_if_any(log.vkey)
    except VoteKeyUnusable:
        newest = current_log(session, log.meeting_id)
        if newest is not None and newest.number == log.number:
            raise
        return None


def _entries_match(session: Session, log: VoteLog) -> bool:
    """Whether all entries together have the root of the log's tree."""
    lines = select(VoteLogEntry.line).where(VoteLogEntry.log == log.number)
    found = RunningRoot()
    for some in session.execute(lines.order_by(VoteLogEntry.index)).partitions(AT_ONCE):
        for (line,) in some:
            found.add(leaf_hash(line))
        yield_control()
    peaks = NewNodes(log.size, log.peaks)
    return (found.size, found.root()) == (log.size, root(peaks, log.size))


def _entry_line(session: Session, log: VoteLog, index: int) -> bytes:
    entry = session.get(VoteLogEntry, (log.number, index))
    return entry.line if entry else b""


def _entry_data(line: bytes, kind: type[E]) -> E | None:
    """The data of an entry of this kind; None for another kind or an unreadable entry."""
    try:
        data = entries.decode(line).data
    except _UNREADABLE:
        return None
    return data if isinstance(data, kind) else None


def _opening_matches(session: Session, poll: Poll, log: VoteLog) -> bool:
    opening = opening_of(poll)
    logged = _entry_data(_entry_line(session, log, opening.log_index), entries.PollOpened)
    if logged is None or logged.poll_id != poll.id:
        return False
    seats = session.execute(
        select(PollSeat.user_id, PollSeat.name, PollSeat.present)
        .where(PollSeat.poll_id == poll.id)
        .order_by(PollSeat.position)
    )
    question = (poll.title, poll.question, poll.method, options_of(poll), poll.allow_change)
    facts = (opening.n, opening.present, opening.chair, opening.by, opening.document)
    roster = [tuple(seat) for seat in seats]
    yield_control()
    return (
        question
        == (logged.title, logged.question, logged.method, logged.options, logged.allow_change)
        and msgspec.json.decode(poll.rule) == logged.rule
        and facts == (logged.n, logged.present, logged.chair, logged.opened_by, logged.document)
        and roster == [(seat.user_id, seat.name, seat.present) for seat in logged.roster]
        and list(opening.voters) == [seat.user_id for seat in logged.roster if seat.present]
        and (opening.quorum, opening.override_reason) == (logged.quorum, logged.override_reason)
    )


def _ballots_match(
    session: Session, poll: Poll, log: VoteLog, ballots: Sequence[Ballot], until: int
) -> bool:
    """Whether exactly these ballots were committed before `until`, with these indexes and
    leaves."""
    lines = session.execute(
        select(VoteLogEntry.index, VoteLogEntry.line).where(
            VoteLogEntry.log == log.number,
            VoteLogEntry.index > opening_of(poll).log_index,
            VoteLogEntry.index < until,
            func.instr(VoteLogEntry.line, entries.BallotCommitted.type.encode()) > 0,
            func.instr(VoteLogEntry.line, poll.id.encode()) > 0,
        )
    )
    kept: dict[int | None, tuple[str | None, str]] = {}
    for start in range(0, len(ballots), AT_ONCE):
        for one in ballots[start : start + AT_ONCE]:
            kept[one.log_index] = one.leaf_hash, _commitment(one)
        yield_control()
    found: dict[int | None, tuple[str | None, str]] = {}
    for some in lines.partitions(AT_ONCE):
        for index, line in some:
            logged = _entry_data(line, entries.BallotCommitted)
            if logged is not None and logged.poll_id == poll.id:
                found[index] = leaf_hash(line).hex(), logged.commitment
        yield_control()
    return kept == found and len(kept) == len(ballots)


def _commitment(ballot: Ballot) -> str:
    return commit(ballot.salt or b"", sealed(ballot))


def _closing_matches(
    session: Session, poll: Poll, log: VoteLog, closing: Closing, ending: Ending
) -> bool:
    line = _entry_line(session, log, closing.place.index)
    logged = _entry_data(line, entries.PollClosed)
    if logged is None or leaf_hash(line).hex() != closing.place.leaf_hash:
        return False
    before = _before_ruling(closing.outcome, ending)
    if before is None or not _adds_up(before, logged.counts):
        return False
    numbers = numbers_of(msgspec.structs.replace(closing, outcome=before))
    return (logged.poll_id, logged.closed_by) == (poll.id, closing.by) and all(
        numbers[name] == value
        for name, value in msgspec.structs.asdict(logged).items()
        if name in numbers
    )


def _count_matches(
    session: Session, poll: Poll, ballots: Sequence[Ballot], closing: Closing
) -> bool:
    tallies = tallies_of(session, poll.id)
    return count_of(options_of(poll), opening_of(poll), ballots, tallies) == closing.count


def _adds_up(outcome: Outcome, counts: dict[str, int]) -> bool:
    """Whether the numbers that no entry contains follow from the numbers in the entry."""
    reached = counts.get(outcome.deciding or "", outcome.reached)
    return (outcome.reached, outcome.missing, outcome.surplus) == (
        reached,
        max(0, outcome.required - reached),
        max(0, reached - outcome.required),
    )


def _before_ruling(outcome: Outcome, ending: Ending) -> Outcome | None:
    """The outcome at closing; None if the ruling does not lead to the present outcome."""
    if ending.ruling is None or outcome.tie is None:
        return outcome
    awaited = msgspec.structs.replace(
        outcome,
        verdict=Verdict.TIE_NEEDS_RULING,
        tie=msgspec.structs.replace(outcome.tie, side=None),
    )
    return awaited if with_ruling(awaited, ending.ruling.side) == outcome else None


def _ending_matches(
    session: Session, poll: Poll, log: VoteLog, closing: Closing, ending: Ending
) -> bool:
    """Whether ruling, announcement and cancellation match this log or later logs of the meeting."""
    later = select(VoteLog.number).where(
        VoteLog.meeting_id == log.meeting_id, VoteLog.number > log.number
    )
    here = (VoteLogEntry.log == log.number) & (VoteLogEntry.index > closing.place.index)
    lines = session.scalars(
        select(VoteLogEntry.line).where(
            or_(here, VoteLogEntry.log.in_(later)),
            func.instr(VoteLogEntry.line, poll.id.encode()) > 0,
        )
    ).all()

    def followed(kind: type[F]) -> list[F]:
        logged = [one for line in lines if (one := _entry_data(line, kind))]
        return [one for one in logged if one.poll_id == poll.id]

    ruled = [one.side for one in followed(entries.PollRuled)]
    announced = bool(followed(entries.PollAnnounced))
    cancelled = bool(followed(entries.PollCancelled))
    return (
        ruled == ([ending.ruling.side] if ending.ruling else [])
        and announced == (ending.announced_at is not None)
        and cancelled == (ending.cancelled_at is not None)
        and cancelled == (poll.status is PollStatus.CANCELLED)
        and _roster_changes_match(session, poll, log, closing, ending)
    )


def _roster_changes_match(
    session: Session, poll: Poll, log: VoteLog, closing: Closing, ending: Ending
) -> bool:
    """Whether the changes shown with the result are those that the log has, two entries each."""
    lines = session.scalars(
        select(VoteLogEntry.line)
        .where(
            VoteLogEntry.log == log.number,
            VoteLogEntry.index < closing.place.index,
            func.instr(VoteLogEntry.line, entries.RosterChanged.type.encode()) > 0,
            func.instr(VoteLogEntry.line, poll.id.encode()) > 0,
        )
        .order_by(VoteLogEntry.index)
    )
    logged = [one for line in lines if (one := _entry_data(line, entries.RosterChanged))]
    found = [
        (one.changes[0].user_id, one.changes[0].name, one.reason, one.by)
        for one in logged
        if one.poll_id == poll.id
    ]
    return found == [
        (one.person.user_id, one.person.name, one.reason, one.by)
        for one in ending.roster_changes
        for _entry in range(2)
    ]
