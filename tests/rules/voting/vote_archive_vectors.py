"""Whole archives for the test vectors: what a verifier is given, and how it has to end."""

import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from meetings.voting.rules.poll_rules import PollMethod, Tie, TieFlow, Verdict
from meetings.voting.rules.tally_rules import Channel
from meetings.voting.vote_log import commitments, merkle
from meetings.voting.vote_log.archive import LogFiles
from meetings.voting.vote_log.checkpoint import Checkpoint, Signer
from meetings.voting.vote_log.entries import (
    BallotCommitted,
    BallotOpened,
    LogStarted,
    PaperPublished,
    PollCancelled,
    PollRuled,
    RosterChanged,
    TallyRecorded,
    continuation_message,
)
from meetings.voting.vote_log.parts import Ballot, Head, Person, SeatChange, Standing
from tests.rules.voting import vote_zip_vectors
from tests.rules.voting.vote_archives import LogUnderWay
from tests.rules.voting.vote_forgeries import sealed
from tests.rules.voting.vote_vector_parts import CLERK, PAPER, SECOND, closed, opened, rule

BODY = "Ủy ban nhân dân xã Đông Sơn"
REASON = "Khôi phục từ bản sao lưu"
CHAIR = Person("u1", "Trần Văn An")
BY_TABLET = (Channel.TABLET, None, None, None)
BY_HAND = (Channel.RECORDED, CLERK, "Máy hết pin", SECOND)


def _begun(log_id: str, first: Signer) -> LogUnderWay:
    log = LogUnderWay(log_id, first, BODY)
    log.add(PaperPublished(PAPER.document_id, PAPER.version, PAPER.title, PAPER.sha256))
    return log


def _sealed(log: LogUnderWay, ballots: Sequence[Ballot]) -> list[BallotOpened]:
    """Commit these ballots; answers what opens them."""
    salts, openings = random.Random(log.log_id), []
    for ballot in ballots:
        salt = salts.randbytes(32)
        committed = BallotCommitted(ballot.poll_id, commitments.commit(salt, ballot))
        openings.append(BallotOpened(ballot.poll_id, log.add(committed), salt.hex(), ballot))
    return openings


def _decision() -> dict[str, Any]:
    """A rule whose quorum says everything, as the server writes it."""
    whole = rule("ubnd_decision", "chair_side")
    whole["quorum"] |= {"formula": whole["title"], "confirmed": False}
    return whole


def _ruling(first: Signer) -> LogUnderWay:
    """A tie in which the chair did not vote, and the ruling on it."""
    log = _begun("Ruling", first)
    log.add(opened("p1", PollMethod.NAMED, _decision()))
    votes = [
        Ballot("p1", "u2", "for", *BY_TABLET, 1),
        Ballot("p1", "u5", "against", *BY_TABLET, 1),
    ]
    for opening in _sealed(log, votes):
        log.add(opening)
    tie = Tie(TieFlow.RULING, "u1", None)
    waiting = Verdict.TIE_NEEDS_RULING
    counts = {"for": 1, "against": 1, "abstain": 0}
    log.add(closed("p1", counts, not_sent=2, verdict=waiting, tie=tie))
    log.add(PollRuled("p1", "for", "Theo quy chế làm việc", CHAIR, Verdict.ADOPTED))
    return log


def _mixed(first: Signer) -> LogUnderWay:
    """One poll: a ballot by tablet, one entered on behalf, a show of hands, a paper ballot."""
    log = _begun("Mixed", first)
    log.add(opened("p1", PollMethod.HANDS, rule("committee_general", "not_adopted")))
    votes = [Ballot("p1", "u1", "for", *BY_TABLET, 1), Ballot("p1", "u2", "against", *BY_HAND, 1)]
    openings = _sealed(log, votes)
    none = {"for": 0, "against": 0, "abstain": 0}
    by_hands = {**none, "for": 1}
    log.add(TallyRecorded("p1", Channel.HANDS, by_hands, None, None, None, CLERK))
    log.add(TallyRecorded("p1", Channel.PAPER, {**none, "abstain": 1}, 1, 1, 0, CLERK))
    for opening in openings:
        log.add(opening)
    counts = {"for": 2, "against": 1, "abstain": 1}
    log.add(closed("p1", counts, verdict=Verdict.NOT_ADOPTED))
    return log


