"""Reads of vote rules and rule packs."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.shared.models import Unit, User
from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.errors import NotAllowed, NotFound
from core.http.openapi import Listing
from core.http.pages import by_local_clock
from core.i18n import t
from meetings.meeting import declares as meeting_declares
from meetings.shared.models import Meeting
from meetings.voting.rules.catalogue import catalogue_of, read, rules_for, standing
from meetings.voting.rules.declares import Action, RulePackText, RulePackView, VoteRule
from meetings.voting.rules.models import RulePack
from meetings.voting.rules.pack_errors import RulePackNotValid
from meetings.voting.rules.packs import BUILT_IN, built_in
from meetings.voting.rules.presenters import shown_pack, shown_rules


class RuleFilter(msgspec.Struct, frozen=True):
    """The meeting whose rules are listed. Without one: rules in force today for the reader's
    unit."""

    meeting_id: str | None = None


def list_rules(actor: Actor, wanted: RuleFilter) -> Listing[VoteRule]:
    """The rules offered to a meeting, the default first, or all available to the reader's unit.

    Raises: NotFound, NotAllowed (not of this meeting).
    """
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.READ_RULES, None)
        if wanted.meeting_id is None:
            unit_id = session.get_one(User, actor.user_id).unit_id
            today = by_local_clock(clock.now()).date()
            return Listing(shown_rules(catalogue_of(session, unit_id).current(today)))
        meeting = session.get(Meeting, wanted.meeting_id)
        if meeting is None:
            raise NotFound(kind="meeting")
        current_context().permissions.allow(session, actor, meeting_declares.Action.READ, meeting)
        return Listing(shown_rules(rules_for(session, meeting)))


def list_packs(actor: Actor) -> Listing[RulePackView]:
    """Every pack: the built-in ones, then the custom ones in the order of adding."""
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.READ_PACKS, None)
        rows = session.scalars(select(RulePack).order_by(RulePack.added_at, RulePack.id)).all()
        own = _views(session, rows)
    return Listing([*(shown_pack(one, row_id=one.id, own=False) for one in built_in().packs), *own])


def unchecked_packs(actor: Actor) -> list[RulePackView]:
    """Packs in use with a citation that no lawyer has checked; empty for actors without access."""
    try:
        packs = list_packs(actor).items
    except NotAllowed:
        return []
    return [
        pack
        for pack in packs
        if pack.withdrawn_at is None
        and not all(rule.confirmed and rule.quorum.confirmed for rule in pack.rules)
    ]


def get_pack(actor: Actor, pack_id: str) -> RulePackText:
    """One pack with its text: a custom pack by row id, a built-in pack by pack id.

    Raises: NotFound, NotAllowed.
    """
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.READ_PACKS, None)
        row = session.get(RulePack, pack_id)
        if row is not None:
            return _with_text(pack_view(session, row), row.source)
    pack = next((one for one in built_in().packs if one.id == pack_id), None)
    if pack is None:
        raise NotFound(kind="rule_pack")
    text = BUILT_IN.joinpath(f"{pack.id}.toml").read_text()
    return _with_text(shown_pack(pack, row_id=pack.id, own=False), text)


def pack_view(session: Session, row: RulePack) -> RulePackView:
    """The view of a custom pack for administrators."""
    return _views(session, [row])[0]


def _with_text(view: RulePackView, source: str) -> RulePackText:
    facts = {name: getattr(view, name) for name in view.__struct_fields__}
    return RulePackText(**facts, source=source)


def _views(session: Session, rows: Sequence[RulePack]) -> list[RulePackView]:
    """Views of custom packs with names of people and units, in a fixed number of queries."""
    ids = {one for row in rows for one in (row.added_by, row.withdrawn_by) if one}
    people = select(User.id, User.display_name).where(User.id.in_(ids))
    names: dict[str, str] = dict(session.execute(people).all())
    units: dict[str, str] = dict(session.execute(select(Unit.id, Unit.name)).all())
    problems = _problems(rows)
    return [
        msgspec.structs.replace(
            _parsed_or_named(row),
            id=row.id,
            unit_id=row.unit_id,
            unit_name=units[row.unit_id] if row.unit_id else None,
            added_at=row.added_at,
            added_by=names[row.added_by],
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=names[row.withdrawn_by] if row.withdrawn_by else None,
            problem=problems.get(row.id),
        )
        for row in rows
    ]


def _parsed_or_named(row: RulePack) -> RulePackView:
    """The pack of a row; without rules if it cannot be parsed any more."""
    try:
        return shown_pack(read(row))
    except RulePackNotValid:
        return RulePackView(
            id=row.id,
            pack_id=row.pack_id,
            version=row.version,
            title=row.pack_id,
            kinds=(),
            own=True,
        )


def _problems(rows: Sequence[RulePack]) -> dict[str, str]:
    """Why packs in use are not offered, in words, by row id."""
    in_use = [row for row in rows if row.withdrawn_at is None]
    found: dict[str, RulePackNotValid] = {}
    for unit_id in {row.unit_id for row in in_use}:
        found |= standing(row for row in in_use if row.unit_id in (None, unit_id))[1]
    return {
        row_id: t(f"error.{refused.code}", **refused.told(t)) for row_id, refused in found.items()
    }
