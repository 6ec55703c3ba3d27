"""Queries of the presentation of a meeting."""

import msgspec
from sqlalchemy.orm import Session

from core.db.database import keep
from meetings.presentation.models import PresentationRow
from meetings.shared.view_parts import MeetingReader


class PresenterPart(msgspec.Struct, frozen=True, kw_only=True):
    """The presentation's part of the view of a meeting: the id of the presenter."""

    presenter: str | None


def presenter_of(session: Session, meeting_id: str) -> str | None:
    """The saved id of the presenter of a meeting, or None."""
    presentation = session.get_one(PresentationRow, meeting_id)
    keep(session, presentation)
    return presentation.presenter_id


def meeting_part(reader: MeetingReader) -> PresenterPart:
    """The PresenterPart for a reader."""
    return PresenterPart(presenter=presenter_of(reader.session, reader.meeting.id))
