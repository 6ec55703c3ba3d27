"""The definition of a meeting feature, and the registry that calls the hooks of all features.

A feature lists the data and hooks that it contributes. `meetings/features.py` registers it.
Lower-level modules call features only through this registry.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from flask import Blueprint
from sqlalchemy.orm import Session

from accounts.shared.models import Unit, User
from core.actor import Actor
from core.errors import Refusal
from core.periodic import PeriodicTask
from core.permissions import Resolver, Rows
from core.transactions.transaction import Tx
from documents.containers import Container, PublishedVersion
from meetings.shared.attendee import Attendee
from meetings.shared.models import Meeting, MeetingStatus
from meetings.shared.quorum_rule import QuorumRuleView
from meetings.shared.view_parts import MeetingReader, RoomReader, ViewPart

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class TopbarLink:
    """A link on every page to a page of a feature. text: the catalogue key of its label."""

    path: str
    icon: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SocketEvent:
    """A message from clients. handle(sockets, actor, payload): the fields of the acknowledgement.

    name: on the wire. payload: its type. frequent: clients send it many times a second, so the
    handler runs without a Flask request context.
    """

    name: str
    payload: type[msgspec.Struct]
    handle: Callable[[Any, Actor, Any], dict[str, Any] | None]
    frequent: bool = True


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One feature. Every hook runs in the transaction or session that it receives.

    permission_subjects: the resolver of roles for each type of permission subject.
    refusals: errors that its hooks may raise on routes of other features, by endpoint.
    on_meeting_created(tx, meeting, template): the meeting and its participants are in the session.
    on_meeting_deleting: deletes its rows; features run in reverse order of registration.
    before_status_change(session, meeting, wanted): may refuse the new status.
    after_status_change(tx, actor, meeting, before): the new status has been published.
    check_person_changeable(session, user_id, meeting_id): raises a refusal while a person may not
    be removed from a meeting, lose an entitlement there, or (meeting_id None) have the account
    ended or its password set by somebody else.
    on_password_set(tx, actor, user, reason): it was set all the same, for this reason.
    on_participants_changed: a participant was added, changed or removed.
    containers: the document containers that it adds to a meeting, in order.
    check_agenda_item_removable(session, item_id), check_document_removable(session, meeting,
    document_id): raise a refusal when its records refer to this item or document.
    files_of_record: SHA-256 (hex) of the files that its records refer to.
    quorum_rule: the quorum rule of a meeting; exactly one feature provides it.
    attendees(session, meeting_id): attendees who are not participants.
    socket_events: messages that clients send.
    periodic(rooms): tasks of every web process. rooms(): ids of its rooms that have a client.
    worker_tasks: tasks of the worker, each in a thread of its own.
    """

    name: str
    blueprints: Sequence[Blueprint] = ()
    topbar_links: Sequence[TopbarLink] = ()
    permissions: Rows = field(default_factory=dict)
    permission_subjects: Mapping[type, Resolver] = field(default_factory=dict)
    refusals: Mapping[str, tuple[type[Refusal], ...]] = field(default_factory=dict)
    meeting_part: ViewPart[MeetingReader] | None = None
    snapshot_part: ViewPart[RoomReader] | None = None
    catch_up_part: ViewPart[RoomReader] | None = None
    on_meeting_created: Callable[[Tx, Meeting, str | None], None] | None = None
    on_meeting_deleting: Callable[[Tx, Meeting], None] | None = None
    before_status_change: Callable[[Session, Meeting, MeetingStatus], None] | None = None
    after_status_change: Callable[[Tx, Actor, Meeting, MeetingStatus], None] | None = None
    check_person_changeable: Callable[[Session, str, str | None], None] | None = None
    on_password_set: Callable[[Tx, Actor, User, str], None] | None = None
    on_participants_changed: Callable[[Tx, Meeting], None] | None = None
    on_person_changed: Callable[[Tx, User], None] | None = None
    on_unit_changed: Callable[[Tx, Unit], None] | None = None
    containers: Callable[[Session, Meeting], Sequence[Container]] | None = None
    on_document_published: Callable[[Tx, Meeting, PublishedVersion], None] | None = None
    check_agenda_item_removable: Callable[[Session, str], None] | None = None
    check_document_removable: Callable[[Session, Meeting, str], None] | None = None
    files_of_record: Callable[[Session], Collection[str]] | None = None
    quorum_rule: Callable[[Session, Meeting], QuorumRuleView] | None = None
    attendees: Callable[[Session, str], Sequence[Attendee]] | None = None
    socket_events: Sequence[SocketEvent] = ()
    periodic: Callable[[Callable[[], Sequence[str]]], Sequence[PeriodicTask]] | None = None
    worker_tasks: Sequence[PeriodicTask] = ()


def _declared(values: Iterable[T | None]) -> list[T]:
    """The values of an optional field, of the features that have it."""
    return [value for value in values if value is not None]


