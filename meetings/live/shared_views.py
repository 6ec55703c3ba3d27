"""Views of meetings kept for a moment, so that a hall that comes in at once shares one.

At one seq of its room a meeting looks the same to everybody with the same roles: whatever changes
it publishes an event (a snapshot and the events after it are a fresh snapshot). Only the progress
of a paper moves without one, so a view with such a paper is not kept.
"""

import time
from typing import NamedTuple

from sqlalchemy.orm import Session

from core.actor import Actor
from core.permissions import Role
from documents.declares import DocumentView
from documents.models import VersionStatus
from meetings.membership import meeting_roles
from meetings.models import Meeting
from meetings.queries import MeetingView, meeting_view

KEPT_FOR = 2.0
"""Seconds; a bound on what an oversight in the events could cost."""


class _Kept(NamedTuple):
    seq: int
    made_at: float
    view: MeetingView


_kept: dict[tuple[str, frozenset[Role]], _Kept] = {}


def shared_view(session: Session, actor: Actor, meeting: Meeting, seq: int) -> MeetingView:
    """The meeting as this person sees it. seq: of its room, read in the same transaction."""
    key = meeting.id, meeting_roles(session, actor, meeting)
    now = time.monotonic()
    kept = _kept.get(key)
    if kept is not None and kept.seq == seq and now - kept.made_at < KEPT_FOR:
        return kept.view
    view = meeting_view(session, actor, meeting)
    for old in [old for old, one in _kept.items() if now - one.made_at >= KEPT_FOR]:
        _kept.pop(old, None)
    if not _moves(view):
        _kept[key] = _Kept(seq, now, view)
    return view


def _moves(view: MeetingView) -> bool:
    """Whether a paper in it is being processed."""
    papers: list[DocumentView] = list(view.documents)
    for item in view.agenda:
        papers += item.documents
    versions = [paper.version for paper in papers]
    versions += [paper.next_version for paper in papers if paper.next_version is not None]
    return any(version.status == VersionStatus.PROCESSING for version in versions)
