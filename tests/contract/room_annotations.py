"""Annotations on the documents of a room; tablets know them by one answer and by events.

A tablet asks for what is written on a document, and takes the answer at once or later; from then on
it hears of changes. Whatever happened, what it knows is what a fresh answer says, and of a document
that its person cannot read it knows nothing.
"""

from collections import defaultdict
from datetime import timezone
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from sqlalchemy import select

from core.actor import Actor
from core.app_context import current_context
from core.errors import NotAllowed
from core.ids import new_id
from documents.annotations import erasing, service
from documents.annotations.declares import Style
from documents.annotations.kinds.ink import Ink
from documents.annotations.kinds.registry import Kind
from documents.annotations.models import Annotation
from documents.annotations.queries import list_annotations
from documents.annotations.rules import Audience
from meetings.meeting.service import MeetingChanges, change_meeting
from tests.contract.folding import differences
from tests.contract.room_machine import ZONE, RoomMachine

ANYBODY = st.integers(0, 4)
WHICH = st.integers(0, 20)
AUDIENCE = st.sampled_from([Audience.PRIVATE, Audience.MEETING, Audience.MEETING, Audience.PERSON])
WORDS = st.none() | st.text("aăâbcdđ –½", min_size=1, max_size=6)
PEN = Style("#1c4fa1", 2.6, 1.0, 20.0)
NAMES = {"author_name": "", "user_name": ""}
"""A name is as it was when it was told; the room's participants say what somebody is called."""

Marks = dict[str, dict[str, Any]]


class AnnotationMachine(RoomMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[tuple[str, str], dict[str, Any]] = {}
        self.beginning = False

    @initialize(zone=ZONE, template=st.just(None))
    def begin(self, zone: timezone, template: str | None) -> None:
        """Everybody has written something, and the last document was replaced."""
        self.beginning = True
        super().begin(zone, template)
        self.add_version(1)
        for stage in ("measured", "ready"):
            self.the_worker_goes_on(stage)
        for who in range(5):
            for which, audience in enumerate((Audience.PRIVATE, *Audience)):
                self.write(who, which, audience, who + 1, version=None, count=2)
        self.beginning = False
        self.after_every_step()

    def after_every_step(self) -> None:
        if not self.beginning:
            super().after_every_step()

    # What people do.

    @rule(
        who=ANYBODY,
        which=WHICH,
        audience=AUDIENCE,
        to=ANYBODY,
        version=st.none() | st.integers(1, 2),
        count=st.integers(1, 3),
    )
    def write(
        self, who: int, which: int, audience: Audience, to: int, version: int | None, count: int
    ) -> None:
        to_whom = self.cast.everybody[to % 5].user_id
        person = to_whom if audience is Audience.PERSON else None
        drafts = [
            service.Draft(
                id=new_id(),
                version=version,
                page=1 + place % 2,
                kind=Kind.INK,
                audience=audience if place == 0 else Audience.PRIVATE,
                user_id=person if place == 0 else None,
                geometry=Ink([[(0.1, 0.2, 0.5), (0.3, 0.2, 0.7)]]),
                style=PEN,
                text=None,
                anchor=None,
            )
            for place in range(count)
        ]
        by = self.cast.everybody[who]
        self.attempt(service.add_annotations, self.document(which), drafts, by=by)

    def one_of(self, which: int) -> tuple[str, int, Actor]:
        """Something that is written, its revision, and who has written it."""
        there = (
            select(Annotation.id, Annotation.revision, Annotation.author_id)
            .where(Annotation.document_id.in_(self.documents()), Annotation.deleted_at.is_(None))
            .order_by(Annotation.created_at, Annotation.place)
        )
        with current_context().database.read() as session:
            found = session.execute(there).all()
        if not found:
            return "none", 1, self.cast.secretary
        one, revision, author = found[which % len(found)]
        return one, revision, next(a for a in self.cast.everybody if a.user_id == author)

    def change(self, which: int, **changes: Any) -> None:
        one, revision, author = self.one_of(which)
        wanted = service.Changes(**changes)
        self.attempt(service.change_annotation, one, revision, wanted, by=author)

    @rule(which=WHICH, text=WORDS)
    def rewrite(self, which: int, text: str | None) -> None:
        self.change(which, text=text, geometry=msgspec.Raw(b'{"strokes":[[[0.5,0.5,1]]]}'))

    @rule(which=WHICH)
    def show_to_the_room(self, which: int) -> None:
        self.change(which, audience=Audience.MEETING)

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        self.change(which, audience=Audience.PRIVATE)

    @rule(which=WHICH, to=ANYBODY)
    def send_to(self, which: int, to: int) -> None:
        person = self.cast.everybody[to].user_id
        self.change(which, audience=Audience.PERSON, user_id=person)

    @rule(which=WHICH, who=st.none() | ANYBODY)
    def delete(self, which: int, who: int | None) -> None:
        one, _, author = self.one_of(which)
        by = author if who is None else self.cast.everybody[who]
        self.attempt(service.remove_annotation, one, by=by)

    @rule(member_writing=st.sampled_from([True, True, False]))
    def let_members_write(self, member_writing: bool) -> None:
        changes = MeetingChanges(member_writing=member_writing)
        self.attempt(change_meeting, self.meeting_id, changes)

    @rule(who=ANYBODY, which=WHICH)
    def erase_while_away(self, who: int, which: int) -> None:
        """The worker erases one of two annotations from the event that a tablet has missed."""
        self.load_without_having_caught_up(who, which)
        self.write(who, which, Audience.PRIVATE, 0, version=None, count=2)
        self.delete(-1, None)
        erasing.erase_deleted()
        self.come_back(who)

    # What tablets know of it.

    def answer(self, actor: Actor, document_id: str) -> dict[str, Any]:
        """What the server says is written on a document."""
        answer = list_annotations(actor, document_id)
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(answer))
        return plain

    @rule(who=ANYBODY, which=WHICH)
    def ask(self, who: int, which: int) -> None:
        """A tablet that is there asks, and is answered, but the answer is on its way."""
        actor, document_id = self.cast.everybody[who], self.document(which)
        tablet = f"there {actor.user_id}"
        if tablet in self.heads and document_id in readable(self.snapshot(actor)):
            self.folding.ask_for_annotations(tablet, document_id)
            self.answers[tablet, document_id] = self.answer(actor, document_id)

    @rule()
    def answers_arrive(self) -> None:
        for (tablet, document_id), answer in self.answers.items():
            if tablet in self.heads:
                self.folding.answer_annotations(tablet, document_id, answer)
        self.answers.clear()
        self.after_every_step()

    @rule(who=ANYBODY, which=WHICH)
    def load_without_having_caught_up(self, who: int, which: int) -> None:
        """A tablet that was away is answered with what is later than all that it has heard."""
        actor, document_id = self.cast.everybody[who], self.document(which)
        tablet = f"away {actor.user_id}"
        if tablet in self.heads and document_id in self.known_documents(actor):
            self.load(tablet, actor, document_id)

    def known_documents(self, actor: Actor) -> set[str]:
        try:
            return readable(self.snapshot(actor))
        except NotAllowed:
            return set()

    def load(self, tablet: str, actor: Actor, document_id: str) -> dict[str, Any]:
        self.folding.ask_for_annotations(tablet, document_id)
        answer = self.answer(actor, document_id)
        return self.folding.answer_annotations(tablet, document_id, answer)

    def bring_up_to_date(self, tablet: str, actor: Actor, fresh: dict[str, Any]) -> dict[str, Any]:
        """Also of what is written: a tablet that is there loads what it can, others what it has."""
        known = super().bring_up_to_date(tablet, actor, fresh)
        there = readable(fresh)
        assert set(known["annotations"]) <= there, tablet
        for document_id in sorted(there - set(known["annotations"])):
            if tablet.startswith("there"):
                known = self.load(tablet, actor, document_id)
        for document_id, document in known["annotations"].items():
            if document["waiting"] is None:
                says = told(self.answer(actor, document_id)["items"])
                self.differing = differences(shown(document), says, f"annotations.{document_id}")
                assert not self.differing, tablet
        return known


