"""The installation's key: made once, in the set-up of an empty installation, and rotated."""

import re

import msgspec
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from core.app_context import AppContext
from core.transactions.transaction import transaction
from meetings.voting.models import InstallationKeys, VoteLog
from meetings.voting.vote_log.parts import INSTALLATION, LogKeys, Rotation
from meetings.voting.vote_log.signing_keys import VoteKeyUnusable
from meetings.voting.vote_log.writer import key_ring, rotate

_NAME = re.compile(r"[A-Za-z0-9_-]+")


def ensure_key(context: AppContext) -> None:
    """Make the key of an installation that never had one, and record which it is.

    A missing file is never replaced by a new key: the logs could not be continued under it.
    """
    with context.database.write() as session:
        if session.get(InstallationKeys, 1) is not None:
            return
        has_logs = session.scalar(select(func.count(VoteLog.number))) != 0
        keys = key_ring()
        try:
            signer = keys.signer() if has_logs else keys.make_first()
        except VoteKeyUnusable:
            return  # Whoever opens a vote reads what to do.
        record_key(session, signer.vkey)
        context.database.commit(session)


def record_key(session: Session, vkey: str) -> None:
    """Record the first key of an installation."""
    session.add(InstallationKeys(id=1, keys=_encoded(LogKeys(vkey))))


def open_witness(context: AppContext) -> None:
    """Use the witness files of this installation, which has the name of its keys.

    The name is that of the key's file: who edits the database cannot choose another folder. Where
    the key was lost, no vote is opened, and the database names the folder.
    """
    with context.database.read() as session:
        if not inspect(session.connection()).has_table(InstallationKeys.__tablename__):
            return  # Not migrated yet: nothing is written.
        keys = installation_keys(session)
    try:
        name = key_ring().signer().name
    except VoteKeyUnusable:
        name = keys.first.partition("+")[0] if keys is not None else ""
    if _NAME.fullmatch(name):
        context.open_witness(name)


def installation_keys(session: Session) -> LogKeys | None:
    """The public keys of this installation; None if its key was lost before it was recorded."""
    row = session.get(InstallationKeys, 1)
    return msgspec.json.decode(row.keys, type=LogKeys) if row else None


def is_in_use(session: Session, vkey: str) -> bool:
    """Whether this is the newest key of the installation, or in force in the log of a meeting."""
    keys = installation_keys(session)
    if keys is not None and keys.vkeys[-1] == vkey:
        return True
    newest = select(func.max(VoteLog.number)).group_by(VoteLog.meeting_id)
    with_it = select(VoteLog.number).where(VoteLog.number.in_(newest), VoteLog.vkey == vkey)
    return session.scalar(with_it.limit(1)) is not None


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
        row = tx.session.get(InstallationKeys, 1)
        known = msgspec.json.decode(row.keys, type=LogKeys) if row else None
        if row is not None and known is not None and known.vkeys[-1] == old.vkey:
            signature = old.sign_key_change(INSTALLATION, new.vkey)
            row.keys = _encoded(known.rotated(Rotation(old.vkey, new.vkey, signature)))
    keys.put_next_in_force()
    return new.vkey, len(logs)


def _encoded(keys: LogKeys) -> str:
    return msgspec.json.encode(keys).decode()
