"""Tallies, and closing a poll: its ballots are disclosed in the log and its verdict is computed."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.i18n import Language
from core.offload import yield_control
from core.transactions.transaction import transaction
from meetings.voting.declares import (
    Action,
    BallotsUnconfirmed,
    PollNotOpen,
    TallyMissing,
)
from meetings.voting.models import Ballot, Poll, PollSeat, PollStatus, PollTally
from meetings.voting.poll_facts import Closing, Tallied
from meetings.voting.polls.consistency_check import check_before_closing
from meetings.voting.polls.counting import (
    ballots_of,
    choices,
    count_of,
    tallies_of,
    tally_of,
    tally_rows,
)
from meetings.voting.polls.poll_access import person, poll_for
from meetings.voting.polls.presenters import encoded, opening_of, options_of, rule_of
from meetings.voting.polls.progress import tallied, unconfirmed
from meetings.voting.polls.results import PollResult, result_of
from meetings.voting.polls.sealed_ballots import sealed
from meetings.voting.polls.unannounced import publish_closed
from meetings.voting.rules.poll_rules import Outcome, PollMethod, decide, presiding
from meetings.voting.rules.tally_rules import Channel, Count, Tally, checked_tally
from meetings.voting.vote_log import entries
from meetings.voting.vote_log.parts import Person
from meetings.voting.vote_log.writer import write

OWN_CHANNEL = {PollMethod.HANDS: Channel.HANDS, PollMethod.PAPER: Channel.PAPER}
"""The channel of the tally that a poll method requires."""


class GivenTally(msgspec.Struct, frozen=True, kw_only=True):
    """A tally as entered. channel None: the channel of the poll's method."""

    counts: dict[str, int]
    channel: Channel | None = None
    issued: int | None = None
    returned: int | None = None
    not_returned: int | None = None
    valid: int | None = None
    invalid: int | None = None

    def of(self, poll: Poll) -> Tally:
        """The tally with its channel."""
        own = OWN_CHANNEL.get(poll.method, Channel.HANDS)
        given = msgspec.structs.asdict(self)
        return Tally(**{**given, "channel": self.channel or own})


def record_tally(actor: Actor, poll_id: str, given: GivenTally) -> Tallied:
    """Enter or replace the tally of a channel. Its numbers are not disclosed until closing.

    Raises: PollNotOpen, TallyDoesNotAddUp (also: more people than may still vote), UnknownChoice,
    InvalidInput.
    """
    with transaction() as tx:
        poll, _ = poll_for(tx, actor, Action.TALLY, poll_id)
        if poll.status is not PollStatus.OPEN:
            raise PollNotOpen()
        checked = checked_tally(given.of(poll), [option.key for option in options_of(poll)])
        others = [one for one in tallies_of(tx.session, poll.id) if one.channel != checked.channel]
        count_of(
            options_of(poll), opening_of(poll), ballots_of(tx.session, poll.id), [*others, checked]
        )
        by = person(tx.session, actor)
        row = tx.session.get(PollTally, (poll.id, checked.channel))
        if row is None:
            row = PollTally(poll_id=poll.id, channel=checked.channel, by=by.user_id)
            tx.session.add(row)
        row.counts, row.issued = encoded(checked.counts), checked.issued
        row.returned, row.invalid = checked.returned, checked.invalid
        row.by, row.by_name, row.at = by.user_id, by.name, tx.at
        tx.audit(actor, Action.TALLY, poll, channel=checked.channel.value)
        tx.session.flush()
        (view,) = [
            one for one in tallied(tx.session, poll.id) if one.channel == checked.channel.value
        ]
        return tx.answers(view)


def close_poll(actor: Actor, poll_id: str, language: Language) -> PollResult:
    """Close a poll: count it, disclose its ballots in the log, and return the result.

    language: of the returned result. Voters who sent nothing are counted as `not_sent`. Raises:
    PollNotOpen, BallotsUnconfirmed, TallyMissing, TallyDoesNotAddUp, VoteContradictsLog.
    """
    with transaction() as tx:
        poll, meeting = poll_for(tx, actor, Action.CLOSE, poll_id)
        if poll.status is not PollStatus.OPEN:
            raise PollNotOpen()
        by_hand = tally_rows(tx.session, poll.id)
        tallies = [tally_of(row) for row in by_hand]
        _check_complete(tx.session, poll, tallies)
        ballots = ballots_of(tx.session, poll.id)
        check_before_closing(tx.session, poll, ballots)
        count = count_of(options_of(poll), opening_of(poll), ballots, tallies)
        outcome = _outcome(poll, count, ballots)
        by = person(tx.session, actor)
        yield_control()
        written = write(
            tx,
            meeting,
            [
                *(_tally_entry(poll, row) for row in by_hand),
                *_opened(ballots),
                _closing_entry(poll, by, count, outcome),
            ],
        )
        poll.status = PollStatus.CLOSED
        poll.closing = encoded(
            Closing(
                at=tx.at,
                by=by,
                count=count,
                outcome=outcome,
                place=written.place_of(-1),
            )
        )
        tx.audit(actor, Action.CLOSE, poll, verdict=outcome.verdict.value)
        publish_closed(tx, actor, poll, written.note)
        yield_control()
        return tx.answers(result_of(tx.session, poll, language))


def _outcome(poll: Poll, count: Count, ballots: Sequence[Ballot]) -> Outcome:
    opening = opening_of(poll)
    chair = None
    if opening.chair is not None:
        chair = presiding(opening.chair.user_id, frozenset(opening.voters), choices(ballots))
    return decide(rule_of(poll), poll.method, count, chair)


def _check_complete(session: Session, poll: Poll, tallies: Sequence[Tally]) -> None:
    """Refuse closing while recorded ballots are unconfirmed or the required tally is missing."""
    names = select(PollSeat.name).where(
        PollSeat.poll_id == poll.id,
        PollSeat.user_id.in_([one.user_id for one in unconfirmed(session, poll.id)]),
    )
    left = list(session.scalars(names.order_by(PollSeat.position)))
    if left:
        raise BallotsUnconfirmed(names=", ".join(left))
    needed = OWN_CHANNEL.get(poll.method)
    if needed is not None and all(one.channel is not needed for one in tallies):
        raise TallyMissing()


def _tally_entry(poll: Poll, row: PollTally) -> entries.TallyRecorded:
    tally = tally_of(row)
    return entries.TallyRecorded(
        poll_id=poll.id,
        channel=tally.channel,
        counts=tally.counts,
        issued=tally.issued,
        returned=tally.returned,
        invalid=tally.invalid,
        by=Person(row.by, row.by_name),
    )


def _opened(ballots: Sequence[Ballot]) -> list[entries.BallotOpened]:
    return [
        entries.BallotOpened(
            poll_id=one.poll_id,
            committed_index=one.log_index or 0,
            salt=(one.salt or b"").hex(),
            ballot=sealed(one),
        )
        for one in ballots
    ]


def _closing_entry(poll: Poll, by: Person, count: Count, outcome: Outcome) -> entries.PollClosed:
    return entries.PollClosed(
        poll_id=poll.id,
        closed_by=by,
        n=count.n,
        present=count.present,
        voted=count.voted,
        invalid=count.invalid,
        not_returned=count.not_returned,
        not_sent=count.not_sent,
        absent=count.absent,
        counts=count.counts,
        base=outcome.base,
        base_number=outcome.base_number,
        required=outcome.required,
        deciding=outcome.deciding,
        verdict=outcome.verdict,
        tie=outcome.tie,
    )
