"""python -m bench.parts.long_log DATA MEETING ENTRIES FACTS: makes a meeting's vote log so long.

A process of its own beside the running server, as the worker is: whole polls, each in one
transaction. The CPU of each append, and of proofs over what the database then holds, goes to the
file FACTS as JSON, in seconds.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import app
from bench.parts.votes_log import hold_poll
from core.actor import Actor
from core.app_context import AppContext
from core.config import read_config
from core.transactions.transaction import transaction
from meetings.shared.models import Meeting, Participant
from meetings.voting.log_access.queries import get_consistency, get_inclusion
from meetings.voting.vote_log.entries import EntryData
from meetings.voting.vote_log.writer import write

PROOFS = 2000
Seconds = dict[str, list[float]]


def main(data: str, meeting_id: str, entries: str, facts: str) -> None:
    """Write, prove, and say how long it took."""
    context = app.assemble(read_config(Path(data)))
    rng = random.Random(0)
    took: Seconds = {"append": []}
    size = 0
    while size < int(entries):
        size = _add_poll(meeting_id, rng, f"bench-{size}", took["append"])
    actor = _somebody(context, meeting_id)
    took["inclusion proof"] = _timed(
        lambda: get_inclusion(actor, meeting_id, rng.randrange(size), size)
    )
    took["consistency proof"] = _timed(
        lambda: get_consistency(actor, meeting_id, rng.randrange(1, size), size)
    )
    context.database.close()
    Path(facts).write_text(json.dumps({"size": size, "seconds": took}))


def _add_poll(meeting_id: str, rng: random.Random, poll: str, took: list[float]) -> int:
    """One more poll in the log; answers the log's size."""
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        indexes: list[int] = []

        def add(data: EntryData) -> int:
            began = time.process_time()
            index = write(tx, meeting, [data]).start
            took.append(time.process_time() - began)
            indexes.append(index)
            return index

        hold_poll(add, rng, poll)
    return indexes[-1] + 1


def _somebody(context: AppContext, meeting_id: str) -> Actor:
    with context.database.read() as session:
        place = session.query(Participant).filter_by(meeting_id=meeting_id).first()
        assert place is not None
        return Actor(place.user_id, "", False, "")


def _timed(do: Callable[[], Any]) -> list[float]:
    took = []
    for _ in range(PROOFS):
        began = time.process_time()
        do()
        took.append(time.process_time() - began)
    return took


if __name__ == "__main__":
    main(*sys.argv[1:])
