"""Which rules hold for a meeting: whose, on which day, and what can no longer stand."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import app
from accounts.people.service import SYSTEM, NewUser, add_user
from accounts.people.unit_service import NewUnit, add_unit
from core.actor import Actor
from core.app_context import current_context, install_context
from core.config import read_config
from core.db.models import AuditEntry
from meetings.meeting.service import NewMeeting, create_meeting
from meetings.shared.models import Meeting
from meetings.voting.rules import queries
from meetings.voting.rules.catalogue import catalogue_of, rule_named, rules_for
from meetings.voting.rules.custom_packs import NewPack, add_pack, withdraw_pack
from meetings.voting.rules.models import RulePack
from meetings.voting.rules.pack_errors import RulePackNotValid
from meetings.voting.rules.packs import UnknownRule
from tests.pack_texts import own_pack


@pytest.fixture
def admin(tmp_path) -> Iterator[Actor]:
    """An administrator in the assembled app of this process, over a fresh data folder."""
    config = read_config(tmp_path / "data", env={})
    app.prepare(config)
    context = app.assemble(config)
    made = add_user(SYSTEM, NewUser("quantri", "Quản Trị", is_admin=True), password_hash="none")
    yield Actor(made.id, made.display_name, True, "none")
    context.database.close()
    install_context(None)


@pytest.fixture
def unit(admin: Actor) -> str:
    return add_unit(SYSTEM, NewUnit(name="Trường")).id


@pytest.fixture
def session(admin: Actor) -> Iterator[Session]:
    with current_context().database.read() as opened:
        yield opened


@pytest.fixture
def meeting_of(admin: Actor) -> Callable[[str | None], Meeting]:
    """Makes a school council's meeting of a unit."""

    def make(unit_id: str | None) -> Meeting:
        new = NewMeeting("Họp", datetime(2026, 11, 24, tzinfo=UTC), kind="school_council")
        made = create_meeting(admin, new)
        with current_context().database.write() as writing:
            meeting = writing.get_one(Meeting, made.id)
            meeting.unit_id = unit_id
            current_context().database.commit(writing)
        with current_context().database.read() as reading:
            return reading.get_one(Meeting, made.id)

    return make


def row(admin: Actor, pack_id: str, source: str, unit_id: str | None = None) -> RulePack:
    """A row as an older version of the program may have left it."""
    return RulePack(
        id=f"row of {pack_id} of {unit_id}",
        pack_id=pack_id,
        version=1,
        unit_id=unit_id,
        source=source,
        added_at=datetime(2026, 1, 1, tzinfo=UTC),
        added_by=admin.user_id,
    )


def left_by_an_older_version(*rows: RulePack) -> None:
    with current_context().database.write() as session:
        session.add_all(rows)
        current_context().database.commit(session)


def test_a_poll_may_name_any_rule_that_reaches_its_meeting(admin, unit, meeting_of, session):
    add_pack(admin, NewPack(own_pack("mine"), unit))
    inside, outside = meeting_of(unit), meeting_of(None)
    assert [rule.id for rule in rules_for(session, inside)] == ["mine_decision"]
    assert rule_named(session, inside, "mine_decision").pack == "mine"
    # The ids that always exist are there for every meeting, whatever its kind.
    for meeting in (inside, outside):
        assert rule_named(session, meeting, "hdnd_resolution").version == 1
    for rule_id in ("mine_decision", "no_such_rule"):
        with pytest.raises(UnknownRule):
            rule_named(session, outside, rule_id)


def test_the_version_in_force_on_the_day_is_the_one(admin, meeting_of, session):
    first = "effective_to = 2026-06-30"
    add_pack(admin, NewPack(own_pack("p", more=first)))
    add_pack(admin, NewPack(own_pack("p", version=2, more="effective_from = 2026-07-01")))
    meeting = meeting_of(None)
    assert rule_named(session, meeting, "p_decision").version == 2
    meeting.starts_at = datetime(2026, 6, 30, 16, tzinfo=UTC)
    assert rule_named(session, meeting, "p_decision").version == 1


def test_a_withdrawn_pack_is_named_no_more(admin, meeting_of, session):
    pack = add_pack(admin, NewPack(own_pack("p")))
    meeting = meeting_of(None)
    assert rule_named(session, meeting, "p_decision").version == 1
    withdraw_pack(admin, pack.id or "")
    session.rollback()
    with pytest.raises(UnknownRule):
        rule_named(session, meeting, "p_decision")


def test_a_pack_that_no_longer_stands_is_left_out_and_shown(admin, unit, meeting_of, session):
    clash = own_pack("clash", rule="hdnd_resolution")
    left_by_an_older_version(
        row(admin, "torn", 'id = "torn"'),
        row(admin, "clash", clash, unit),
        row(admin, "good", own_pack("good"), unit),
    )
    assert [rule.id for rule in rules_for(session, meeting_of(unit))] == ["good_decision"]
    assert len(catalogue_of(session, unit).packs) == len(catalogue_of(session, None).packs) + 1
    packs = {one.pack_id: one for one in queries.list_packs(admin).items if one.own}
    assert packs["good"].problem is None
    assert "“hdnd_resolution” là mã của một quy tắc có sẵn" in str(packs["clash"].problem)
    assert "Mục version: thiếu mục này" in str(packs["torn"].problem)
    assert (packs["torn"].title, packs["torn"].rules) == ("torn", ())
    # Others can still be added beside them, and what cannot stand can be withdrawn.
    assert add_pack(admin, NewPack(own_pack("more"))).problem is None
    with pytest.raises(RulePackNotValid, match="pack torn 1 is there already"):
        add_pack(admin, NewPack(own_pack("torn")))
    assert withdraw_pack(admin, packs["torn"].id or "").withdrawn_by == "Quản Trị"


@pytest.mark.parametrize("mine", [True, False])
def test_the_tables_hold_one_row_of_an_id_and_version(admin, unit, mine):
    unit_id = unit if mine else None
    rows = [row(admin, "p", own_pack("p"), unit_id) for _ in range(2)]
    rows[1].id = "another"
    with pytest.raises(IntegrityError):
        left_by_an_older_version(*rows)


def test_what_was_done_is_in_the_audit(admin, session):
    pack = add_pack(admin, NewPack(own_pack("p")))
    for _ in range(2):
        withdraw_pack(admin, pack.id or "")
    add_pack(admin, NewPack(own_pack("p")))
    told = select(AuditEntry).where(AuditEntry.thing_kind == "rule_pack").order_by(AuditEntry.id)
    entries = [(one.action, one.thing_id, one.actor_id) for one in session.scalars(told)]
    assert entries == [
        (action, pack.id, admin.user_id)
        for action in ("rule_pack.add", "rule_pack.withdraw", "rule_pack.add")
    ]
