"""HTML pages of voting: the result of one poll, and the rule packs."""

import msgspec
from flask import Blueprint, Response

from accounts.sign_in.boot import page
from core.app_context import current_context
from core.http.endpoints import current_actor
from core.permissions import STAFF
from meetings.voting.reports.downloads import downloads
from meetings.voting.reports.result_page import result_page
from meetings.voting.rules.declares import Action

pages = Blueprint("vote_pages", __name__)


@pages.get("/vote-rules")
def vote_rules() -> Response:
    actor = current_actor()
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.READ_PACKS, None)
    return page("vote_rules.html")


@pages.get("/meetings/<meeting_id>/polls/<poll_id>")
def poll_result(meeting_id: str, poll_id: str) -> Response:
    shown = result_page(current_actor(), meeting_id, poll_id)
    files = downloads(staff=shown.role in STAFF)
    return page(
        "poll_result.html",
        meeting_id=meeting_id,
        shown=msgspec.to_builtins(shown),
        downloads=msgspec.to_builtins(files),
    )
