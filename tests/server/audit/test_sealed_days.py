"""Days of the audit are signed: whoever edits the database afterwards is found."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text

import app
from accounts.people.service import SYSTEM, NewUser, add_user
from accounts.shared.models import User
from audit import export, retention, sealing
from audit.lines import AT_ONCE, batches, line_of
from audit.models import AuditDay
from audit.queries import AuditFilter
from audit.retention import Pruned, prune_expired
from audit.sealing import Standing, accept_restore, check_days, seal_ended_days
from core import clock
from core.actor import Actor
from core.app_context import AppContext, install_context
from core.clock_check import compare_clock
from core.config import read_config
from core.db.models import AuditEntry
from meetings.voting.vote_log.installation_key import open_witness, rotate_key


@pytest.fixture
def context(tmp_path: Path) -> Iterator[AppContext]:
    """A prepared application context in this process, with its witness files."""
    config = read_config(tmp_path / "data")
    app.prepare(config)
    made = app.assemble(config)
    open_witness(made)
    yield made
    made.database.close()
    install_context(None)


@pytest.fixture(autouse=True)
def days_pass() -> Iterator[None]:
    """The clock is put back at the end."""
    before = clock.set_source(clock.now)
    clock.set_source(before)
    yield
    clock.set_source(before)


def after_days(count: int) -> None:
    """Let the clock be this many days later."""
    now = clock.now() + timedelta(days=count)
    clock.set_source(lambda: now)


def a_day(context: AppContext, name: str, people: int = 3) -> AuditDay:
    """A day with some entries, which has ended and is sealed."""
    for number in range(people):
        add_user(SYSTEM, NewUser(f"{name}{number}", f"Người {number}"), password_hash="none")
    after_days(1)
    sealed = seal_ended_days(context)
    assert sealed is not None
    return sealed


def standings(context: AppContext) -> list[Standing]:
    """Of the sealed days, newest first."""
    return [day.standing for day in check_days(context, 14).items]


def edit(context: AppContext, statement: str) -> None:
    """As somebody who has the database file."""
    with context.database.write() as session:
        session.execute(text(statement))
        context.database.commit(session)


def test_a_day_is_sealed_once_after_it_ended(context: AppContext):
    add_user(SYSTEM, NewUser("a", "A"), password_hash="none")
    assert seal_ended_days(context) is None
    first = a_day(context, "b")
    assert (first.id, first.first_id, first.entries) == (1, 1, 4)
    assert seal_ended_days(context) is None
    second = a_day(context, "c")
    assert (second.id, second.first_id) == (2, first.last_id + 1)
    assert standings(context) == [Standing.MATCHES] * 2
    within = select(AuditEntry).where(AuditEntry.id.between(first.first_id, first.last_id))
    entries = chain.from_iterable(batches(context, within, AT_ONCE))
    lines = b"".join(map(line_of, entries))
    assert hashlib.sha256(lines).hexdigest() == first.sha256
    assert [first.note, second.note] == context.witness_files.all(sealing.WITNESS)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET actor_id = 'somebody' WHERE id = 2",
        "UPDATE audit_entry SET at = at + 1 WHERE id = 2",
        "UPDATE audit_entry SET facts = '{}' WHERE id = 2",
        "DELETE FROM audit_entry WHERE id = 2",
        "UPDATE audit_day SET sha256 = 'other'",
        "UPDATE audit_day SET entries = entries - 1",
        "UPDATE audit_day SET note = replace(note, 'until', 'Until')",
        "UPDATE audit_day SET pruned_at = 1, entries = 1",
        "UPDATE audit_day SET pruned_at = 1",
        "UPDATE audit_day SET pruned_at = 9000000000000000",
    ],
)
def test_every_edit_of_a_sealed_day_is_found(context: AppContext, change: str):
    a_day(context, "a")
    edit(context, change)
    assert standings(context) == [Standing.DIFFERS]


def test_a_seal_that_was_removed_is_missed(context: AppContext):
    a_day(context, "a")
    a_day(context, "b")
    edit(context, "DELETE FROM audit_day WHERE id = 2")
    edit(context, "DELETE FROM audit_entry WHERE id > 3")
    assert check_days(context, 14).missing == 1
    accept_restore(context)
    assert check_days(context, 14).missing == 0


def test_a_forged_chain_contradicts_the_witness(context: AppContext):
    first = a_day(context, "a")
    edit(context, "UPDATE audit_entry SET actor_id = 'somebody' WHERE id = 2")
    edit(context, "DELETE FROM audit_day")
    forged = seal_ended_days(context)
    assert forged is not None
    assert forged.note != first.note
    assert standings(context) == [Standing.MATCHES]
    assert check_days(context, 14).missing == 1


def test_seals_of_an_earlier_key_still_count(context: AppContext):
    a_day(context, "a")
    rotate_key()
    a_day(context, "b")
    assert standings(context) == [Standing.MATCHES] * 2


def test_old_days_are_deleted_whole_and_their_seals_stay(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    first = a_day(context, "a", people=5)
    a_day(context, "b")
    assert prune_expired(context) == Pruned(0, 0)
    # The day of a seal is the last that it covers: the second one is young by one day.
    after_days(context.config.audit_days - 1)
    assert prune_expired(context) == Pruned(1, first.entries)
    with context.database.read() as session:
        kept = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert kept[0].id == first.last_id + 1
    assert kept[-1].action == "audit.prune"
    assert standings(context) == [Standing.MATCHES, Standing.PRUNED]
    assert prune_expired(context) == Pruned(0, 0)


@pytest.mark.parametrize("wrong", [-9000, 400])
def test_days_sealed_by_a_wrong_clock_delete_no_others(context: AppContext, wrong: int):
    a_day(context, "a")
    after_days(wrong)
    a_day(context, "b")
    after_days(-wrong)
    a_day(context, "c")
    # The first day is young, then also the last: the second is named after what the clock said.
    assert prune_expired(context) == Pruned(0, 0)
    assert standings(context) == [Standing.MATCHES] * 3
    after_days(context.config.audit_days - 1)
    prune_expired(context)
    assert Standing.DIFFERS not in standings(context)


def test_nothing_is_deleted_while_the_clock_is_in_doubt(context: AppContext):
    a_day(context, "a")
    after_days(3000)
    compare_clock(context)
    assert prune_expired(context) == Pruned(0, 0)
    after_days(-3000)
    compare_clock(context)
    after_days(3000)
    assert prune_expired(context).days == 1


def test_an_interrupted_deletion_is_finished_by_the_next(context: AppContext):
    first = a_day(context, "a")
    a_day(context, "b")
    with context.database.write() as session:
        session.get_one(AuditDay, 1).pruned_at = clock.now()
        session.execute(delete(AuditEntry).where(AuditEntry.id == 1))
        context.database.commit(session)
    prune_expired(context)
    with context.database.read() as session:
        assert session.scalar(select(AuditEntry.id).order_by(AuditEntry.id)) == first.last_id + 1


def test_other_requests_are_answered_during_an_export(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(export, "STEP", 2)
    a_day(context, "a", people=5)
    turns: list[float] = []
    monkeypatch.setattr("audit.lines.time.sleep", turns.append)
    with context.database.read() as session:
        admin = session.scalars(select(User)).first()
    assert admin is not None
    actor = Actor(admin.id, admin.display_name, True, "")
    pieces = list(export.export_entries(actor, AuditFilter(), export.Format.JSONL, "vi"))
    assert [piece.count(b"\n") for piece in pieces] == [2, 2, 2]
    assert turns == [0, 0, 0]
