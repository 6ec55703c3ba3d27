"""Stored opening, closing and ending of a poll, and the public views of polls and ballots."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from core.i18n import Words
from meetings.voting.rules.poll_rules import Outcome, Tie
from meetings.voting.rules.question_rules import Option
from meetings.voting.rules.tally_rules import Count
from meetings.voting.vote_log.parts import LogPlace, Paper, Person, QuorumFacts


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """How a poll was opened; frozen. `voters`: ids of those who may vote."""

    at: datetime
    by: Person
    n: int
    present: int
    voters: Sequence[str]
    chair: Person | None
    document: Paper | None
    quorum: QuorumFacts
    override_reason: str | None
    log_index: int


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """How a poll was closed, with its result. `outcome` includes the chair's ruling.

    place: of the closing entry in the log.
    """

    at: datetime
    by: Person
    count: Count
    outcome: Outcome
    place: LogPlace


class Ruling(msgspec.Struct, frozen=True):
    """The chair's ruling on a tie. `side`: for or against."""

    side: str
    reason: str
    by: Person
    at: datetime


class RosterChange(msgspec.Struct, frozen=True):
    """A new password that somebody set for a voter while the poll was open. log_index: of the first
    of the two `roster_changed` entries about it."""

    person: Person
    reason: str
    by: Person
    at: datetime
    log_index: int


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """What followed the opening or closing: a ruling, the announcement, or a cancellation; and
    changes about people on the roster."""

    roster_changes: Sequence[RosterChange] = ()
    ruling: Ruling | None = None
    announced_at: datetime | None = None
    announced_by: Person | None = None
    cancelled_at: datetime | None = None
    cancelled_by: Person | None = None
    cancel_reason: str | None = None
    cancelled_in: LogPlace | None = None


class RuleCard(msgspec.Struct, frozen=True):
    """A rule as shown beside a question. `line`: with the numbers of this poll, once it is open."""

    id: str
    version: int
    title: Words
    formula: Words
    citation: Words
    confirmed: bool
    line: Words | None = None


class VotedPaper(msgspec.Struct, frozen=True):
    """The document version of a question. Without its title, which some roles may not read."""

    document_id: str
    version: int
    sha256: str


class OpenedCard(msgspec.Struct, frozen=True, kw_only=True):
    """The public view of an opening."""

    at: datetime
    by: Person
    n: int
    present: int
    voters: Sequence[str]
    chair: Person | None
    document: VotedPaper | None
    quorum: QuorumFacts
    override_reason: str | None


class ResultWords(msgspec.Struct, frozen=True):
    """The sentences of a result in one language.

    identity: the numbers as a sum, for reports. breakdown: the same numbers in words, for screens.
    """

    heading: str
    arithmetic: str
    identity: str
    breakdown: str
    announcement: str


class ResultNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a result, and their position in the log. See `Count` and `Outcome`."""

    n: int
    present: int
    voted: int
    counts: dict[str, int]
    invalid: int
    not_returned: int
    not_sent: int
    absent: int
    base: str
    base_number: int
    required: int
    deciding: str | None
    reached: int
    missing: int
    surplus: int
    verdict: str
    tie: Tie | None
    log_id: str
    log_index: int
    leaf_hash: str


class ResultCard(ResultNumbers, frozen=True, kw_only=True):
    """The public view of a result, without names."""

    at: datetime
    by: Person
    vi: ResultWords
    en: ResultWords


class PollView(msgspec.Struct, frozen=True, kw_only=True):
    """A poll as clients show it. Drafts are visible to chair and secretary only.

    version: of the document. revision: rises with each change of the draft. opened: None for a
    draft. closed_at, result: None until closed. Before the announcement, the result and a ruling
    are None for roles without access to them.
    """

    id: str
    meeting_id: str
    position: int
    title: str
    question: str
    method: str
    rule_id: str
    rule: RuleCard
    options: Sequence[Option]
    agenda_item_id: str | None
    document_id: str | None
    version: int | None
    allow_change: bool
    timer_seconds: int | None
    repeats: str | None
    status: str
    opened: OpenedCard | None
    closed_at: datetime | None
    result: ResultCard | None
    ending: Ending
    revision: int = 1


class Receipt(msgspec.Struct, frozen=True):
    """A committed ballot's place in the log, and the proof that the server committed to it.

    note: the signed checkpoint of the log that ends with this ballot. proof: the inclusion proof
    of the leaf under it (RFC 6962), hashes in hex, leaf first. Both are absent on ballots cast
    before receipts were signed.
    """

    log_id: str
    log_index: int
    leaf_hash: str
    proof: Sequence[str] | UnsetType = UNSET
    note: str | UnsetType = UNSET


class OwnBallot(msgspec.Struct, frozen=True):
    """The ballot of a person that counts in a poll.

    channel: tablet or recorded. at: when it was sent or entered.
    """

    poll_id: str
    choice: str
    channel: str
    revision: int
    receipt: Receipt
    at: datetime


class VoteProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Progress of an open poll: everything that may be disclosed before closing.

    waiting, unconfirmed, tallied: for chair and secretary only: ids of voters without a ballot,
    recorded ballots that wait for the second person, channels with a tally.
    """

    poll_id: str
    voted: int
    present: int
    n: int
    waiting: Sequence[str] | UnsetType = UNSET
    unconfirmed: Sequence["Unconfirmed"] | UnsetType = UNSET
    tallied: Sequence["Tallied"] | UnsetType = UNSET


class Unconfirmed(msgspec.Struct, frozen=True):
    """A recorded ballot that waits for the second person; without its choice."""

    ballot_id: str
    user_id: str
    entered_by: str


class Tallied(msgspec.Struct, frozen=True):
    """A channel with a tally; `people`: how many people it stands for. Without its counts."""

    channel: str
    people: int
    by: str
