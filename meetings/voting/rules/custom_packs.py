"""Operations on custom rule packs: check, add, withdraw."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.shared.declares import UnknownUnit
from accounts.shared.models import Unit
from core.actor import Actor
from core.app_context import current_context
from core.ids import new_id
from core.transactions.transaction import Tx, transaction
from meetings.meeting.naming import facts_of
from meetings.meeting.status_rules import OVER
from meetings.shared.models import Meeting
from meetings.voting.rules.catalogue import FILE, offers, rows_reaching, standing
from meetings.voting.rules.declares import Action, RulePackView
from meetings.voting.rules.models import RulePack
from meetings.voting.rules.pack_errors import PackError, RulePackNotValid
from meetings.voting.rules.packs import Pack, built_in, pack_from
from meetings.voting.rules.presenters import shown_pack
from meetings.voting.rules.queries import pack_view


class NewPack(msgspec.Struct, frozen=True):
    """A rule pack as TOML. `unit_id`: the unit that owns it; null: all units."""

    toml: str
    unit_id: str | None = None


def add_pack(actor: Actor, new: NewPack) -> RulePackView:
    """Add a pack; its rules are offered at once to meetings of its kinds.

    Adding a withdrawn pack again with the same text puts it back in use. Raises: NotAllowed,
    UnknownUnit, RulePackNotValid.
    """
    with transaction() as tx:
        tx.allow(actor, Action.ADD_PACK, None)
        pack, row = _accepted(tx.session, new)
        with _publish_to_rooms(tx, new.unit_id, actor):
            row = row or _new_row(tx, actor, pack, new)
            row.withdrawn_at = row.withdrawn_by = None
        tx.audit(
            actor, Action.ADD_PACK, row, pack=pack.id, version=pack.version, unit_id=new.unit_id
        )
        return tx.answers(pack_view(tx.session, row))


def check_pack(actor: Actor, new: NewPack) -> RulePackView:
    """A preview of adding this pack; changes nothing.

    Raises: NotAllowed, UnknownUnit, RulePackNotValid.
    """
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.ADD_PACK, None)
        pack, row = _accepted(session, new)
        return shown_pack(pack) if row is None else pack_view(session, row)


def withdraw_pack(actor: Actor, row_id: str) -> RulePackView:
    """Stop offering a pack. It is kept, and polls have their own copy of their rule.

    Raises: NotAllowed, NotFound.
    """
    with transaction() as tx:
        tx.allow(actor, Action.WITHDRAW_PACK, None)
        row = tx.lock(RulePack, row_id)
        if row.withdrawn_at is None:
            with _publish_to_rooms(tx, row.unit_id, actor):
                row.withdrawn_at, row.withdrawn_by = tx.at, actor.user_id
            tx.audit(actor, Action.WITHDRAW_PACK, row, pack=row.pack_id, version=row.version)
        return tx.answers(pack_view(tx.session, row))


def _new_row(tx: Tx, actor: Actor, pack: Pack, new: NewPack) -> RulePack:
    row = RulePack(
        id=new_id(),
        pack_id=pack.id,
        version=pack.version,
        unit_id=new.unit_id,
        source=new.toml,
        added_at=tx.at,
        added_by=actor.user_id,
    )
    tx.session.add(row)
    return row


def _accepted(session: Session, new: NewPack) -> tuple[Pack, RulePack | None]:
    """The parsed and validated pack, and the withdrawn row with the same text, if there is one."""
    if new.unit_id is not None and session.get(Unit, new.unit_id) is None:
        raise UnknownUnit()
    try:
        pack = pack_from(new.toml.encode(), FILE)
        same = _row_named(session, pack, new.unit_id)
        if same is not None and (same.withdrawn_at is None or same.source != new.toml):
            reason = f"pack {pack.id} {pack.version} is there already"
            raise RulePackNotValid(FILE, "id", PackError.DUPLICATE, reason)
        for unit_id in _units_reached(session, new.unit_id):
            # Includes withdrawn packs: a rule's id and version always name the same text.
            rows = [row for row in rows_reaching(session, unit_id) if row is not same]
            built_in().with_own([*standing(rows)[0], pack])
    except RulePackNotValid as refused:
        raise refused.in_text(new.toml) from None
    return pack, same


def _row_named(session: Session, pack: Pack, unit_id: str | None) -> RulePack | None:
    """The row of a unit with the id and version of a pack."""
    of_unit = RulePack.unit_id.is_(None) if unit_id is None else RulePack.unit_id == unit_id
    named = (RulePack.pack_id == pack.id, RulePack.version == pack.version)
    return session.scalar(select(RulePack).where(of_unit, *named))


def _units_reached(session: Session, unit_id: str | None) -> set[str | None]:
    """The units whose catalogues will contain a pack, limited to those with custom packs."""
    if unit_id is not None:
        return {unit_id}
    return {None, *session.scalars(select(RulePack.unit_id).distinct())}


@contextmanager
def _publish_to_rooms(tx: Tx, unit_id: str | None, actor: Actor) -> Iterator[None]:
    """Publish meeting facts to rooms whose rules change, because their quorum may change too.

    unit_id: owner of the changed packs; None: all units. Meetings that are over are not notified.
    """
    wanted = select(Meeting).where(Meeting.status.not_in(OVER))
    if unit_id is not None:
        wanted = wanted.where(Meeting.unit_id == unit_id)
    meetings = tx.session.scalars(wanted).all()
    before = list(offers(tx.session, meetings))
    yield
    tx.session.flush()
    for (meeting, was), now in zip(before, offers(tx.session, meetings), strict=True):
        if now != (meeting, was):
            tx.publish(meeting.id, facts_of(tx.session, meeting), actor=actor)
