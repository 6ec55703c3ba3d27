"""The entry types of a vote log and their canonical bytes."""

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
    """The data of an entry. `type`: its type name in the log."""

    type: ClassVar[str]


class LogStarted(EntryData, frozen=True):
    """Entry 0 of every log, and of no other index."""

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
    """roster: all entitled people in the order of listing. chair: the presiding chair.

    rule: `rules.packs.frozen_copy`, as plain values, so that old logs stay readable when rule packs
    change.
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
    """A change of an open poll's roster; without a poll, of the meeting, for all later polls."""

    type = "roster_changed"
    poll_id: str | None
    changes: list[SeatChange]
    reason: str
    by: Person


class BallotCommitted(EntryData, frozen=True):
    """A vote was cast; voter and choice are secret until closing."""

    type = "ballot_committed"
    poll_id: str
    commitment: str


class TallyRecorded(EntryData, frozen=True):
    """A tally; written first in the closing transaction.

    issued, returned, invalid: of paper ballots, else null.
    """

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
    """`by` is null if a restore cancelled the poll."""

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

WITHOUT_PUBLIC_CHECKPOINT: frozenset[str] = frozenset(
    {BallotCommitted.type, TallyRecorded.type, BallotOpened.type}
)
"""The checkpoint of a transaction with an entry of any other type is public."""


@dataclass(frozen=True)
class Entry:
    """One entry of a log. `at` has an offset and is stored with millisecond precision."""

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
    """The canonical bytes, without a newline. Raises: jcs.NotCanonical."""
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
    """The first version of the format that supports this entry."""
    continues = data.continues if isinstance(data, LogStarted) else None
    signed = continues is not None and continues.signature_by_old is not UNSET
    return 2 if signed or isinstance(data, RosterChanged) else 1


def continuation_message(log_id: str, old_vkey: str, start: LogStarted) -> bytes:
    """The bytes that the old key signs to authorize log `log_id` as continuation of its log.

    start: the first entry of `log_id`.
    """
    assert start.continues is not None
    bare = msgspec.structs.replace(start.continues, signature_by_old=None)
    whole = jcs.encode(msgspec.to_builtins(msgspec.structs.replace(start, continues=bare)))
    return f"dienhong log continuation\n{log_id}\n{old_vkey}\n".encode() + whole + b"\n"


def encode_ballot(ballot: Ballot) -> bytes:
    """The canonical bytes of a ballot, as used in commitments."""
    return jcs.encode(msgspec.to_builtins(ballot))


def decode(line: bytes) -> Entry:
    """Parse an entry written by this server.

    Raises: msgspec.ValidationError, KeyError (unknown type).
    """
    whole = msgspec.json.decode(line, type=_Envelope)
    data = msgspec.json.decode(whole.data, type=SHAPES[whole.type])
    return Entry(whole.log_id, whole.index, datetime.fromisoformat(whole.at), data)


def moment(at: datetime) -> str:
    """A time in the format of entries: UTC, three decimals, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
