"""Permissions, refusals and events of voting."""

from enum import StrEnum

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import IN_THE_ROOM, STAFF, Role
from meetings.meeting.declares import PREPARERS
from meetings.voting.poll_facts import OwnBallot, PollView


class Action(StrEnum):
    """Actions on polls, ballots and the vote log."""

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
"""Log entries name documents that guests may not read. Guests read only checkpoints and proofs."""


class PollNotDraft(Refusal):
    """The poll is not a draft any more: it cannot be changed or opened."""

    code, status = "poll_not_draft", 409


class DraftChanged(Refusal):
    """The draft was changed after the person who opens the poll saw it."""

    code, status = "draft_changed", 409


class PollOpenForPerson(Refusal):
    """The person is on the roster of an open poll, which decides until it ends. `title`: the
    poll's. A new password needs a reason then, which the result shows."""

    code, status = "poll_open_for_person", 409


class PollNotOpen(Refusal):
    """The poll is not open."""

    code, status = "poll_not_open", 409


class PollOpen(Refusal):
    """The poll is still open. Votes are counted at closing."""

    code, status = "poll_open", 409


class NotAnnounced(Refusal):
    """Only chair and secretary may read the result before it is announced."""

    code, status = "not_announced", 409


class PollNotClosed(Refusal):
    """Only a closed poll, neither cancelled nor announced, can be announced or ruled on."""

    code, status = "poll_not_closed", 409


class VoteContradictsLog(Refusal):
    """The stored data of the poll contradicts the vote log and cannot be used. `title`: the
    poll's."""

    code, status = "vote_contradicts_log", 409


class RulingAwaited(Refusal):
    """A tie needs the chair's ruling before it can be announced."""

    code, status = "ruling_awaited", 409


class AnotherPollOpen(Refusal):
    """Another named poll is open and must end first. `title`: its title."""

    code, status = "another_poll_open", 409


class PollStillOpen(Refusal):
    """A poll is open; close or cancel it before the meeting ends. `title`: its title."""

    code, status = "poll_still_open", 409


class NoQuorum(Refusal):
    """Too few people are present. The chair may open the poll with a reason, which is recorded."""

    code, status = "no_quorum", 409


class PaperReplaced(Refusal):
    """The question is about a document version that was replaced. `current`: the newer version."""

    code, status = "paper_replaced", 409


class PaperNotShown(Refusal):
    """The document of the question was removed or is not published to the room."""

    code, status = "paper_not_shown", 409


class UnknownPaper(Refusal):
    """The meeting has no document with this id and version."""

    code, status = "unknown_paper", 422


class NotAVoter(Refusal):
    """The person may not vote in this poll: not entitled, or not present when it was opened."""

    code, status = "not_a_voter", 403


class AlreadyVoted(Refusal):
    """The person has voted, and the poll allows no change."""

    code, status = "already_voted", 409


class AlreadyConfirmed(Refusal):
    """This ballot, or another ballot of the person, already counts."""

    code, status = "already_confirmed", 409


class SecondPersonNeeded(Refusal):
    """A recorded ballot must be confirmed by another person than the one who entered it."""

    code, status = "second_person_needed", 403


class BallotsUnconfirmed(Refusal):
    """Recorded ballots are unconfirmed: confirm or discard them. `names`: their voters' names."""

    code, status = "ballots_unconfirmed", 409


class TallyMissing(Refusal):
    """A vote by show of hands or paper ballots needs its tally before it can be closed."""

    code, status = "tally_missing", 409


class PollOrderIncomplete(Refusal):
    """The order must contain every draft poll of the meeting exactly once."""

    code, status = "poll_order_incomplete", 422


class NoSuchSize(Refusal):
    """The log never had this size or entry. `size`: its current size."""

    code, status = "no_such_size", 422


class PollPut(Event, frozen=True):
    """A draft poll was created or changed. Sent to chair and secretary."""

    type = "poll_put"
    audience = STAFF
    poll: PollView


class PollRemoved(Event, frozen=True):
    """A draft poll was deleted."""

    type = "poll_removed"
    audience = STAFF
    poll_id: str


class PollsReordered(Event, frozen=True):
    """The draft polls were reordered."""

    type = "polls_reordered"
    audience = STAFF
    ids: tuple[str, ...]


class PollOpened(Event, frozen=True):
    """A poll was opened. `checkpoint`: a signed checkpoint that covers the opening."""

    type = "poll_opened"
    poll: PollView
    checkpoint: str


class PollClosed(Event, frozen=True):
    """A poll was closed.

    Chair and secretary receive the result at once, other roles when it may be disclosed: the event
    is published again if the meeting ends before the announcement.
    """

    type = "poll_closed"
    poll: PollView
    checkpoint: str


class PollRuled(Event, frozen=True):
    """The chair ruled on a tie. Before the announcement only chair and secretary receive it."""

    type = "poll_ruled"
    poll: PollView
    checkpoint: str


class PollAnnounced(Event, frozen=True):
    """The result was announced."""

    type = "poll_announced"
    poll: PollView
    checkpoint: str


class PollCancelled(Event, frozen=True):
    """A poll was cancelled and decides nothing. The poll contains the reason."""

    type = "poll_cancelled"
    poll: PollView
    checkpoint: str


class BallotReceived(Event, frozen=True):
    """User stream: a ballot of the person counts (sent, or recorded and confirmed)."""

    type = "ballot_received"
    mine = True
    meeting_id: str
    ballot: OwnBallot


class VoteReminded(Event, frozen=True):
    """User stream: chair or secretary reminds the person to vote."""

    type = "vote_reminded"
    mine = True
    meeting_id: str
    poll_id: str
