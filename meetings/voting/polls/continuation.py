"""After a restore every meeting's log goes on in a new log, which names the end of the old one.

Tablets may have seen entries that the copy does not have: in the same log that would be a second
history. The key of the old log signs for the new one (docs/vote-log.md, "Continuations").
"""

from collections.abc import Mapping

import msgspec
from sqlalchemy import func, select

from core.ids import new_id
from core.transactions.transaction import Tx
from meetings.shared.models import Meeting
from meetings.voting.models import Poll, PollStatus, VoteLog
from meetings.voting.polls.presenters import encoded, ending_of
from meetings.voting.vote_log import entries
from meetings.voting.vote_log.checkpoint import Signer
from meetings.voting.vote_log.parts import Head, LogKeys
from meetings.voting.vote_log.stored_nodes import VoteLogDamaged
from meetings.voting.vote_log.writer import log_started, signed_head, start_log


def continue_logs(
    tx: Tx, keys: Mapping[str, Signer] | None, new: Signer, reason: str
) -> tuple[int, int]:
    """Continue every log under `new`, and cancel the polls that were open.

    keys: vkey → key, of all logs; during a rotation there are two. None: they were lost; then
    nothing proves the continuation, as the verifier reports. Returns the numbers of logs and of
    cancelled polls. Raises: VoteLogDamaged, also for a log whose key is none of these.
    """
    newest = select(func.max(VoteLog.number)).group_by(VoteLog.meeting_id)
    logs = tx.session.scalars(select(VoteLog).where(VoteLog.number.in_(newest))).all()
    if keys is not None and any(log.vkey not in keys for log in logs):
        raise VoteLogDamaged
    old = {} if keys is None else keys
    cancelled = sum(_continue(tx, log, old.get(log.vkey), new, reason) for log in logs)
    return len(logs), cancelled


def _continue(tx: Tx, log: VoteLog, old: Signer | None, new: Signer, reason: str) -> int:
    meeting = tx.session.get_one(Meeting, log.meeting_id)
    end = signed_head(log, old)
    head = Head(end.log_id, end.size, end.root.hex(), reason, signature_by_old=None)
    following = VoteLog(log_id=new_id(), meeting_id=meeting.id, vkey=new.vkey)
    started = log_started(tx.session, meeting, new.vkey, head)
    if old is not None:
        message = entries.continuation_message(following.log_id, old.vkey, started)
        head = msgspec.structs.replace(head, signature_by_old=old.continue_log(message))
        started = msgspec.structs.replace(started, continues=head)
    following.keys, following.continues = encoded(LogKeys(new.vkey)), encoded(head)
    open_polls = tx.session.scalars(
        select(Poll)
        .where(Poll.meeting_id == meeting.id, Poll.status == PollStatus.OPEN)
        .order_by(Poll.position, Poll.id)
    ).all()
    cancelled = [entries.PollCancelled(poll.id, reason, None) for poll in open_polls]
    written = start_log(tx, following, [started, *cancelled], new)
    for place, poll in enumerate(open_polls, start=1):
        poll.status = PollStatus.CANCELLED
        poll.ending = encoded(
            msgspec.structs.replace(
                ending_of(poll),
                cancelled_at=tx.at,
                cancel_reason=reason,
                cancelled_in=written.place_of(place),
            )
        )
    return len(open_polls)
