"""The parts that entries of the vote log are made of: people, papers, heads of logs, ballots."""

from enum import StrEnum

import msgspec
from msgspec import UNSET, UnsetType

from meetings.voting.rules.tally_rules import Channel


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all parts: every field is always written, none is unknown."""


class Person(Part, frozen=True):
    """Somebody, with the name they had at that moment."""

    user_id: str
    name: str


class Seat(Part, frozen=True):
    """A person entitled to vote in one poll, and whether they were present when it opened."""

    user_id: str
    name: str
    present: bool


class Paper(Part, frozen=True):
    """The version of a paper that a question is about. `sha256`: hex."""

    document_id: str
    version: int
    title: str
    sha256: str


class Item(Part, frozen=True):
    """The agenda item that a question belongs to."""

    id: str
    title: str


class QuorumFacts(Part, frozen=True):
    """Present people against the number that the rule's quorum requires."""

    present: int
    required: int
    met: bool


class Head(Part, frozen=True):
    """The end of an earlier log that this one continues. `root`: hex.

    `signature_by_old`: hex, over `entries.continuation_message`, by the key in force at that end;
    None if that key was lost. Format 1 does not have it: UNSET.
    """

    log_id: str
    size: int
    root: str
    reason: str
    signature_by_old: str | None | UnsetType = UNSET


class Standing(StrEnum):
    """Whether a person is on a roster, and present."""

    NONE = "none"
    ABSENT = "absent"
    PRESENT = "present"


class SeatChange(Part, frozen=True):
    """What a change of a roster makes of one person."""

    user_id: str
    name: str
    before: Standing
    after: Standing


class Ballot(Part, frozen=True):
    """One person's choice. Recorded ballots name who entered and who confirmed them, and why."""

    poll_id: str
    user_id: str
    choice: str
    channel: Channel
    entered_by: Person | None
    reason: str | None
    confirmed_by: Person | None
    revision: int
