"""The page of personal notes."""

from flask import Blueprint, Response, request

from accounts.sign_in.boot import page
from core.http.endpoints import current_actor

pages = Blueprint("note_pages", __name__)


@pages.get("/notes")
def notes() -> Response:
    current_actor()
    # The room from which the page was opened; only a valid id becomes part of the link.
    opened_from = request.args.get("room", "")
    is_id = opened_from.isascii() and opened_from.isalnum()
    return page("notes.html", back_to_room=opened_from if is_id else None)
