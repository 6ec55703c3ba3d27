"""A vote log of 100,000 entries in memory: CPU of an append, of a proof, of the whole check.

What the format costs by itself; `bench.parts.stored_log` measures the same as the server keeps it.
"""

import io
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import IO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.table import OURS, Table, percentile
from meetings.voting.rules.poll_rules import Base, PollMethod, Verdict
from meetings.voting.rules.question_rules import Option
from meetings.voting.rules.tally_rules import Channel
from meetings.voting.vote_log import commitments, merkle
from meetings.voting.vote_log.archive import LogFiles, write_archive
from meetings.voting.vote_log.checkpoint import Checkpoint, Signer
from meetings.voting.vote_log.entries import (
    WITHOUT_PUBLIC_CHECKPOINT,
    BallotCommitted,
    BallotOpened,
    Entry,
    EntryData,
    LogStarted,
    PollClosed,
    PollOpened,
    encode,
)
from meetings.voting.vote_log.parts import Ballot, Person, QuorumFacts, Seat
from verifier import ed25519
from verifier.archive import open_archive
from verifier.check import check
from verifier.report import told

ENTRIES, PEOPLE = 100_000, 200
CLERK = Person("u-clerk", "Phạm Thị Ghi")
OPTIONS = [Option("for", "Tán thành"), Option("against", "Không tán thành")]
SHARE = {"numerator": 1, "denominator": 2, "comparison": ">"}
WORDS = {"vi": "Quá nửa tổng số", "en": "More than half of all"}
RULE = {
    **SHARE,
    "id": "bench",
    "version": 1,
    "title": WORDS,
    "base": "entitled",
    "tie": "not_adopted",
    "formula": WORDS,
    "citation": WORDS,
    "confirmed": False,
    "quorum": {**SHARE, "citation": WORDS},
}


class _Log:
    """A log in memory that takes the time of every append."""

    def __init__(self) -> None:
        self.signer = Signer("dienhong-bench", Ed25519PrivateKey.generate())
        self.nodes = merkle.NodesInMemory()
        self.lines: list[bytes] = []
        self.notes: list[str] = []
        self.took: list[float] = []
        self._at = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

    def add(self, data: EntryData) -> int:
        """Encode, append, sign where due; answers the index."""
        index = len(self.lines)
        self._at += timedelta(milliseconds=7)
        began = time.process_time()
        line = encode(Entry("bench", index, self._at, data))
        merkle.append(self.nodes, index, merkle.leaf_hash(line))
        if data.type not in WITHOUT_PUBLIC_CHECKPOINT:
            root = merkle.root(self.nodes, index + 1)
            self.notes.append(self.signer.sign(Checkpoint("bench", index + 1, root)))
        self.took.append(time.process_time() - began)
        self.lines.append(line)
        return index


def measure(table: Table) -> None:
    """About half a minute."""
    rng, log = random.Random(0), _Log()
    log.add(LogStarted("m", "Kỳ họp", "Hội đồng nhân dân", log.signer.vkey, None))
    while len(log.lines) < ENTRIES:
        hold_poll(log.add, rng, f"poll-{len(log.lines)}")
    case = f"{ENTRIES:,} entries in memory"
    table.note(case, OURS, "checkpoints", len(log.notes), "signatures")
    note_spread(table, case, "append", log.took)
    size = len(log.lines)
    note_spread(table, case, "inclusion proof", _proofs(log, rng, size, consistency=False))
    note_spread(table, case, "consistency proof", _proofs(log, rng, size, consistency=True))
    out = io.BytesIO()
    log_files = LogFiles(log.lines, log.notes, [log.signer.vkey])
    write_archive(out, [log_files], {}, "")
    for library in (True, False):
        ed25519.HAS_CRYPTOGRAPHY = library
        how = "with cryptography" if library else "standard library alone"
        note_check(table, case, how, out)


def note_check(table: Table, case: str, how: str, archive: IO[bytes]) -> None:
    """Check an archive whole, as `./run verify` does; note the CPU of it."""
    began = time.process_time()
    lines = list(told(check(open_archive(archive)), "vi"))
    table.note(case, OURS, f"whole check, {how}", time.process_time() - began, "s CPU")
    if not lines:
        raise RuntimeError("the verifier has nothing to tell")


def hold_poll(add: Callable[[EntryData], int], rng: random.Random, poll: str) -> None:
    """The entries of a poll of 200 people: opened, sealed ballots, their openings, closed."""
    roster = [Seat(f"u{i}", f"Nguyễn Văn {i}", present=True) for i in range(PEOPLE)]
    quorum = QuorumFacts(PEOPLE, PEOPLE // 2 + 1, met=True)
    facts = (RULE, False, PEOPLE, PEOPLE, roster, None, None, None, CLERK, None, None, quorum)
    add(PollOpened(poll, "Nghị quyết", "Tán thành?", PollMethod.NAMED, OPTIONS, *facts))
    sealed, counts = [], {"for": 0, "against": 0}
    for seat in roster:
        choice = rng.choice(OPTIONS).key
        counts[choice] += 1
        ballot = Ballot(poll, seat.user_id, choice, Channel.TABLET, None, None, None, 1)
        salt = commitments.new_salt()
        index = add(BallotCommitted(poll, commitments.commit(salt, ballot)))
        sealed.append(BallotOpened(poll, index, salt.hex(), ballot))
    for opening in sealed:
        add(opening)
    needed = PEOPLE // 2 + 1
    verdict = Verdict.ADOPTED if counts["for"] >= needed else Verdict.NOT_ADOPTED
    result = (PEOPLE, 0, 0, 0, 0, counts, Base.ENTITLED, PEOPLE, needed, "for", verdict, None)
    add(PollClosed(poll, CLERK, PEOPLE, PEOPLE, *result))


def _proofs(log: _Log, rng: random.Random, size: int, *, consistency: bool) -> list[float]:
    took = []
    for _ in range(2000):
        place = rng.randrange(1, size)
        began = time.process_time()
        if consistency:
            merkle.consistency_proof(log.nodes, place, size)
        else:
            merkle.inclusion_proof(log.nodes, place, size)
        took.append(time.process_time() - began)
    return took


def note_spread(table: Table, case: str, metric: str, seconds: list[float]) -> None:
    """Mean, p99 and longest, in milliseconds of CPU."""
    ordered = sorted(value * 1000 for value in seconds)
    table.note(case, OURS, f"{metric}, mean", sum(ordered) / len(ordered), "ms CPU")
    table.note(case, OURS, f"{metric}, p99", percentile(ordered, 99), "ms CPU")
    table.note(case, OURS, f"{metric}, longest", ordered[-1], "ms CPU")
