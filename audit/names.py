"""Names of the people and things that audit entries refer to by id."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec
from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from accounts.shared.models import SignIn, Unit, User
from core.db.models import AuditEntry
from documents.models import Document
from meetings.shared.models import Meeting
from meetings.voting.models import Poll
from meetings.voting.rules.models import RulePack

NAMED: Mapping[str, InstrumentedAttribute[str]] = {
    User.__tablename__: User.display_name,
    Unit.__tablename__: Unit.name,
    Document.__tablename__: Document.title,
    Meeting.__tablename__: Meeting.title,
    Poll.__tablename__: Poll.title,
    RulePack.__tablename__: RulePack.pack_id,
    SignIn.__tablename__: SignIn.device,
}
"""The name of a row, by its table."""

Names = Mapping[tuple[str, str], str]
"""By table and id."""


def names_in(session: Session, entries: Iterable[AuditEntry]) -> Names:
    """The present names of the actors and things of these entries, of those that still exist."""
    ids: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.actor_id:
            ids[User.__tablename__].add(entry.actor_id)
        if entry.thing_kind in NAMED:
            ids[entry.thing_kind].add(entry.thing_id)
        if b'"user_id"' in entry.facts:
            ids[User.__tablename__].add(str(msgspec.json.decode(entry.facts).get("user_id")))
    if not ids:
        return {}
    of_kinds = [_named(kind, wanted) for kind, wanted in sorted(ids.items())]
    return {(kind, key): name for kind, key, name in session.execute(union_all(*of_kinds))}


def _named(kind: str, ids: set[str]) -> Select[str, str, str]:
    key: InstrumentedAttribute[str] = NAMED[kind].class_.id
    return select(literal(kind), key, NAMED[kind]).where(key.in_(ids))
