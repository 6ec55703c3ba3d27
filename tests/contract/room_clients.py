"""Tablets in a room that know it by events only, held against fresh snapshots.

Everybody has two tablets. One is always there: it hears every event at once, and takes a snapshot
when its person's place changes. The other has been away and asks, at some moment, for what it
missed. Whatever happened, what each knows is what a fresh snapshot says.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from core.actor import Actor
from core.app_context import current_context
from core.errors import NotAllowed, Refusal
from documents.containers import Container
from meetings.agenda.containers import item_container
from meetings.room import snapshot as snapshots
from meetings.room.join_context import join_context
from meetings.shared.containers import meeting_container
from tests.contract.folding import Folding, differences


@dataclass(frozen=True)
class Cast:
    """Who plays: the secretary who stays, four others, an administrator, and a unit."""

    secretary: Actor
    admin: Actor
    others: tuple[Actor, ...]
    unit_id: str

    @property
    def everybody(self) -> tuple[Actor, ...]:
        return (self.secretary, *self.others)


class RoomTablets(RuleBasedStateMachine):
    """See the module. `cast` and `folding` are put in place by the test."""

    cast: ClassVar[Cast]
    folding: ClassVar[Folding]

    def __init__(self) -> None:
        super().__init__()
        self.meeting_id = ""
        self.heads: dict[str, tuple[int, int]] = {}
        self.roles: dict[str, str] = {}
        self.differing: list[str] = []

    def snapshot(self, actor: Actor) -> dict[str, Any]:
        """A fresh one, as the API writes it. Raises NotAllowed."""
        with current_context().database.read() as session:
            whole = snapshots.snapshot(
                session, actor, join_context(session, actor, self.meeting_id)
            )
        fresh = msgspec.json.encode(msgspec.structs.replace(whole, live={}))
        plain: dict[str, Any] = msgspec.json.decode(fresh)
        return plain

    def take(self, tablet: str, snapshot: dict[str, Any]) -> dict[str, Any]:
        self.heads[tablet] = (snapshot["seq"], snapshot["mine_seq"])
        return self.folding.take(tablet, snapshot)

    def catch_up(self, tablet: str, actor: Actor) -> dict[str, Any] | None:
        """Ask for what was missed; None: a snapshot is needed."""
        seq, mine_seq = self.heads[tablet]
        with current_context().database.read() as session:
            context = join_context(session, actor, self.meeting_id)
            missed = snapshots.catch_up(
                session, actor, context, current_context().epoch, seq, mine_seq
            )
        if missed is None:
            return None
        self.heads[tablet] = (missed.seq, missed.mine_seq)
        return self.folding.fold(tablet, missed.events, missed.mine, missed.mine_seq)

    def bring_up_to_date(self, tablet: str, actor: Actor, fresh: dict[str, Any]) -> dict[str, Any]:
        """Catch up and compare: what is known, which is what a fresh snapshot says."""
        known = self.catch_up(tablet, actor) if tablet in self.heads else None
        if known is None:
            known = self.take(tablet, fresh)
        found = differences(known, self.folding.look(fresh))
        # What is shown and how far votes have come is the live channel's: it has tests of its own.
        # Annotations are asked for document by document: see `room_annotations`.
        others = ("room.live", "room.votes", "room.annotations")
        self.differing = [line for line in found if not line.startswith(others)]
        assert not self.differing, tablet
        return known

    def after_every_step(self) -> None:
        """The tablets that are always there."""
        for actor in self.cast.everybody:
            tablet = f"there {actor.user_id}"
            try:
                fresh = self.snapshot(actor)
            except NotAllowed:
                self.heads.pop(tablet, None)
                continue
            role = fresh["me"]["role"]
            if self.roles.get(actor.user_id) != role:
                self.roles[actor.user_id] = role
                self.heads.pop(tablet, None)
            self.bring_up_to_date(tablet, actor, fresh)

    @rule(who=st.integers(0, 4))
    def come_back(self, who: int) -> None:
        actor = self.cast.everybody[who]
        with suppress(NotAllowed):
            self.bring_up_to_date(f"away {actor.user_id}", actor, self.snapshot(actor))

    def attempt(self, verb: Callable[..., object], *args: object, by: Actor | None = None) -> bool:
        """Do something, as the secretary unless said, and whether it was done.

        A refusal changes nothing.
        """
        done = False
        with suppress(Refusal):
            verb(by or self.cast.secretary, *args)
            done = True
        self.after_every_step()
        return done

    # What there is, as the secretary sees it.

    def meeting(self) -> dict[str, Any]:
        whole: dict[str, Any] = self.snapshot(self.cast.secretary)["meeting"]
        return whole

    def item(self, which: int) -> str:
        items = self.meeting()["agenda"]
        return str(items[which % len(items)]["id"]) if items else "none"

    def guest(self, which: int) -> str:
        listed = self.meeting()["guests"]
        return str(listed[which % len(listed)]["id"]) if listed else "none"

    def container(self, which: int) -> Container:
        own = meeting_container(self.meeting_id)
        items = [item_container(item["id"]) for item in self.meeting()["agenda"]]
        return [own, *items][which % (1 + len(items))]

    def documents_in(self, container: Container) -> list[str]:
        meeting = self.meeting()
        documents = {item["id"]: item["documents"] for item in [meeting, *meeting["agenda"]]}
        return [document["id"] for document in documents[container.id]]

    def documents(self) -> list[str]:
        meeting = self.meeting()
        lists = [one["documents"] for one in (meeting, *meeting["agenda"])]
        return [document["id"] for documents in lists for document in documents]

    def document(self, which: int) -> str:
        found = self.documents()
        return found[which % len(found)] if found else "none"

    def teardown(self) -> None:
        """At the end everybody comes back."""
        if self.meeting_id and not self.differing:
            for who in range(len(self.cast.everybody)):
                self.come_back(who)
