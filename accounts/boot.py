"""What every page is told when it loads: who is here, the language, the theme, the mount."""

from typing import Any

from flask import Response, g, render_template, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from accounts.queries import body_name
from accounts.sessions import SignedIn
from core.app_context import current_context
from core.config import PROTOCOL_VERSION
from core.http.pages import theme
from core.i18n import chosen_language


def signed_in() -> SignedIn | None:
    """The signed-in person of this request, or None."""
    person = current_user
    return person._get_current_object() if person.is_authenticated else None


def session_user(person: SignedIn) -> dict[str, object]:
    """A person as the session tells its own page."""
    return {
        "id": person.actor.user_id,
        "username": person.username,
        "display_name": person.actor.display_name,
        "is_admin": person.actor.is_admin,
    }


def boot(**extra: object) -> dict[str, object]:
    """The boot data of a page and what the page itself needs besides.

    `{csrf_token, user|null, lang, theme, protocol_version, demo, root, unit_name}`
    """
    person = signed_in()
    with current_context().database.read() as session:
        unit_name = body_name(session)
    return {
        "csrf_token": generate_csrf(),
        "user": None if person is None else session_user(person),
        "lang": chosen_language(),
        "theme": theme(),
        "protocol_version": PROTOCOL_VERSION,
        "demo": current_context().config.demo,
        "root": request.script_root,
        "unit_name": unit_name,
        **extra,
    }


def page(template: str, /, **extra: object) -> Response:
    """A page; `extra` goes into its boot data. It holds a token and names: no cache keeps it."""
    g.page_boot = boot(**extra)
    response = Response(render_template(template), mimetype="text/html")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def page_of_nobody(template: str, boot_data: dict[str, object]) -> Response:
    """A page that is the same for everybody, with boot data of its own; it touches no session."""
    g.page_boot = {"user": None, "unit_name": None, **boot_data}
    return Response(render_template(template), mimetype="text/html")


def page_context() -> dict[str, Any]:
    """What every template has besides: `boot`, and `unit_name`, whose house this is."""
    data = g.get("page_boot") or boot()
    return {"boot": data, "unit_name": data["unit_name"]}