def _roster(first: Signer) -> LogUnderWay:
    """The roster changes before a poll and while it is open."""
    log = _begun("Roster", first)
    late = SeatChange("u4", "Đỗ Văn Dũng", Standing.NONE, Standing.ABSENT)
    log.add(RosterChanged(None, [late], "Được bầu bổ sung", CLERK))
    log.add(opened("p1", PollMethod.NAMED, rule("committee_general", "not_adopted")))
    changes = [
        SeatChange("u4", "Đỗ Văn Dũng", Standing.ABSENT, Standing.PRESENT),
        SeatChange("u5", "Hoàng Thị Em", Standing.PRESENT, Standing.NONE),
        SeatChange("u8", "Bùi Thị Giang", Standing.NONE, Standing.PRESENT),
    ]
    log.add(RosterChanged("p1", changes, "Đến muộn; ghi nhầm danh sách", CLERK))
    votes = [Ballot("p1", person, "for", *BY_TABLET, 1) for person in ("u1", "u4", "u8")]
    for opening in _sealed(log, votes):
        log.add(opening)
    counts = {"for": 3, "against": 0, "abstain": 0}
    log.add(closed("p1", counts, present=5, absent=0, not_sent=2))
    return log


def _continued(
    earlier: LogUnderWay, key: Signer, old: Signer | None = None, *, null: bool = False
) -> LogUnderWay:
    """A restore found the poll open, and cancelled it."""
    head = earlier.head(REASON)
    if null:
        head = msgspec.structs.replace(head, signature_by_old=None)
    log = LogUnderWay("Restored", key, BODY, head, old)
    log.add(PollCancelled("p1", "Máy chủ được khôi phục khi đang biểu quyết", None))
    return log


def _signed_by_old(log: LogUnderWay, key: Signer, **changed: str) -> LogFiles:
    """The log with another beginning, which its own key signs as the old one."""
    start = json.loads(log.lines[0])
    start["data"] |= {name: value for name, value in changed.items() if name != "log_id"}
    log_id = changed.get("log_id", log.log_id)
    data = msgspec.convert(start["data"], LogStarted)
    signature = key.continue_log(continuation_message(log_id, key.vkey, data))
    assert isinstance(data.continues, Head)
    named = msgspec.structs.replace(data.continues, signature_by_old=signature)
    other = LogUnderWay(log_id, key, BODY, named)
    lines = [other.lines[0], *log.lines[1:]]
    lines[0] = lines[0].replace(b'"meeting-1"', f'"{data.meeting_id}"'.encode())
    lines[1] = lines[1].replace(b'"Restored"', f'"{log_id}"'.encode())
    return sealed(lines, [key], log_id)


def _logs(first: Signer, second: Signer) -> dict[str, LogFiles]:
    earlier = _begun("Earlier", first)
    earlier.add(opened("p1", PollMethod.HANDS, rule("committee_general", "not_adopted")))
    head = earlier.checkpoint()
    beyond = first.sign(Checkpoint("Earlier", head.size + 2, b"\x07" * 32))
    whole = earlier.files()
    plain = _begun("Plain", first)
    plain.add(PaperPublished("d2", 1, "Tờ trình", "6d" * 32))
    same = _continued(earlier, first)
    return {
        "plain": plain.files(),
        "ruling": _ruling(first).files(),
        "mixed": _mixed(first).files(),
        "roster": _roster(first).files(),
        "earlier": whole,
        "earlier, with a checkpoint beyond its end": LogFiles(
            whole.lines, [*whole.notes, beyond], whole.vkeys
        ),
        "restored": same.files(),
        "restored, signed": _continued(earlier, first, first).files(),
        "restored under key 2": _continued(earlier, second).files(),
        "restored under key 2, null": _continued(earlier, second, null=True).files(),
        "restored under key 2, signed": _continued(earlier, second, first).files(),
        "restored under key 2, signed by it": _continued(earlier, second, second).files(),
        "restored, the same id": _signed_by_old(same, first, log_id="Earlier"),
        "restored, another meeting": _signed_by_old(same, first, meeting_id="meeting-2"),
    }


def _case(name: str, logs: Sequence[str], end: int, **more: Any) -> dict[str, Any]:
    return {"name": name, "logs": list(logs), **more, "exit": end}


def _chains(first: Signer, second: Signer) -> Iterator[dict[str, Any]]:
    """Restores, and whose key vouches for them."""
    one, two = {"key": first.vkey}, {"key": second.vkey}
    broken = {"log": 2, "index": 0}
    for given in ({}, one):
        yield _case("a restore, format 1", ["earlier", "restored"], 0, **given)
        yield _case("a restore, format 2", ["earlier", "restored, signed"], 0, **given)
    signed = ["earlier", "restored under key 2, signed"]
    yield _case("a new key, named by the old one", signed, 0, **one)
    yield _case("a new key, the new one known", signed, 0, **two)
    for given in ({}, one, two):
        yield _case("a new key, format 1", ["earlier", "restored under key 2"], 4, **given)
        yield _case(
            "a new key, the old one lost", ["earlier", "restored under key 2, null"], 4, **given
        )
    wrong = ["earlier", "restored under key 2, signed by it"]
    yield _case("a signature of another key", wrong, 1, **broken)
    yield _case("the id of the earlier log", ["earlier", "restored, the same id"], 1, **broken)
    yield _case("another meeting", ["earlier", "restored, another meeting"], 1, **broken)
    beyond = ["earlier, with a checkpoint beyond its end", "restored"]
    yield _case("an earlier log without its end", beyond, 1, log=1, index=3)
    yield _case("a key that signed nothing", ["plain"], 1, **two, log=1, index=0)


