"""Who waits for a shared COMMIT and is killed meanwhile holds up nobody."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

import app
from core.app_context import AppContext
from core.config import read_config
from core.db.models import PersonStream
from core.transactions import group_commit as commit_module
from core.transactions.group_commit import group_commit
from core.transactions.transaction import Tx


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppContext]:
    config = read_config(tmp_path_factory.mktemp("together") / "data")
    app.prepare(config)
    context = app.assemble(config)
    yield context
    context.database.close()


def begin(user_id: str) -> str:
    """A piece of work that leaves a row."""

    def work(tx: Tx) -> str:
        tx.session.add(PersonStream(user_id=user_id, seq=1))
        tx.session.flush()
        return user_id

    return group_commit(work)


def rows(context: AppContext, of: str) -> int:
    """How many rows the work of one test left."""
    with context.database.read() as session:
        mine = select(func.count()).where(PersonStream.user_id.startswith(of))
        return session.scalar(mine) or 0


class Killed(BaseException):
    """What ends a green thread."""


class Unheard(threading.Event):
    """Whoever waits for it is killed."""

    def wait(self, timeout: float | None = None) -> bool:
        raise Killed


class HeardTooLate(threading.Event):
    """Whoever waits for it is killed at the moment it is set."""

    def wait(self, timeout: float | None = None) -> bool:
        super().wait(timeout)
        raise Killed


@pytest.mark.parametrize("event", [Unheard, HeardTooLate])
def test_who_is_killed_while_waiting_is_not_waited_for(
    context: AppContext, monkeypatch: pytest.MonkeyPatch, event: type[threading.Event]
):
    began, go_on = threading.Event(), threading.Event()

    def slow(_tx: Tx) -> str:
        began.set()
        go_on.wait(20)
        return "slow"

    def killed() -> None:
        with pytest.raises(Killed):
            begin(f"killed-{event.__name__}")

    monkeypatch.setattr(commit_module, "MOST_AT_ONCE", 1)
    with ThreadPoolExecutor(3) as people:
        first = people.submit(group_commit, slow)
        assert began.wait(20)
        with monkeypatch.context() as killing:
            killing.setattr(commit_module, "threading", SimpleNamespace(Event=event))
            second = people.submit(killed)
            while not commit_module._committer._waiting and not second.done():
                go_on.wait(0.01)
        last = people.submit(begin, f"last-{event.__name__}")
        go_on.set()
        second.result(20)
        assert (first.result(20), last.result(20)) == ("slow", f"last-{event.__name__}")
    assert rows(context, "killed") == 0
