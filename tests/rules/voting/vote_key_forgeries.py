"""What somebody without the server's key can make of a real archive: an invented restore."""

import random

from meetings.voting.vote_log import merkle
from meetings.voting.vote_log.archive import LogFiles
from meetings.voting.vote_log.checkpoint import Signer
from meetings.voting.vote_log.entries import PollCancelled
from meetings.voting.vote_log.parts import Head
from tests.rules.voting.vote_archives import LogUnderWay, signer
from tests.rules.voting.vote_forgeries import sealed
from tests.rules.voting.vote_meetings import CLERK, Sitting

THIEF = signer(random.Random(77))
BODY = "Hội đồng nhân dân xã Đông Sơn"


def cut(log: LogUnderWay, size: int) -> LogFiles:
    """The first entries of a real log, with the real checkpoints that cover no more than these."""
    whole = log.files()
    notes = [note for note in whole.notes if int(note.split("\n")[1]) <= size]
    return LogFiles(whole.lines[:size], notes, whole.vkeys[:1])


def rebuilt(log: LogUnderWay, lines: list[bytes]) -> LogUnderWay:
    """The same log with other lines, sealed by its own keys."""
    other = LogUnderWay(log.log_id, log.signers[0], BODY)
    files = sealed(lines, log.signers, log.log_id)
    other.lines, other.notes, other.signers = lines, list(files.notes), log.signers
    other.nodes = merkle.NodesInMemory()
    for size, line in enumerate(lines):
        merkle.append(other.nodes, size, merkle.leaf_hash(line))
    return other


def head_of(log: LogUnderWay, files: LogFiles) -> Head:
    """The end of the cut log, as its invented continuation names it."""
    size = len(files.lines)
    return Head(log.log_id, size, merkle.root(log.nodes, size).hex(), "Khôi phục từ bản sao lưu")


def invented_poll(held: Sitting) -> list[LogFiles]:
    """Two real entries are kept as the earlier log; a restore and a poll are invented."""
    earlier = cut(held.log, 2)
    forged = Sitting(5, people=5)
    forged.log = LogUnderWay("LogForged", THIEF, BODY, head_of(held.log, earlier))
    forged.close(opened := forged.open_poll(), forged.cast(opened))
    return [earlier, forged.log.files()]


def cancelled_poll(held: Sitting) -> list[LogFiles]:
    """The real log stays whole; an invented continuation cancels its closed poll."""
    real = held.log.files()
    forged = LogUnderWay("LogForged", THIEF, BODY, held.log.head("Khôi phục từ bản sao lưu"))
    forged.add(PollCancelled("poll-0", "Có sai sót", CLERK))
    return [real, forged.files()]


def _next_log(held: Sitting, log_id: str = "LogNext", old: Signer | None = THIEF) -> LogUnderWay:
    return LogUnderWay(log_id, THIEF, BODY, held.log.head("Khôi phục từ bản sao lưu"), old)


def signed_by_thief(held: Sitting) -> list[LogFiles]:
    """A continuation whose signature is not of the old key."""
    return [held.log.files(), _next_log(held).files()]


def same_log_id(held: Sitting) -> list[LogFiles]:
    """The real key continues a log under the same id."""
    old = held.log.signers[-1]
    return [held.log.files(), _next_log(held, held.log.log_id, old).files()]


def of_another_meeting(held: Sitting) -> list[LogFiles]:
    """The log of another meeting, which the real key continued into this one."""
    lines = [line.replace(b'"meeting-1"', b'"meeting-2"') for line in held.log.lines]
    held.log = rebuilt(held.log, lines)
    return [held.log.files(), _next_log(held, old=held.log.signers[-1]).files()]


CONTINUATIONS = {
    "continuation_not_signed": signed_by_thief,
    "log_id_twice": same_log_id,
    "another_meeting": of_another_meeting,
}
