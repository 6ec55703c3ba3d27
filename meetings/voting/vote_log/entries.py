"""The entries of a vote log, one shape for each type, and their canonical bytes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

import msgspec
from msgspec import UNSET

from meetings.voting.rules.poll_rules import Base, PollMethod, Tie, Verdict
from meetings.voting.rules.question_rules import Option
from meetings.voting.rules.tally_rules import Channel
from meetings.voting.vote_log import jcs
from meetings.voting.vote_log.parts import (
    Ballot,
    Head,
    Item,
    Paper,
    Part,
    Person,
    QuorumFacts,
    Seat,
    SeatChange,
)


class EntryData(Part, frozen=True):
    """What an entry says. `type` names the shape in the log."""

    type: ClassVar[str]


class LogStarted(EntryData, frozen=True):
    """Always entry 0, never another."""

    type = "log_started"
    meeting_id: str
    meeting_title: str
    body: str
    key: str
    continues: Head | None


class PaperPublished(EntryData, frozen=True):
    type = "paper_published"
    document_id: str
    version: int
    title: str
    sha256: str


class PollOpened(EntryData, frozen=True):
    """`roster`: all entitled people in the order of listing; `chair`: who presides now.

    `rule`: `rule_packs.frozen_copy`; as plain values, so that old logs outlive changes of packs.
    """

    type = "poll_opened"
    poll_id: str
    title: str
    question: str
    method: PollMethod
    options: list[Option]
    rule: dict[str, Any]
    allow_change: bool
    n: int
    present: int
    roster: list[Seat]
    chair: Person | None
    document: Paper | None
    agenda_item: Item | None
    opened_by: Person
    override_reason: str | None
    repeats: str | None
    quorum: QuorumFacts


class RosterChanged(EntryData, frozen=True):
    """Of an open poll; or, without a poll, of the meeting for all polls opened afterwards."""

    type = "roster_changed"
    poll_id: str | None
    changes: list[SeatChange]
    reason: str
    by: Person


class BallotCommitted(EntryData, frozen=True):
    """Somebody voted; who and what stays sealed until closing."""

    type = "ballot_committed"
    poll_id: str
    commitment: str


class TallyRecorded(EntryData, frozen=True):
    """Counts by hand, first in the closing transaction. The three numbers of papers, else null."""

    type = "tally_recorded"
    poll_id: str
    channel: Channel
    counts: dict[str, int]
    issued: int | None
    returned: int | None
    invalid: int | None
    by: Person


class BallotOpened(EntryData, frozen=True):
    """One for each commitment, in the order of commitments, in the closing transaction."""

    type = "ballot_opened"
    poll_id: str
    committed_index: int
    salt: str
    ballot: Ballot


class PollClosed(EntryData, frozen=True):
    """voted = sum of counts + invalid; n = voted + not_returned + not_sent + absent."""

    type = "poll_closed"
    poll_id: str
    closed_by: Person
    n: int
    present: int
    voted: int
    invalid: int
    not_returned: int
    not_sent: int
    absent: int
    counts: dict[str, int]
    base: Base
    base_number: int
    required: int
    deciding: str | None
    verdict: Verdict
    tie: Tie | None


class PollRuled(EntryData, frozen=True):
    """The chair's ruling on a tie. `side`: for or against."""

    type = "poll_ruled"
    poll_id: str
    side: str
    reason: str
    by: Person
    verdict: Verdict


class PollCancelled(EntryData, frozen=True):
    """`by` is null when a restore cancelled the poll."""

    type = "poll_cancelled"
    poll_id: str
    reason: str
    by: Person | None


class PollAnnounced(EntryData, frozen=True):
    type = "poll_announced"
    poll_id: str
    by: Person


class KeyRotated(EntryData, frozen=True):
    """`signature_by_old`: hex, over `checkpoint.rotation_message`."""

    type = "key_rotated"
    old_key: str
    new_key: str
    signature_by_old: str


SHAPES: dict[str, type[EntryData]] = {shape.type: shape for shape in EntryData.__subclasses__()}

UNSIGNED_UNTIL_LATER: frozenset[str] = frozenset(
    {BallotCommitted.type, TallyRecorded.type, BallotOpened.type}
)
"""After an entry of any other type its transaction signs a checkpoint."""


@dataclass(frozen=True)
class Entry:
    """One line of a log. `at` has an offset and is kept to the millisecond."""

    log_id: str
    index: int
    at: datetime
    data: EntryData


class _Envelope(Part, frozen=True):
    v: int
    log_id: str
    index: int
    at: str
    type: str
    data: msgspec.Raw


def encode(entry: Entry) -> bytes:
    """The canonical bytes, without a newline. Raises jcs.NotCanonical."""
    return jcs.encode(
        {
            "v": version_of(entry.data),
            "log_id": entry.log_id,
            "index": entry.index,
            "at": moment(entry.at),
            "type": entry.data.type,
            "data": msgspec.to_builtins(entry.data),
        }
    )


def version_of(data: EntryData) -> int:
    """The first version of the format that knows this entry."""
    continues = data.continues if isinstance(data, LogStarted) else None
    signed = continues is not None and continues.signature_by_old is not UNSET
    return 2 if signed or isinstance(data, RosterChanged) else 1


def continuation_message(log_id: str, old_vkey: str, start: LogStarted) -> bytes:
    """What the old key signs so that the log `log_id`, which starts so, continues its own."""
    assert start.continues is not None
    bare = msgspec.structs.replace(start.continues, signature_by_old=None)
    whole = jcs.encode(msgspec.to_builtins(msgspec.structs.replace(start, continues=bare)))
    return f"dienhong log continuation\n{log_id}\n{old_vkey}\n".encode() + whole + b"\n"


def encode_ballot(ballot: Ballot) -> bytes:
    """The canonical bytes of a ballot, as they are sealed."""
    return jcs.encode(msgspec.to_builtins(ballot))


def decode(line: bytes) -> Entry:
    """An entry that this server wrote. Raises msgspec.ValidationError, KeyError (unknown type)."""
    whole = msgspec.json.decode(line, type=_Envelope)
    data = msgspec.json.decode(whole.data, type=SHAPES[whole.type])
    return Entry(whole.log_id, whole.index, datetime.fromisoformat(whole.at), data)


def moment(at: datetime) -> str:
    """A time as entries write it: UTC, three decimals, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
