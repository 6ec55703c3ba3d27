"""Wires accounts into an app: sessions, users, CSRF protection, limits, routes, permissions."""

from datetime import timedelta
from urllib.parse import quote

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from accounts import passkey_views, second_factor_views, trust, views
from accounts.pages import pages
from accounts.passwords import hashing
from accounts.people import views as people_views
from accounts.shared import declares, interfaces
from accounts.sign_in import csrf, sessions
from accounts.sign_in.boot import page_context
from core.app_context import AppContext
from core.errors import NotSignedIn
from core.http.endpoints import answer
from core.http.middleware import problem


def declare(context: AppContext) -> None:
    """Declare the permissions. Other packages may then register with `shared.interfaces`."""
    interfaces.forget_all()
    context.permissions.declare(declares.permissions)


def install(app: Flask, context: AppContext) -> None:
    """Install sign-ins, CSRF protection, limits and routes in the app of web."""
    config = context.config
    app.config.update(
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_NAME=sessions.cookie_name(config),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        # Sent only when it changes: a response with a page image carries no cookie.
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=sessions.COOKIE_DAYS),
    )
    hashing.line.open()
    csrf.install(app)
    sessions.install(app)
    app.register_error_handler(NotSignedIn, _not_signed_in)
    app.register_blueprint(views.api)
    app.register_blueprint(people_views.api)
    app.register_blueprint(second_factor_views.api)
    app.register_blueprint(passkey_views.api)
    app.register_blueprint(pages)
    app.register_blueprint(trust.pages)
    app.context_processor(page_context)


def _not_signed_in(_refused: NotSignedIn) -> ResponseReturnValue:
    """A page redirects to the sign-in page; the API answers the most specific refusal."""
    if not request.path.startswith(("/api/", "/socket.io")):
        onward = request.full_path.removesuffix("?")
        query = "" if onward == "/" else f"?next={quote(onward)}"
        return redirect(f"{request.script_root}/sign-in{query}")
    refusal = sessions.refusal()
    response = answer(problem(refusal), refusal.status)
    response.mimetype = "application/problem+json"
    return response
