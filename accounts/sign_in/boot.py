"""Boot data of every page: the signed-in user, the language, the theme, the mount path."""

from typing import Any

from flask import Response, g, render_template, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from accounts.shared.queries import body_name
from accounts.sign_in.sessions import SignedIn
from core.app_context import current_context
from core.config import PROTOCOL_VERSION
from core.http.pages import theme
from core.i18n import chosen_language


def signed_in() -> SignedIn | None:
    """Return the signed-in user of this request, or None."""
    person = current_user
    return person._get_current_object() if person.is_authenticated else None


def session_user(person: SignedIn) -> dict[str, object]:
    """Return a user's data for the user's own client."""
    return {
        "id": person.actor.user_id,
        "username": person.username,
        "display_name": person.actor.display_name,
        "is_admin": person.actor.is_admin,
    }


def boot(**extra: object) -> dict[str, object]:
    """Return the boot data of a page, extended by the page's own data.

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
    """Render a page; `extra` is added to its boot data. Not cached: it has a token and names."""
    g.page_boot = boot(**extra)
    response = Response(render_template(template), mimetype="text/html")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def page_of_nobody(template: str, boot_data: dict[str, object]) -> Response:
    """Render a page that is the same for every user, with separate boot data and no session."""
    g.page_boot = {"user": None, "unit_name": None, **boot_data}
    return Response(render_template(template), mimetype="text/html")


def page_context() -> dict[str, Any]:
    """Return the context of every template: `boot`, and `unit_name`, the body's name."""
    data = g.get("page_boot") or boot()
    return {"boot": data, "unit_name": data["unit_name"]}
