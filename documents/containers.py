"""Containers of documents, and the policies that their owners register for each kind.

A kind and an id identify a container (an agenda item, a meeting). This package calls the policy
and does not access the owner's tables. `app.py` registers the policies.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec
from sqlalchemy.orm import Session

from core.errors import Refusal
from core.permissions import Role
from core.transactions.transaction import Tx


class Container(msgspec.Struct, frozen=True):
    """The identifier of a container."""

    kind: str
    id: str


class PublishedVersion(msgspec.Struct, frozen=True):
    """A version that was published to readers. sha256: of the file, hex."""

    document_id: str
    version: int
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ContainerAccess:
    """The permissions of one person in a container, in one database snapshot.

    roles: in the container's room, without the roles of the account. room_id: the room that
    receives the container's events. title, at: the room's title and start time.
    closed: the refusal to change documents; None while they may be changed.
    may_write_for_room: may show annotations to the whole room. moderates: may remove annotations of
    others from the room.
    """

    roles: frozenset[Role]
    room_id: str
    title: str
    at: datetime
    closed: Refusal | None
    may_write_for_room: bool
    moderates: bool

    def check_open(self) -> None:
        """Raise the owner's refusal when documents can no longer be changed."""
        if self.closed is not None:
            raise self.closed


class RoomStanding(NamedTuple):
    """A person's roles in the room of a container, and the room's seq in the same state."""

    roles: frozenset[Role]
    room_id: str
    seq: int


class ContainerPolicy(Protocol):
    """Rules and events of the containers of some kinds."""

    def standing(self, user_id: str, container: Container) -> RoomStanding:
        """The roles of a person, in one prepared query. Raises: NotFound (no such container)."""
        ...

    def access(
        self, session: Session, user_id: str | None, container: Container
    ) -> ContainerAccess:
        """The access of a person. user_id: None for the server itself, which has no roles.

        Raises: NotFound (no such container).
        """
        ...

    def access_to_all(
        self, session: Session, user_id: str, containers: Collection[Container]
    ) -> dict[Container, ContainerAccess]:
        """The access of a person to each container that exists, in a fixed number of queries."""
        ...

    def beside(self, session: Session, container: Container) -> Collection[Container]:
        """All containers of the same room, with this one: their documents share a quota.

        Raises: NotFound (no such container).
        """
        ...

    def check_removable(self, session: Session, container: Container, document_id: str) -> None:
        """Raises DocumentInVote when the owner's records refer to this document."""
        ...

    def files_of_record(self, session: Session) -> Collection[str]:
        """SHA-256 (hex) of the files that the owner's records refer to. These files are kept after
        their documents are removed."""
        ...

    def on_version_published(self, tx: Tx, container: Container, version: PublishedVersion) -> None:
        """Called in the transaction that publishes a version to readers."""
        ...


_policies: dict[str, ContainerPolicy] = {}


def register(kinds: Iterable[str], policy: ContainerPolicy) -> None:
    """Set the policy for containers of these kinds."""
    for kind in kinds:
        _policies[kind] = policy


def policy_of(container: Container) -> ContainerPolicy:
    """The policy for a container. Raises KeyError when its kind is not registered (a bug)."""
    return _policies[container.kind]


def access_to(session: Session, user_id: str | None, container: Container) -> ContainerAccess:
    """The access of a person to one container. Raises: NotFound (no such container)."""
    return policy_of(container).access(session, user_id, container)


def access_to_all(
    session: Session, user_id: str, containers: Iterable[Container]
) -> dict[Container, ContainerAccess]:
    """The access of a person to containers of any kind, with one call to each policy."""
    grouped: dict[int, tuple[ContainerPolicy, set[Container]]] = {}
    for container in containers:
        policy = policy_of(container)
        grouped.setdefault(id(policy), (policy, set()))[1].add(container)
    found: dict[Container, ContainerAccess] = {}
    for policy, group in grouped.values():
        found |= policy.access_to_all(session, user_id, group)
    return found


def files_of_record(session: Session) -> set[str]:
    """SHA-256 (hex) of the files that the records of any owner refer to."""
    policies = {id(policy): policy for policy in _policies.values()}
    return {name for policy in policies.values() for name in policy.files_of_record(session)}
