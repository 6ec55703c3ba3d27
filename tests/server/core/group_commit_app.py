"""`python -m tests.server.core.group_commit_app MODE FOLDER`: small transactions together, in a
process.

MODE is eventlet or threading. Every scene is played over a database of its own; printed is what
came of each, as JSON. See test_together.
"""

import sys

MODE = sys.argv[1]
if MODE == "eventlet":
    from core.server import eventlet_server

    eventlet_server.patch()

import json  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from sqlalchemy import column, event, insert, select, table, text  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from core.app_context import AppContext, install_context  # noqa: E402
from core.config import read_config  # noqa: E402
from core.db.database import Base, Database  # noqa: E402
from core.db.models import IdempotentAnswer, Room, RoomEvent  # noqa: E402
from core.db.prepared_statements import PreparedChange  # noqa: E402
from core.db.room_events import Event  # noqa: E402
from core.db.write_lock import WriteLock  # noqa: E402
from core.errors import Refusal  # noqa: E402
from core.permissions import Permissions  # noqa: E402
from core.storage import Storage  # noqa: E402
from core.transactions import idempotency  # noqa: E402
from core.transactions.group_commit import _committer, group_commit  # noqa: E402
from core.transactions.idempotency import Already, Replayed, RequestKey  # noqa: E402
from core.transactions.transaction import Tx  # noqa: E402

PIECE = PreparedChange(insert(table("piece", column("n"), column("orphan"))), "n", "orphan")
SHORT_TIMEOUT = 0.3
NEEDED = [Base.metadata.tables[kind.__tablename__] for kind in (Room, RoomEvent, IdempotentAnswer)]


class OddNumber(Refusal):
    """This piece of work has an odd number."""

    code = "odd_number"


class PieceDone(Event, frozen=True):
    """A piece of work was done."""

    type = "piece_done"
    n: int


class Notifier:
    """Counts how often the room was rung."""

    def __init__(self) -> None:
        self.notified = 0

    def room(self, room_id: str) -> None:
        self.notified += 1

    def person(self, user_id: str) -> None: ...

    def jobs(self) -> None: ...


def make_context(data: Path) -> AppContext:
    """A context of the core alone, with a table whose orphans break at COMMIT."""
    config = read_config(data, env={})
    database = Database(config.database_url, config.lock_path)
    with database.write() as session:
        Base.metadata.create_all(session.connection(), tables=NEEDED)
        session.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        orphan = "REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED"
        session.execute(text(f"CREATE TABLE piece (n INTEGER, orphan INTEGER {orphan})"))
        session.add(Room(id="room", seq=0))
        database.commit(session)
    context = AppContext(
        config, database, Storage(data), Permissions(), epoch="epoch", notifier=Notifier()
    )
    install_context(context)
    return context


def piece(tx: Tx, n: int, *, orphan: int | None = None, odd: bool = False) -> dict[str, int]:
    """Write a row and tell the room; refused afterwards when the number is odd and that matters."""
    PIECE.run(tx.session, {"n": n, "orphan": orphan})
    tx.publish("room", PieceDone(n=n))
    if odd and n % 2:
        raise OddNumber(n=n)
    return tx.answers({"n": n})


def doubled(tx: Tx) -> None:
    """A second room of the same name: refused by the database as the session is flushed."""
    tx.session.add(Room(id="room", seq=0))
    tx.session.flush()


def said(done: Callable[[], Any]) -> Any:
    """What came of a piece, as JSON."""
    try:
        result = done()
    except Replayed as before:
        return ["replayed", json.loads(before.answer)]
    except Exception as fault:
        return [type(fault).__name__, str(fault).splitlines()[0]]
    return ["already", result.view] if isinstance(result, Already) else ["done", result]


