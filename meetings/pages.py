"""Pages of meetings: the list, a new meeting, its preparation, and the room."""

from datetime import UTC

import msgspec
from flask import Blueprint, Response

from accounts.sign_in.boot import page
from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.clock_check import clock_doubt
from core.http.endpoints import current_actor
from documents import quotas
from meetings.meeting import queries
from meetings.meeting.declares import Action
from meetings.meeting.meeting_list import my_day
from meetings.meeting.shared_views import get_meeting
from meetings.meeting.templates import TEMPLATES
from meetings.room.join_context import join_context
from meetings.shared.containers import meeting_container
from meetings.shared.models import Meeting
from meetings.voting.rules.queries import unchecked_packs

pages = Blueprint("meeting_pages", __name__)


@pages.get("/")
def context() -> Response:
    actor = current_actor()
    zone = current_context().config.timezone
    day = my_day(actor, clock.start_of_day(clock.today(zone), zone).astimezone(UTC))
    doubt = clock_doubt() if actor.is_admin or actor.may_create_meetings else None
    packs = [{"id": one.pack_id, "title": one.title} for one in unchecked_packs(actor)]
    return page(
        "meetings.html",
        meetings=msgspec.to_builtins(day),
        may_create_meeting=queries.may_create_meetings(actor),
        packs_to_check=packs,
        clock_doubt={"now": clock.now(), "newest": doubt} if doubt else None,
    )


@pages.get("/meetings/new")
def new_meeting() -> Response:
    actor = current_actor()
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.CREATE, None)
    return page("new_meeting.html", templates=msgspec.to_builtins(list(TEMPLATES.values())))


@pages.get("/meetings/<meeting_id>/prepare")
def prepare(meeting_id: str) -> Response:
    actor = current_actor()
    view = get_meeting(actor, meeting_id).view
    storage = _nearly_used(actor, meeting_id)
    return page("prepare.html", meeting=msgspec.to_builtins(view), storage=storage)


@pages.get("/meetings/<meeting_id>")
def room(meeting_id: str) -> Response:
    actor = current_actor()
    with current_context().database.read() as session:
        context = join_context(session, actor, meeting_id)
        title = session.get_one(Meeting, meeting_id).title
    return page("room.html", meeting_id=meeting_id, role=context.role.value, title=title)


def _nearly_used(actor: Actor, meeting_id: str) -> list[dict[str, object]]:
    """The quotas of which little is left, for who may prepare: [{of, used_mb, limit_mb}].

    Raises: NotAllowed.
    """
    with current_context().database.read() as session:
        meeting = session.get_one(Meeting, meeting_id)
        current_context().permissions.allow(session, actor, Action.EDIT, meeting)
        found = quotas.uses(session, actor.user_id, meeting_container(meeting_id))
    return [
        {
            "of": use.of.value,
            "used_mb": use.used // quotas.MEGABYTE,
            "limit_mb": use.limit // quotas.MEGABYTE,
        }
        for use in found
        if use.nearly
    ]
