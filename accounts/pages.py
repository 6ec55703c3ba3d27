"""Pages of accounts: sign-in, own account, user administration, first-run setup."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from accounts.people.setup import link_is_valid
from accounts.shared.declares import Action, SessionExpired, SetupLinkInvalid
from accounts.sign_in.boot import page, signed_in
from accounts.sign_in.sessions import refusal
from accounts.sign_in.sign_in_rules import safe_next
from core.app_context import current_context
from core.http.endpoints import current_actor

pages = Blueprint("account_pages", __name__)


@pages.get("/sign-in")
def sign_in_page() -> ResponseReturnValue:
    onward = safe_next(request.args.get("next"))
    if signed_in() is not None:
        return redirect(f"{request.script_root}{onward}")
    expired = isinstance(refusal(), SessionExpired)
    return page("sign_in.html", next=onward, expired=expired)


@pages.get("/account")
def account_page() -> ResponseReturnValue:
    current_actor()
    person = signed_in()
    pending = person.pending if person is not None else None
    return page("account.html", pending=pending, next=safe_next(request.args.get("next")))


@pages.get("/people")
def people_page() -> ResponseReturnValue:
    actor = current_actor()
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.USER_LIST, None)
    config = current_context().config
    encrypted = config.secure_cookies or request.is_secure or config.demo
    return page("people.html", encrypted=encrypted)


@pages.get("/setup/<token>")
def setup_page(token: str) -> ResponseReturnValue:
    if signed_in() is not None:
        return redirect(f"{request.script_root}/")
    with current_context().database.read() as session:
        if not link_is_valid(session, token):
            raise SetupLinkInvalid()
    return page("setup.html", setup_token=token)