class Features:
    """The registered features; hooks run in the order of registration unless stated otherwise."""

    def __init__(self, registered: Sequence[Feature]) -> None:
        if len({one.name for one in registered}) < len(registered):
            raise ValueError("two features have the same name")
        self.registered = tuple(registered)
        self.topbar_links = [link for one in registered for link in one.topbar_links]
        self.meeting_parts = tuple(_declared(one.meeting_part for one in registered))
        self.snapshot_parts = tuple(_declared(one.snapshot_part for one in registered))
        self.catch_up_parts = tuple(_declared(one.catch_up_part for one in registered))

    def meeting_created(self, tx: Tx, meeting: Meeting, template: str | None) -> None:
        """Run the hooks for a new meeting. template: key of the agenda template."""
        for hook in _declared(one.on_meeting_created for one in self.registered):
            hook(tx, meeting, template)

    def meeting_deleting(self, tx: Tx, meeting: Meeting) -> None:
        """Delete the rows of each feature, dependent (later registered) features first."""
        for hook in _declared(one.on_meeting_deleting for one in reversed(self.registered)):
            hook(tx, meeting)

    def before_status_change(
        self, session: Session, meeting: Meeting, wanted: MeetingStatus
    ) -> None:
        """Raises the refusal of the first feature that does not allow the new status."""
        for hook in _declared(one.before_status_change for one in self.registered):
            hook(session, meeting, wanted)

    def after_status_change(
        self, tx: Tx, actor: Actor, meeting: Meeting, before: MeetingStatus
    ) -> None:
        """Run the hooks for a changed status."""
        for hook in _declared(one.after_status_change for one in self.registered):
            hook(tx, actor, meeting, before)

    def check_person_changeable(
        self, session: Session, user_id: str, meeting_id: str | None = None
    ) -> None:
        """Raises the refusal of the first feature for which the person has to stay as they are."""
        for hook in _declared(one.check_person_changeable for one in self.registered):
            hook(session, user_id, meeting_id)

    def password_set(self, tx: Tx, actor: Actor, user: User, reason: str) -> None:
        """Run the hooks for a password that somebody else set, with a reason."""
        for hook in _declared(one.on_password_set for one in self.registered):
            hook(tx, actor, user, reason)

    def participants_changed(self, tx: Tx, meeting: Meeting) -> None:
        """Run the hooks for changed participants."""
        for hook in _declared(one.on_participants_changed for one in self.registered):
            hook(tx, meeting)

    def person_changed(self, tx: Tx, person: User) -> None:
        """Run the hooks for a changed name or position of a person."""
        for hook in _declared(one.on_person_changed for one in self.registered):
            hook(tx, person)

    def unit_changed(self, tx: Tx, unit: Unit) -> None:
        """Run the hooks for a changed name of a unit."""
        for hook in _declared(one.on_unit_changed for one in self.registered):
            hook(tx, unit)

    def containers(self, session: Session, meeting: Meeting) -> list[Container]:
        """The document containers of a meeting: its own, then those of its items in order."""
        hooks = _declared(one.containers for one in self.registered)
        return [container for hook in hooks for container in hook(session, meeting)]

    def document_published(self, tx: Tx, meeting: Meeting, document: PublishedVersion) -> None:
        """Run the hooks for a version that was published in a meeting."""
        for hook in _declared(one.on_document_published for one in self.registered):
            hook(tx, meeting, document)

    def check_agenda_item_removable(self, session: Session, item_id: str) -> None:
        """Raises the refusal of the first feature whose records refer to this item."""
        for hook in _declared(one.check_agenda_item_removable for one in self.registered):
            hook(session, item_id)

    def check_document_removable(
        self, session: Session, meeting: Meeting, document_id: str
    ) -> None:
        """Raises the refusal of the first feature whose records refer to this document."""
        for hook in _declared(one.check_document_removable for one in self.registered):
            hook(session, meeting, document_id)

    def files_of_record(self, session: Session) -> set[str]:
        """SHA-256 (hex) of the files that the records of any feature refer to."""
        hooks = _declared(one.files_of_record for one in self.registered)
        return {name for hook in hooks for name in hook(session)}

    def quorum_rule(self, session: Session, meeting: Meeting) -> QuorumRuleView:
        """The quorum rule of a meeting. Raises ValueError unless exactly one feature has it."""
        (answer,) = _declared(one.quorum_rule for one in self.registered)
        return answer(session, meeting)

    def attendees(self, session: Session, meeting_id: str) -> list[Attendee]:
        """Attendees of a meeting who are not participants."""
        hooks = _declared(one.attendees for one in self.registered)
        return [attendee for hook in hooks for attendee in hook(session, meeting_id)]

    @property
    def socket_events(self) -> list[SocketEvent]:
        """The socket events of all features."""
        return [event for one in self.registered for event in one.socket_events]

    def periodic(self, rooms: Callable[[], Sequence[str]]) -> list[PeriodicTask]:
        """The periodic tasks of all features in a web process."""
        hooks = _declared(one.periodic for one in self.registered)
        return [task for hook in hooks for task in hook(rooms)]


_features: Features | None = None


def install_features(registered: Sequence[Feature]) -> Features:
    """Register the features of this process, in this order."""
    global _features  # noqa: PLW0603 - one per process
    _features = Features(registered)
    return _features


def features() -> Features:
    """The registered features."""
    if _features is None:
        raise RuntimeError("no features are registered: meetings.wiring does that first")
    return _features
