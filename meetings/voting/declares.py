"""What votes let people do, tell the room, and refuse."""

from enum import StrEnum

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import IN_THE_ROOM, STAFF, Role
from meetings.meeting.declares import PREPARERS
from meetings.voting.poll_facts import OwnBallot, PollView


class Action(StrEnum):
    """What can be done with polls and with the log of their votes."""

    READ = "poll.read"
    READ_DRAFTS = "poll.read_drafts"
    READ_UNANNOUNCED = "poll.read_unannounced"
    PREPARE = "poll.prepare"
    OPEN = "poll.open"
    OVERRIDE_QUORUM = "poll.override_quorum"
    CLOSE = "poll.close"
    CANCEL = "poll.cancel"
    RULE = "poll.rule"
    ANNOUNCE = "poll.announce"
    REMIND = "poll.remind"
    CAST = "ballot.cast"
    RECORD = "ballot.record"
    CONFIRM = "ballot.confirm"
    TALLY = "poll.tally"
    WRITE_RECORD = "poll.write_record"
    READ_LOG = "vote_log.read"
    READ_HEAD = "vote_log.read_head"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.READ: IN_THE_ROOM | {Role.ADMIN},
    Action.READ_DRAFTS: PREPARERS,
    Action.READ_UNANNOUNCED: STAFF,
    Action.PREPARE: PREPARERS,
    Action.OPEN: STAFF,
    Action.OVERRIDE_QUORUM: frozenset({Role.CHAIR}),
    Action.CLOSE: STAFF,
    Action.CANCEL: STAFF,
    Action.RULE: frozenset({Role.CHAIR}),
    Action.ANNOUNCE: STAFF,
    Action.REMIND: STAFF,
    Action.CAST: IN_THE_ROOM,
    Action.RECORD: STAFF,
    Action.CONFIRM: STAFF,
    Action.TALLY: STAFF,
    Action.WRITE_RECORD: STAFF,
    Action.READ_LOG: IN_THE_ROOM - {Role.GUEST} | {Role.ADMIN},
    Action.READ_HEAD: IN_THE_ROOM | {Role.ADMIN},
}
"""The log names papers that guests may not read: to them only its heads and proofs are shown."""


class PollNotDraft(Refusal):
    """The question was put to the vote already: it can no longer be changed or begun."""

    code, status = "poll_not_draft", 409


class PollNotOpen(Refusal):
    """This vote is not open."""

    code, status = "poll_not_open", 409


class PollOpen(Refusal):
    """The vote is still open: nothing is counted before it is closed."""

    code, status = "poll_open", 409


class NotAnnounced(Refusal):
    """The result is for chair and secretary until the chair announces it."""

    code, status = "not_announced", 409


class PollNotClosed(Refusal):
    """Only a closed vote, neither cancelled nor announced, can be announced or ruled."""

    code, status = "poll_not_closed", 409


class VoteContradictsLog(Refusal):
    """What is kept of this vote is not what the log says: nothing of it may be used. `title`."""

    code, status = "vote_contradicts_log", 409


class RulingAwaited(Refusal):
    """A tie waits for the chair's ruling before it can be announced."""

    code, status = "ruling_awaited", 409


class AnotherPollOpen(Refusal):
    """Another vote on tablets is open: end it first. `title`: its title."""

    code, status = "another_poll_open", 409


class PollStillOpen(Refusal):
    """A meeting ends after its votes: end or cancel this one first. `title`: its title."""

    code, status = "poll_still_open", 409


class NoQuorum(Refusal):
    """Too few are present. The chair may begin all the same, giving a reason for the record."""

    code, status = "no_quorum", 409


class PaperReplaced(Refusal):
    """The question is about a version that was replaced. `current`: the newer one."""

    code, status = "paper_replaced", 409


class PaperNotShown(Refusal):
    """The paper of the question is gone, or was not published to the room."""

    code, status = "paper_not_shown", 409


class UnknownPaper(Refusal):
    """No paper of this meeting has this id and version."""

    code, status = "unknown_paper", 422


class NotAVoter(Refusal):
    """This person may not vote in this poll: not entitled, or not present when it was opened."""

    code, status = "not_a_voter", 403


class AlreadyVoted(Refusal):
    """This person's vote is in, and this poll allows no change."""

    code, status = "already_voted", 409


class AlreadyConfirmed(Refusal):
    """This ballot counts already, or another one of this person does."""

    code, status = "already_confirmed", 409


class SecondPersonNeeded(Refusal):
    """A ballot recorded for a member is confirmed by another person than the one who entered it."""

    code, status = "second_person_needed", 403


class BallotsUnconfirmed(Refusal):
    """Recorded ballots wait for the second person: confirm or discard them. `names`: of voters."""

    code, status = "ballots_unconfirmed", 409


class TallyMissing(Refusal):
    """A vote by hands or on paper needs its count before it can be closed."""

    code, status = "tally_missing", 409


class PollOrderIncomplete(Refusal):
    """An order names every question of the meeting that was not put yet, each once."""

    code, status = "poll_order_incomplete", 422


class NoSuchSize(Refusal):
    """The log never had this size or entry. `size`: what it has."""

    code, status = "no_such_size", 422


class PollPut(Event, frozen=True):
    """A question was prepared or changed; those who run the meeting see it."""

    type = "poll_put"
    audience = STAFF
    poll: PollView


class PollRemoved(Event, frozen=True):
    """A prepared question was taken away."""

    type = "poll_removed"
    audience = STAFF
    poll_id: str


class PollsReordered(Event, frozen=True):
    """The prepared questions were put in a new order."""

    type = "polls_reordered"
    audience = STAFF
    ids: tuple[str, ...]


class PollOpened(Event, frozen=True):
    """A vote began. `checkpoint`: the log's signed head with this in it."""

    type = "poll_opened"
    poll: PollView
    checkpoint: str


class PollClosed(Event, frozen=True):
    """A vote ended. Its result is in it for chair and secretary; for everybody else once it may be
    known to them: said again when the meeting ends before the announcement."""

    type = "poll_closed"
    poll: PollView
    checkpoint: str


class PollRuled(Event, frozen=True):
    """The chair ruled on a tie. Before the announcement chair and secretary alone are told."""

    type = "poll_ruled"
    poll: PollView
    checkpoint: str


class PollAnnounced(Event, frozen=True):
    """The result was announced."""

    type = "poll_announced"
    poll: PollView
    checkpoint: str


class PollCancelled(Event, frozen=True):
    """A vote was cancelled, for a reason that stands in it; it decides nothing."""

    type = "poll_cancelled"
    poll: PollView
    checkpoint: str


class BallotReceived(Event, frozen=True):
    """On a person's own stream: a ballot of theirs counts (sent, or recorded and confirmed)."""

    type = "ballot_received"
    mine = True
    meeting_id: str
    ballot: OwnBallot


class VoteReminded(Event, frozen=True):
    """On a person's own stream: those who run the meeting ask for the vote."""

    type = "vote_reminded"
    mine = True
    meeting_id: str
    poll_id: str
