"""Connects meetings to the app: permissions and containers, and in web the routes and rooms."""

from flask import Flask
from flask_login import current_user
from flask_socketio import ConnectionRefusedError as SocketRefused
from flask_socketio import SocketIO

from accounts.shared import interfaces
from accounts.sign_in.queries import sign_in_is_valid
from core.app_context import AppContext
from core.errors import Refusal
from core.http.openapi import Additions, add_to_descriptions
from core.periodic import PeriodicTask
from core.realtime.dispatcher import Dispatcher
from core.realtime.socket_edge import SocketEdge
from documents import containers
from meetings import app_shell, pages
from meetings.agenda.containers import KINDS
from meetings.container_policy import MeetingContainerPolicy
from meetings.features import FEATURES
from meetings.meeting.queries import MeetingView, meeting_view_type, sits_in_meeting
from meetings.presentation.presentations import Presentations
from meetings.room import snapshot
from meetings.room import views as room_views
from meetings.room.connections import Connections
from meetings.room.room_service import RoomService
from meetings.room.sockets import RoomSockets
from meetings.shared.feature import features, install_features


def declare(context: AppContext) -> None:
    """Register what every process needs: permissions, the container policy and account hooks."""
    registered = install_features(FEATURES)
    for feature in registered.registered:
        context.permissions.declare(feature.permissions)
        for kind, resolver in feature.permission_subjects.items():
            context.permissions.resolve(kind, resolver)
    containers.register(KINDS, MeetingContainerPolicy())
    interfaces.keeps_awake(sits_in_meeting)
    interfaces.guards_accounts(registered.check_person_changeable)
    interfaces.on_password_set(registered.password_set)
    interfaces.on_person_changed(registered.person_changed)
    interfaces.on_unit_changed(registered.unit_changed)


def tasks() -> list[PeriodicTask]:
    """What the worker does for the features."""
    return [task for feature in features().registered for task in feature.worker_tasks]


def open_rooms(socketio: SocketIO, dispatcher: Dispatcher, edge: SocketEdge) -> RoomService:
    """The room service of a web process, bound to its sockets; its loops are not started."""
    rooms = RoomService(socketio, dispatcher, Connections(sign_in_is_valid), edge)
    _bind_connections(socketio, RoomSockets(socketio, rooms))
    interfaces.on_revoked(lambda ids: rooms.revoke(list(ids)))
    return rooms


def install(app: Flask, presentations: Presentations) -> None:
    """Register the routes and pages of a web process."""
    registered = features()
    for feature in registered.registered:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
    app.register_blueprint(pages.pages)
    app.register_blueprint(app_shell.shell)
    app.context_processor(lambda: {"topbar_links": registered.topbar_links})
    room_views.install(app, presentations)
    types = {
        MeetingView: meeting_view_type(),
        snapshot.Snapshot: snapshot.snapshot_type(),
        snapshot.CatchUp: snapshot.catch_up_type(),
    }
    refusals: dict[str, tuple[type[Refusal], ...]] = {}
    for feature in registered.registered:
        for endpoint, refused in feature.refusals.items():
            refusals[endpoint] = (*refusals.get(endpoint, ()), *refused)
    add_to_descriptions(app, Additions(types=types, refusals=refusals))


def _bind_connections(socketio: SocketIO, sockets: RoomSockets) -> None:
    """Refuse a socket without a valid sign-in before it is registered."""

    def connect(_auth: object = None) -> None:
        if not current_user.is_authenticated:
            raise SocketRefused("not_signed_in")
        sockets.connected(current_user.actor)

    def disconnect(_reason: object = None) -> None:
        sockets.disconnected()

    socketio.on("connect")(connect)
    socketio.on("disconnect")(disconnect)
