"""Connects the demo to the product: seed, seats, simulated members and the demo page."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from sqlalchemy import select

from accounts.shared.models import User
from core.app_context import AppContext
from demo.people import FRAMES, PEOPLE, PHONE_KEY
from demo.phone import PhoneEntrance
from demo.seats import SeatLayer, Seats
from demo.seed import seed
from demo.setting import MEETING_TITLE
from demo.simulated import SimulatedMembers
from demo.simulated_votes import SimulatedVotes
from demo.steps import Steps
from demo.views import blueprint
from documents.queries import readable_in
from meetings.room.room_service import RoomService
from meetings.shared.feature import features
from meetings.shared.models import Meeting

PHONE_FILE = "demo-phone.token"
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def seed_demo(context: AppContext) -> str:
    """Seed the missing data. Returns the path of the one-time link for a phone."""
    seed(context)
    return _entrance(context, _ids(context)).path()


def install_demo(app: Flask, rooms: RoomService, context: AppContext) -> list[Callable[[], None]]:
    """Add the demo's routes and WSGI layer to the web app. Returns the loops of the members."""
    ids = _ids(context)
    meeting_id = _meeting(context)
    seats = Seats(app, {frame: ids[someone.key] for frame, someone in FRAMES.items()})
    steps = Steps(meeting_id, rooms, seats, _papers_of(context, meeting_id))
    rooms.dispatcher.after.append(steps.on_room_event)
    rooms.presences.listeners.append(steps.on_presence)
    app.register_blueprint(blueprint(steps, _entrance(context, ids)))
    app.wsgi_app = SeatLayer(app.wsgi_app, seats)  # type: ignore[method-assign, assignment]
    simulated = [ids[someone.key] for someone in PEOPLE if someone.simulated]
    votes = SimulatedVotes(meeting_id, simulated)
    rooms.dispatcher.after.append(votes.on_room_event)
    members = SimulatedMembers(meeting_id, simulated, rooms.presentations, rooms.presences)
    return [members.run, votes.run]


def _meeting(context: AppContext) -> str:
    """The id of the newest demo meeting; the seed has created today's."""
    with context.database.read() as session:
        newest = select(Meeting.id).where(Meeting.title == MEETING_TITLE)
        return session.scalars(newest.order_by(Meeting.created_at.desc())).first() or ""


def _ids(context: AppContext) -> dict[str, str]:
    with context.database.read() as session:
        return dict(session.execute(select(User.username, User.id)).all())


def _entrance(context: AppContext, ids: dict[str, str]) -> PhoneEntrance:
    return PhoneEntrance(context.config.data / PHONE_FILE, ids[PHONE_KEY])


def _papers_of(context: AppContext, meeting_id: str) -> set[str]:
    with context.database.read() as session:
        meeting = session.get_one(Meeting, meeting_id)
        roles = frozenset(place.role for place in meeting.participants)
        found = readable_in(session, features().containers(session, meeting), roles)
    return {paper.id for papers in found.values() for paper in papers}
