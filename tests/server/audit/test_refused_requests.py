"""Refused requests reach the audit also when it cannot be written at first, and at a stop."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

import app
from accounts.people.service import SYSTEM, NewUser, add_user
from audit import refused_requests
from audit.refused_requests import RefusedRequests
from core.app_context import AppContext, install_context
from core.config import read_config
from core.db.models import AuditEntry
from core.errors import NotAllowed, WriteLockTimeout
from core.http.refusal_listeners import RefusedRequest
from core.transactions.transaction import transaction
from tests.factories import prepared
from tests.server.real_server import Person, RealServer, wait_until


@pytest.fixture
def context(tmp_path: Path) -> Iterator[AppContext]:
    """A prepared application context in this process."""
    config = read_config(tmp_path / "data")
    app.prepare(config)
    made = app.assemble(config)
    yield made
    made.database.close()
    install_context(None)


def refused(route: str) -> RefusedRequest:
    return RefusedRequest(NotAllowed(action="user.list"), None, route, None, None)


def written(context: AppContext) -> list[str]:
    with context.database.read() as session:
        return [str(facts) for facts in session.scalars(select(AuditEntry.facts))]


@pytest.mark.parametrize("fault", [WriteLockTimeout("busy"), RuntimeError("anything")])
def test_what_was_not_written_is_kept_and_later_ones_are_written(
    context: AppContext, monkeypatch: pytest.MonkeyPatch, fault: Exception
):
    monkeypatch.setattr(refused_requests, "SOON", 0.02)
    failed: list[str] = []

    def fails() -> Any:
        failed.append("once")
        raise fault

    monkeypatch.setattr("audit.refused_requests.transaction", fails)
    counted = RefusedRequests()
    counted.note(refused("GET /a"))
    wait_until(lambda: bool(failed), "the first try")
    monkeypatch.setattr("audit.refused_requests.transaction", transaction)
    counted.note(refused("GET /b"))
    wait_until(lambda: len(written(context)) == 1, "the thread goes on")
    counted.note(refused("GET /a"))
    counted.flush()
    first, second = written(context)
    assert "GET /b" in first
    assert '"route":"GET /a","times":2,"since":' in second


def test_an_entry_has_the_time_of_its_writing_as_those_before_it(context: AppContext):
    counted = RefusedRequests()
    counted.note(refused("GET /a"))
    counted.note(refused("GET /a"))
    add_user(SYSTEM, NewUser("a", "A"), password_hash="none")
    counted.flush()
    with context.database.read() as session:
        times = session.scalars(select(AuditEntry.at).order_by(AuditEntry.id)).all()
    assert len(times) == 2
    assert times == sorted(times)


@pytest.mark.slow
@pytest.mark.own_server
def test_a_stop_loses_none(tmp_path: Path):
    server = RealServer(prepared(tmp_path / "data"), tmp_path / "server.log").start("web")
    try:
        somebody = Person(server, "x")
        for _ in range(2):
            somebody.post("/session", username="quantri", password="không phải")
            time.sleep(1.5)
        somebody.post("/session", username="quantri", password="không phải")
    finally:
        server.stop()
    with closing(sqlite3.connect(tmp_path / "data" / "dienhong.sqlite3")) as database:
        rows = database.execute(
            "SELECT facts FROM audit_entry WHERE action = 'refused.invalid_credentials'"
        ).fetchall()
    assert ['"times":1' in str(row) for row in rows] == [True, False]
    assert '"times":2' in str(rows[1])


def test_nobody_fills_the_audit_with_different_refusals(context: AppContext):
    counted = RefusedRequests()
    for number in range(200):
        counted.note(refused(f"GET /{number}"))
    counted.flush()
    with context.database.read() as session:
        facts = [msgspec.json.decode(one) for one in session.scalars(select(AuditEntry.facts))]
    assert len(facts) == refused_requests.MOST_OF_ONE + 1
    assert sum(one["times"] for one in facts) == 200
