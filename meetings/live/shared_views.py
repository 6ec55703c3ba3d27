"""Views of meetings and polls kept for a moment, so that a hall that comes in at once shares one.

At one seq of its room a meeting looks the same to everybody with the same roles: whatever changes
it publishes an event (a snapshot and the events after it are a fresh snapshot). Only the progress
of a paper moves without one, so a view with such a paper is not kept.
"""

import math
import threading
from typing import Generic, TypeVar

from cachetools import TTLCache
from sqlalchemy.orm import Session

from core.actor import Actor
from core.permissions import Role
from documents.declares import DocumentView
from documents.models import VersionStatus
from meetings.models import Meeting
from meetings.queries import MeetingView, meeting_view
from meetings.voting.facts import PollView
from meetings.voting.queries import polls_of

KEPT_FOR = 2.0
"""Seconds; a bound on what an oversight in the events could cost."""


V = TypeVar("V")
K = TypeVar("K")


class _ViewCache(Generic[K, V]):
    """Views by key, each as of a seq."""

    def __init__(self) -> None:
        self._views: TTLCache[K, tuple[int, V], float] = TTLCache(math.inf, KEPT_FOR)
        self._mutex = threading.Lock()

    def find(self, key: K, seq: int) -> V | None:
        """The view of exactly this seq, unless it is old."""
        with self._mutex:
            kept = self._views.get(key)
        return kept[1] if kept is not None and kept[0] == seq else None

    def keep(self, key: K, seq: int, view: V) -> None:
        """Keep a view in place of the one before."""
        with self._mutex:
            self._views[key] = seq, view


_meetings: _ViewCache[tuple[str, frozenset[Role]], MeetingView] = _ViewCache()
_polls: _ViewCache[tuple[str, bool], list[PollView]] = _ViewCache()


def shared_view(
    session: Session, actor: Actor, meeting_id: str, roles: frozenset[Role], seq: int
) -> MeetingView:
    """The meeting as this person, with these roles, sees it.

    seq: of its room, read in the same transaction.
    """
    key = meeting_id, roles
    view = _meetings.find(key, seq)
    if view is None:
        view = meeting_view(session, actor, session.get_one(Meeting, meeting_id))
        if not _moves(view):
            _meetings.keep(key, seq, view)
    return view


def shared_polls(session: Session, meeting_id: str, seq: int, *, for_staff: bool) -> list[PollView]:
    """The polls of a meeting; for chair and secretary with drafts and results not announced yet.

    seq: of its room, read in the same transaction.
    """
    key = meeting_id, for_staff
    view = _polls.find(key, seq)
    if view is None:
        meeting = session.get_one(Meeting, meeting_id)
        view = polls_of(session, meeting, with_drafts=for_staff, unannounced=for_staff)
        _polls.keep(key, seq, view)
    return view


def _moves(view: MeetingView) -> bool:
    """Whether a paper in it is being processed."""
    papers: list[DocumentView] = list(view.documents)
    for item in view.agenda:
        papers += item.documents
    versions = [paper.version for paper in papers]
    versions += [paper.next_version for paper in papers if paper.next_version is not None]
    return any(version.status == VersionStatus.PROCESSING for version in versions)