def _bad_checkpoints(plain: LogFiles, first: Signer, second: Signer) -> Iterator[dict[str, Any]]:
    """The second of three checkpoints is another text. Its log has three entries."""
    nodes = merkle.NodesInMemory()
    for size, line in enumerate(plain.lines):
        merkle.append(nodes, size, merkle.leaf_hash(line))
    head = Checkpoint("Plain", 2, merkle.root(nodes, 2))
    text, _, signature = first.sign(head).partition("\n\n")
    stranger = second.sign(head).partition("\n\n")[2]
    half = signature[: len(signature) // 2]
    other_root = Checkpoint("Plain", 2, b"\x07" * 32)
    for name, note, end in (
        ("sixteen signature lines", f"{text}\n\n{stranger * 15}{signature}", 0),
        ("seventeen signature lines", f"{text}\n\n{stranger * 16}{signature}", 1),
        ("a line of another key alone", f"{text}\n\n{stranger}", 1),
        ("no signature line", f"{text}\n\n", 1),
        ("half a signature", f"{text}\n\n{half}\n", 1),
        ("a last line without a newline", f"{text}\n\n{signature[:-1]}", 1),
        ("an extension line", f"{text}\nextension\n\n{signature}", 1),
        ("a size with a zero before it", f"{text}\n\n{signature}".replace("\n2\n", "\n02\n"), 1),
        ("another size", f"{text}\n\n{signature}".replace("\n2\n", "\n1\n"), 1),
        ("the size of the one before", plain.notes[0], 1),
        ("of another log", first.sign(Checkpoint("Other", 2, head.root)), 1),
        ("another root, rightly signed", first.sign(other_root), 1),
    ):
        texts = [plain.notes[0], note, *plain.notes[2:]]
        facts = {"log": 1, "index": 1} if end else {}
        yield _case(f"checkpoint: {name}", ["plain"], end, checkpoints="--\n".join(texts), **facts)


def _kept(plain: LogFiles, first: Signer, second: Signer) -> Iterator[dict[str, Any]]:
    """Checkpoints that somebody kept."""
    root = b"\x07" * 32

    def note(size: int, log_id: str = "Plain", key: Signer = first) -> str:
        return key.sign(Checkpoint(log_id, size, root))

    yield _case("kept: one that the archive has", ["plain"], 0, kept=plain.notes[1])
    yield _case("kept: two", ["plain"], 0, kept="--\n".join(plain.notes[1:]))
    yield _case("kept: another root", ["plain"], 1, kept=note(2), log=1, index=1)
    yield _case("kept: larger than the last log", ["plain"], 1, kept=note(5), log=1, index=3)
    yield _case("kept: by no key of it", ["plain"], 1, kept=note(2, key=second), log=1, index=1)
    yield _case("kept: of a log that is not there", ["plain"], 2, kept=note(2, "Other"))
    yield _case("kept: no checkpoint", ["plain"], 2, kept="hello\n")
    chain = ["earlier", "restored"]
    yield _case("kept: larger than an earlier log", chain, 4, kept=note(9, "Earlier"))


def vectors(first: Signer, second: Signer) -> dict[str, Any]:
    """The members `continuation`, `logs`, `archives` and `zips`."""
    logs = _logs(first, second)
    start = json.loads(logs["restored under key 2, signed"].lines[0])["data"]
    message = continuation_message("Restored", first.vkey, msgspec.convert(start, LogStarted))
    return {
        "continuation": {
            "message": message.decode(),
            "signature": start["continues"]["signature_by_old"],
        },
        "logs": {
            name: {
                "lines": [line.decode() for line in log.lines],
                "checkpoints": list(log.notes),
                "keys": list(log.vkeys),
            }
            for name, log in logs.items()
        },
        "archives": [
            _case("a ruling", ["ruling"], 0, verdicts={"p1": "adopted"}),
            _case("all channels in one poll", ["mixed"], 0, verdicts={"p1": "not_adopted"}),
            _case("changes of the roster", ["roster"], 0, verdicts={"p1": "adopted"}),
            *_chains(first, second),
            *_bad_checkpoints(logs["plain"], first, second),
            *_kept(logs["plain"], first, second),
        ],
        "zips": vote_zip_vectors.vectors(logs["plain"]),
    }
