"""Value types in entries of the vote log: people, documents, heads of logs, ballots."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from msgspec import UNSET, UnsetType

from meetings.voting.rules.tally_rules import Channel


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all parts: every field is always written, and unknown fields are refused."""


class Person(Part, frozen=True):
    """A person with the name at that time."""

    user_id: str
    name: str


class Seat(Part, frozen=True):
    """A person entitled to vote in one poll, and whether the person was present at the opening."""

    user_id: str
    name: str
    present: bool


class Paper(Part, frozen=True):
    """The document version that a question is about. `sha256`: hex."""

    document_id: str
    version: int
    title: str
    sha256: str


class Item(Part, frozen=True):
    """The agenda item of a question."""

    id: str
    title: str


class QuorumFacts(Part, frozen=True):
    """Number of people present, and the number that the rule's quorum requires."""

    present: int
    required: int
    met: bool


class Head(Part, frozen=True):
    """The end of an earlier log that this log continues. `root`: hex.

    `signature_by_old`: hex, over `entries.continuation_message`, by the key in force at that end;
    None if that key was lost; UNSET in format 1, which does not have it.
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
    """The change of one person on a roster."""

    user_id: str
    name: str
    before: Standing
    after: Standing


class Ballot(Part, frozen=True):
    """One person's choice. entered_by, confirmed_by, reason: of a recorded ballot."""

    poll_id: str
    user_id: str
    choice: str
    channel: Channel
    entered_by: Person | None
    reason: str | None
    confirmed_by: Person | None
    revision: int


class LogPlace(msgspec.Struct, frozen=True):
    """Position of one entry in a log. leaf_hash: hex."""

    log_id: str
    index: int
    leaf_hash: str


class Rotation(msgspec.Struct, frozen=True):
    """One key rotation of a log; see docs/vote-log.md."""

    old_key: str
    new_key: str
    signature_by_old: str


INSTALLATION = "installation"
"""In place of a log id: what an old key signs for the rotation of the installation's own key."""


class LogKeys(msgspec.Struct, frozen=True):
    """The first key of a log or installation, and its rotations in order."""

    first: str
    rotations: Sequence[Rotation] = ()

    @property
    def vkeys(self) -> list[str]:
        """Every key, in the order of use."""
        return [self.first, *(one.new_key for one in self.rotations)]

    def rotated(self, change: Rotation) -> "LogKeys":
        """These keys after one more rotation."""
        return LogKeys(self.first, [*self.rotations, change])
