"""Shelves: where papers lie, and the interface by which a shelf's owner answers for it.

A shelf is named by a kind and an id (an agenda item's, a meeting's, later a person's own). This
slice never looks behind that name: the owner registers a keeper for its kinds in `app.py`.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

import msgspec
from sqlalchemy.orm import Session

from core.actor import Actor
from core.permissions import Role
from core.transaction import Tx


class Shelf(msgspec.Struct, frozen=True):
    """The name of a shelf; also how it stands in events."""

    kind: str
    id: str


class ShownPaper(msgspec.Struct, frozen=True):
    """A version that readers see from now on. sha256: of the file, hex."""

    document_id: str
    version: int
    title: str
    sha256: str


class ShelfPlace(msgspec.Struct, frozen=True):
    """Where a shelf stands for one person: the roles there; the room it is in, with its title and
    the moment that tells it from others of the same title."""

    roles: frozenset[Role]
    room_id: str
    title: str
    at: datetime


class ShelfKeeper(Protocol):
    """Answers for the shelves of some kinds."""

    def roles(self, session: Session, actor: Actor, shelf: Shelf) -> frozenset[Role]:
        """Every role of this person towards the shelf. Raises NotFound (no such shelf)."""
        ...

    def seat_roles(self, session: Session, user_id: str, shelf: Shelf) -> frozenset[Role]:
        """The roles that somebody has in the room of the shelf; none without a seat there."""
        ...

    def places(
        self, session: Session, actor: Actor, shelves: Collection[Shelf]
    ) -> dict[Shelf, ShelfPlace]:
        """Where these shelves stand for this person, in a fixed number of queries; without those
        that are in no room or are not there."""
        ...

    def room_id(self, session: Session, shelf: Shelf) -> str | None:
        """The room that is told of changes on the shelf; None: nobody is."""
        ...

    def check_open(self, session: Session, shelf: Shelf) -> None:
        """Raises the owner's own refusal when papers of this shelf can no longer be changed."""
        ...

    def check_room_writing(self, session: Session, actor: Actor, shelf: Shelf) -> None:
        """Raises WritingOff when this person may not write what the whole room sees."""
        ...

    def moderates(self, session: Session, actor: Actor, shelf: Shelf) -> bool:
        """Whether this person may take marks of others away from the room."""
        ...

    def check_removable(self, session: Session, shelf: Shelf, document_id: str) -> None:
        """Raises DocumentInVote when the owner's records are about this document of the shelf."""
        ...

    def files_of_record(self, session: Session) -> Collection[str]:
        """SHA-256 (hex) of the files that the owner's records are about. They are kept for good,
        whatever became of their documents."""
        ...

    def shown(self, tx: Tx, shelf: Shelf, paper: ShownPaper) -> None:
        """A version was published to the shelf's readers, in this transaction."""
        ...


_keepers: dict[str, ShelfKeeper] = {}


def register(kinds: Iterable[str], keeper: ShelfKeeper) -> None:
    """Say who answers for shelves of these kinds."""
    for kind in kinds:
        _keepers[kind] = keeper


def keeper_of(shelf: Shelf) -> ShelfKeeper:
    """The keeper of a shelf. KeyError: nobody registered for its kind, an error of the program."""
    return _keepers[shelf.kind]


def files_of_record(session: Session) -> set[str]:
    """SHA-256 of the files that must be kept for the records of any keeper."""
    keepers = {id(keeper): keeper for keeper in _keepers.values()}
    return {name for keeper in keepers.values() for name in keeper.files_of_record(session)}


def places_of(session: Session, actor: Actor, shelves: Iterable[Shelf]) -> dict[Shelf, ShelfPlace]:
    """Where shelves of any kind stand for this person, each keeper asked once."""
    asked: dict[int, tuple[ShelfKeeper, set[Shelf]]] = {}
    for shelf in shelves:
        keeper = keeper_of(shelf)
        asked.setdefault(id(keeper), (keeper, set()))[1].add(shelf)
    found: dict[Shelf, ShelfPlace] = {}
    for keeper, its_own in asked.values():
        found |= keeper.places(session, actor, its_own)
    return found
