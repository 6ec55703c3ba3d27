"""A new key for the vote log: the old one hands over to it in every log that may still grow."""

from sqlalchemy import func, select

from core.transactions.transaction import transaction
from meetings.voting.models import VoteLog
from meetings.voting.vote_log.writer import key_ring, rotate


def rotate_key() -> tuple[str, int]:
    """Change the key; answers the new public key, and how many logs it took over.

    A change that was interrupted is finished by the next one. Raises: VoteKeyUnusable.
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
