"""Input of reports on votes: values in one language, independent of the database.

Labels, titles and names are in the language of the report. Times have the offset of the configured
time zone and are printed unchanged. Hashes and roots are lower-case hex.
"""

from datetime import datetime

import msgspec

from meetings.attendance.quorum_rules import Quorum, QuorumRule
from meetings.shared.attendance_status import AttendanceStatus
from meetings.voting.rules.poll_rules import Outcome, PollMethod, Rule, RuleWords
from meetings.voting.rules.question_rules import ChoiceKey, Option
from meetings.voting.rules.tally_rules import Channel, Count, Tally


class MeetingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The meeting of a report.

    body: of the meeting. superior: the body above it. kind: as stored; reports of party meetings
    have another masthead. of_body: the body after "tổng số đại biểu" in the announcement ("Hội đồng
    nhân dân xã"); "": the words of the rule. chairs: the first presides.
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
    """The document version that the question is about."""

    title: str
    version: int
    sha256: str


class Act(msgspec.Struct, frozen=True):
    """An action: who, when, and the reason if one was given."""

    by: str
    at: datetime
    reason: str = ""


class RulingFacts(msgspec.Struct, frozen=True):
    """The chair's ruling on a tie."""

    side: ChoiceKey
    reason: str
    by: str
    at: datetime


class TallyFacts(msgspec.Struct, frozen=True):
    """A tally as returned by `tally_rules.checked_tally`, and who entered it."""

    tally: Tally
    by: str


class VoterFacts(msgspec.Struct, frozen=True, kw_only=True):
    """An entitled person, with the ballot by name that counts, if there is one.

    entered_by, reason, confirmed_by: of a ballot recorded for this person.
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
    """Position of the closing or cancelling entry in the log, and a checkpoint that covers it.

    size, root: of the checkpoint. key: fingerprint of the key that signed it.
    """

    log_id: str
    index: int
    leaf_hash: str
    size: int
    root: str
    key: str


class PollFacts(msgspec.Struct, frozen=True, kw_only=True):
    """An ended poll.

    new_passwords: those that somebody set for a voter meanwhile, with the voter's name. closed,
    count, outcome: None for a cancelled poll. override: the opening without a quorum, with its
    reason. repeats: title of the poll that this one repeats. voters: the frozen roster in its
    order, with the choices of people who voted by name.
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
    new_passwords: tuple[tuple[str, Act], ...] = ()
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
    """One participant at the roll call. status None: not yet recorded."""

    name: str
    position: str | None = None
    entitled: bool
    status: AttendanceStatus | None
    reason: str = ""
    at: datetime | None = None


class AttendanceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The roll call. `words`: the body's terms for its people. `as_of`: time of reading.

    guests: those without an account. key: fingerprint of the installation's key, which signs the
    vote logs; None if it was lost.
    """

    rows: tuple[AttendanceRow, ...]
    guests: tuple[AttendanceRow, ...] = ()
    quorum: Quorum
    rule: QuorumRule
    words: RuleWords
    key: str | None = None
    as_of: datetime | None = None


class TellersRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Facts that only the tellers know. Empty fields are printed as dotted lines, to be filled in.

    number: of the report. symbol: after the number's slash ("BB-HĐND"). tellers: the head first.
    complaints, handling, conclusion: one paragraph for each line. copies: number of copies.
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
