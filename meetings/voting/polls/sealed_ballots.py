"""Committed ballots, as their voters see them and as the log contains them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.voting.models import Ballot
from meetings.voting.poll_facts import OwnBallot, Receipt
from meetings.voting.rules.tally_rules import Channel
from meetings.voting.vote_log import parts
from meetings.voting.vote_log.writer import hashes_in


def standing_ballot(session: Session, poll_id: str, user_id: str) -> Ballot | None:
    """A person's ballot that counts: the one with the highest revision."""
    newest = (
        select(Ballot)
        .where(Ballot.poll_id == poll_id, Ballot.user_id == user_id, Ballot.log_index.is_not(None))
        .order_by(Ballot.revision.desc())
        .limit(1)
    )
    return session.scalars(newest).first()


def own_ballot(ballot: Ballot) -> OwnBallot:
    """A committed ballot in its voter's view."""
    assert ballot.log_index is not None
    assert ballot.leaf_hash is not None
    return OwnBallot(
        poll_id=ballot.poll_id,
        choice=ballot.choice,
        channel=ballot.channel.value,
        revision=ballot.revision or 1,
        receipt=receipt_of(
            ballot.log_id, ballot.log_index, ballot.leaf_hash, ballot.proof, ballot.note
        ),
        at=ballot.at,
    )


def receipt_of(
    log_id: str | None, log_index: int, leaf_hash: str, proof: bytes | None, note: str | None
) -> Receipt:
    """The receipt of a committed ballot, from its columns."""
    if proof is None or note is None:
        return Receipt(log_id or "", log_index, leaf_hash)
    return Receipt(
        log_id or "", log_index, leaf_hash, [one.hex() for one in hashes_in(proof)], note
    )


def sealed(ballot: Ballot) -> parts.Ballot:
    """The ballot as the log commits to it."""
    by_hand = ballot.channel is Channel.RECORDED
    return parts.Ballot(
        poll_id=ballot.poll_id,
        user_id=ballot.user_id,
        choice=ballot.choice,
        channel=ballot.channel,
        entered_by=parts.Person(ballot.entered_by or "", ballot.entered_by_name or "")
        if by_hand
        else None,
        reason=ballot.reason if by_hand else None,
        confirmed_by=confirmed_by(ballot),
        revision=ballot.revision or 1,
    )


def confirmed_by(ballot: Ballot) -> parts.Person | None:
    """The second person who confirmed a recorded ballot."""
    if ballot.confirmed_by is None:
        return None
    return parts.Person(ballot.confirmed_by, ballot.confirmed_by_name or "")
