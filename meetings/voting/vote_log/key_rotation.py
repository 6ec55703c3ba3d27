"""Rotates the signing key of all logs that may still grow."""

from sqlalchemy import func, select

from core.transactions.transaction import transaction
from meetings.voting.models import VoteLog
from meetings.voting.vote_log.writer import key_ring, rotate


def rotate_key() -> tuple[str, int]:
    """Rotate the key. Returns the new public key and the number of logs that use it now.

    An interrupted rotation is completed by the next call. Raises: VoteKeyUnusable.
    """
    keys = key_ring()
    old, new = keys.signer(), keys.prepare_next()
    newest = select(func.max(VoteLog.number)).group_by(VoteLog.meeting_id)
    with transaction() as tx:
        logs = tx.session.scalars(
            select(VoteLog).where(VoteLog.number.in_(newest), VoteLog.vkey == old.vkey)
        ).all()
        for log in logs:
            rotate(tx, log, old, new)
    keys.put_next_in_force()
    return new.vkey, len(logs)
