"""What the papers of a vote are made of: values, in one language, without a database.

Texts are already chosen in the language of the paper (labels, titles, names). Times carry the
offset of the building's zone and are printed as they are. Hashes and roots are lower-case hex.
"""

from datetime import datetime

import msgspec

from meetings.attendance.quorum_rules import Quorum, QuorumRule
from meetings.shared.attendance_status import AttendanceStatus
from meetings.voting.rules.poll_rules import Outcome, PollMethod, Rule, RuleWords
from meetings.voting.rules.question_rules import ChoiceKey, Option
from meetings.voting.rules.tally_rules import Channel, Count, Tally


class MeetingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The meeting that a paper is of.

    body: whose meeting it is. superior: the body above it. kind: as the meeting keeps it; papers of
    party meetings bear another masthead. of_body: what the sentence to read aloud says after "tổng
    số đại biểu" ("Hội đồng nhân dân xã"); "": the words of the rule. chairs: the first presides.
    """

    body: str
    superior: str | None = None
    of_body: str = ""
    title: str
    kind: str
    place: str
    starts_at: datetime
    chairs: tuple[str, ...]
    secretaries: tuple[str, ...]


class DocumentFacts(msgspec.Struct, frozen=True):
    """The version of a paper that the question refers to."""

    title: str
    version: int
    sha256: str


class Act(msgspec.Struct, frozen=True):
    """Who did something, and when. `reason`: where one was given."""

    by: str
    at: datetime
    reason: str = ""


class RulingFacts(msgspec.Struct, frozen=True):
    """How the chair decided a tie."""

    side: ChoiceKey
    reason: str
    by: str
    at: datetime


class TallyFacts(msgspec.Struct, frozen=True):
    """Numbers counted by hand, as `tally_rules.checked_tally` gives them, and who entered them."""

    tally: Tally
    by: str


class VoterFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One of the entitled, with the vote that counts, where one was cast by name.

    entered_by, reason, confirmed_by: of a vote that somebody recorded for this person.
    """

    name: str
    position: str | None = None
    present: bool
    choice: str | None = None
    channel: Channel | None = None
    at: datetime | None = None
    entered_by: str | None = None
    reason: str | None = None
    confirmed_by: str | None = None


class LogFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Where the log holds the poll: the closing (or cancelling) entry, and a checkpoint after it.

    size, root: of the checkpoint.
    """

    log_id: str
    index: int
    leaf_hash: str
    size: int
    root: str


class PollFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A poll that is over.

    closed, count, outcome: of one that was not cancelled; of a cancelled one nothing is counted.
    override: of starting below quorum, with its reason. repeats: title of the poll that this one
    repeats. voters: everybody on the frozen roster in its order, with the choices of those who have
    voted by name.
    """

    title: str
    question: str
    method: PollMethod
    options: tuple[Option, ...]
    rule: Rule
    allow_change: bool = False
    agenda_item: str | None = None
    document: DocumentFacts | None = None
    repeats: str | None = None
    opened: Act
    override: Act | None = None
    closed: Act | None = None
    announced_at: datetime | None = None
    cancelled: Act | None = None
    count: Count | None = None
    outcome: Outcome | None = None
    ruling: RulingFacts | None = None
    tallies: tuple[TallyFacts, ...] = ()
    voters: tuple[VoterFacts, ...] = ()
    log: LogFacts


class AttendanceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One participant at the roll call. status None: nothing was said yet."""

    name: str
    position: str | None = None
    entitled: bool
    status: AttendanceStatus | None
    reason: str = ""
    at: datetime | None = None


class AttendanceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The roll call. `words`: what the body calls its people. `as_of`: when it was read.

    guests: those without an account.
    """

    rows: tuple[AttendanceRow, ...]
    guests: tuple[AttendanceRow, ...] = ()
    quorum: Quorum
    rule: QuorumRule
    words: RuleWords
    as_of: datetime | None = None


class TellersRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What only the tellers know. What is empty is printed as a dotted line, to be filled in.

    number: of the paper. symbol: after the number's stroke ("BB-HĐND"). tellers: the head first.
    complaints, handling, conclusion: paragraphs are lines. copies: how many are made.
    """

    number: str = ""
    symbol: str = ""
    place: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    tellers: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    complaints: str = ""
    handling: str = ""
    conclusion: str = ""
    copies: str = ""