def in_one_batch(context: AppContext, works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run pieces that all wait before the first one has its turn; what came of each, in order."""
    results: list[Any] = [None] * len(works)

    def run(place: int) -> None:
        results[place] = said(works[place])

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    with context.database.lock.held():
        for place, thread in enumerate(threads, start=1):
            thread.start()
            while len(_committer._waiting) < place:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    return results


def kept(context: AppContext) -> dict[str, Any]:
    """What is in the database: pieces in the order of writing, the room's events by seq."""
    with context.database.read() as session:
        return {
            "pieces": list(session.scalars(text("SELECT n FROM piece ORDER BY rowid"))),
            "events": [
                [row.seq, json.loads(row.data)["n"]]
                for row in session.scalars(select(RoomEvent).order_by(RoomEvent.seq))
            ],
            "seq": session.get_one(Room, "room").seq,
            "remembered": len(session.scalars(select(IdempotentAnswer)).all()),
            "rung": context.notifier.notified,  # type: ignore[attr-defined]
        }


def refusals(context: AppContext) -> Any:
    """Every other piece is refused after it has written."""
    works = [partial(group_commit, partial(piece, n=n, odd=True)) for n in range(20)]
    return in_one_batch(context, works)


def faults(context: AppContext) -> Any:
    """One of three breaks a constraint."""
    works: list[Callable[[Tx], Any]] = [partial(piece, n=1), doubled, partial(piece, n=3)]
    return in_one_batch(context, [partial(group_commit, work) for work in works])


def with_key(key: str, work: Callable[[Tx], Any]) -> Any:
    """As a request with this Idempotency-Key."""
    token = idempotency.current.set(RequestKey(key, "same body"))
    try:
        return group_commit(work)
    finally:
        idempotency.current.reset(token)


def repeats(context: AppContext) -> Any:
    """The same request five times in one batch, another once, and the first again later."""
    works = [partial(with_key, "one", partial(piece, n=1)) for _ in range(5)]
    works.append(partial(with_key, "two", partial(piece, n=2)))
    return [*in_one_batch(context, works), said(works[0])]


def seen_before(tx: Tx) -> Already[dict[str, int]]:
    """Answers from what an earlier piece has written."""
    n = tx.session.scalar(text("SELECT max(n) FROM piece"))
    return Already({"n": n})


def broken_commit(context: AppContext) -> Any:
    """The COMMIT of a batch fails; then all of it is sent again, but for the broken piece."""
    works: list[Callable[[], Any]] = [
        partial(with_key, "one", partial(piece, n=1)),
        partial(with_key, "one", partial(piece, n=1)),
        partial(group_commit, seen_before),
        partial(group_commit, partial(piece, n=3, odd=True)),
        partial(group_commit, partial(piece, n=4, orphan=7)),
    ]
    return [in_one_batch(context, works), kept(context), in_one_batch(context, works[:4])]


def full(context: AppContext) -> Any:
    """SQLite itself ends the transaction when a statement finds the disk full."""

    def limit(session: Session, _transaction: object, connection: Any) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}").fetchall()

    big = text(
        "WITH RECURSIVE up(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM up LIMIT 20000)"
        " INSERT INTO piece SELECT :n, NULL FROM up"
    )

    def fill(tx: Tx) -> None:
        tx.session.execute(big, {"n": 2})

    works: list[Callable[[], Any]] = [
        partial(group_commit, partial(piece, n=1)),
        partial(group_commit, fill),
        partial(group_commit, partial(piece, n=3)),
    ]
    event.listen(Session, "after_begin", limit)
    first = in_one_batch(context, works)
    event.remove(Session, "after_begin", limit)
    return [first, kept(context)["pieces"]]


def locked(context: AppContext) -> Any:
    """Somebody else keeps the lock for longer than anybody is ready to wait."""
    held = context.database.lock.held
    context.database.lock.held = partial(held, SHORT_TIMEOUT)  # type: ignore[method-assign]
    works = [partial(group_commit, partial(piece, n=n)) for n in range(30)]
    results: list[Any] = []
    threads = [threading.Thread(target=lambda w=w: results.append(said(w))) for w in works]
    began = time.monotonic()
    with WriteLock(context.config.lock_path).held():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    took = time.monotonic() - began
    context.database.lock.held = held  # type: ignore[method-assign]
    return [results, took / SHORT_TIMEOUT, in_one_batch(context, works[:2])]


def crowd(context: AppContext) -> Any:
    """Five hundred at once: how many COMMITs they needed."""
    commits: list[int] = []
    commit = context.database.commit

    def counted(session: Session, then: Callable[[], None] | None = None) -> None:
        commits.append(1)
        commit(session, then)

    context.database.commit = counted  # type: ignore[method-assign]
    works = [partial(group_commit, partial(piece, n=n)) for n in range(500)]
    return [in_one_batch(context, works), len(commits)]


SCENES = (refusals, faults, repeats, broken_commit, full, locked, crowd)

if __name__ == "__main__":
    played = {}
    for scene in SCENES:
        data = Path(sys.argv[2]) / scene.__name__
        data.mkdir()
        context = make_context(data)
        played[scene.__name__] = [scene(context), kept(context)]
        context.database.close()
    print(json.dumps(played))