def readable(snapshot: dict[str, Any]) -> set[str]:
    """The documents in a snapshot."""
    meeting = snapshot["meeting"]
    lists = [one["documents"] for one in (meeting, *meeting["agenda"])]
    return {document["id"] for documents in lists for document in documents}


def told(items: list[dict[str, Any]]) -> Marks:
    """An answer by page and id."""
    pages: Marks = defaultdict(dict)
    for item in items:
        pages[f"{item['version']}/{item['page']}"][item["id"]] = {**item, **NAMES}
    return dict(pages)


def shown(document: dict[str, Any]) -> Marks:
    """What a tablet shows, by page and id."""
    return told([mark for page in document["pages"].values() for mark in page.values()])


BESIDE_THIS = (
    *(
        "add_item",
        "change_item",
        "remove_item",
        "reorder_items",
        "move_to",
        "edit",
        "transfer_presentation",
    ),
    *("call", "call_several", "confirm_own", "change_rules", "reorder_documents", "rename_unit"),
    *("prepare", "change_question", "remove_question", "reorder_questions", "hold_again"),
    *("open_vote", "send", "record", "confirm", "discard", "count_by_hand", "remind"),
    *("close_vote", "rule_on_tie", "announce", "cancel"),
    *("add_document", "change_document", "rename"),
)
"""What happens in a room and has nothing to do with what is written: tried by the others."""


def _still_there(name: str) -> Any:
    """The same step, but for `begin` alone: no longer one that is tried."""
    tried = getattr(RoomMachine, name)

    def step(self: RoomMachine, *args: Any, **more: Any) -> Any:
        return tried(self, *args, **more)

    return step


for _name in BESIDE_THIS:
    setattr(AnnotationMachine, _name, _still_there(_name))
