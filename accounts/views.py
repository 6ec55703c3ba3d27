"""HTTP routes of sign-in and sign-out, own devices and password, preferences, first-run setup."""

from typing import Annotated, Literal

import msgspec
from flask import Blueprint, Response, current_app, request
from flask_wtf.csrf import generate_csrf
from msgspec import UNSET, Meta, UnsetType

from accounts.people import setup
from accounts.second_factor.passkey_shapes import PasskeyAnswer, PasskeyRequest
from accounts.shared.declares import (
    AccountInactive,
    CodeNeeded,
    InvalidCredentials,
    SetupLinkInvalid,
    SignInBusy,
    TooManyTries,
    WeakPassword,
    WrongCode,
    WrongPassword,
)
from accounts.shared.name_rules import folded_username
from accounts.sign_in import csrf, devices, passkey_session, sessions
from accounts.sign_in.boot import session_user, signed_in
from accounts.sign_in.device_rules import device_words
from accounts.sign_in.limits import Tries, check_address, tries_at
from accounts.sign_in.queries import SignInList, list_sign_ins
from accounts.sign_in.service import (
    Done,
    Opened,
    change_own_password,
    confirm_password,
    revoke_own_sign_in,
    sign_in,
    sign_out,
)
from accounts.sign_in.sessions import COOKIE_DAYS
from core import i18n
from core.app_context import current_context
from core.errors import TooManyRequests
from core.http.client import current_client
from core.http.endpoints import Answer, act, answer, answer_query, current_actor, parse
from core.http.openapi import describes
from core.http.pages import TEXT_SIZE_COOKIE, THEME_COOKIE

api = Blueprint("accounts", __name__, url_prefix="/api/v1")

Secret = Annotated[str, Meta(min_length=1, max_length=256)]
Short = Annotated[str, Meta(min_length=1, max_length=200)]


class Credentials(msgspec.Struct):
    """Body of a sign-in. code: of the second factor, or a recovery code; passkey: the answer to the
    member `passkey` of the refusal `code_needed`, instead of a code."""

    username: Short
    password: Secret
    code: Annotated[str, Meta(max_length=40)] | None = None
    passkey: PasskeyAnswer | None = None


class SecondStep(msgspec.Struct):
    """Members of the refusal `code_needed`. passkey: for `navigator.credentials.get`, where the
    account has passkeys for this host name."""

    passkey: PasskeyRequest | UnsetType = UNSET


class Confirmation(msgspec.Struct):
    """Body of giving the own password again."""

    password: Secret


class PasswordChange(msgspec.Struct):
    """Body of a change of the user's own password."""

    current_password: Secret
    new_password: Secret


class Preferences(msgspec.Struct):
    """Preferences that a browser stores."""

    language: i18n.Language | UnsetType = UNSET
    theme: Literal["auto", "light", "dark", "contrast"] | UnsetType = UNSET
    text_size: Literal["normal", "large", "largest"] | UnsetType = UNSET


class SessionUser(msgspec.Struct):
    """The signed-in user, as sent to the user's own client."""

    id: str
    username: str
    display_name: str
    is_admin: bool


class SessionView(msgspec.Struct):
    """The signed-in user, and the token that unsafe requests carry."""

    user: SessionUser
    csrf_token: str


@api.get("/session")
@describes("The signed-in user.", answer=SessionView)
def get_session() -> Answer:
    current_actor()
    return _session_answer()


@api.post("/session")
@csrf.protect.exempt
@describes(
    "Sign in: the response sets the cookie.",
    body=Credentials,
    answer=SessionView,
    public=True,
    token=False,
    refuses=(
        *(InvalidCredentials, AccountInactive, CodeNeeded, WrongCode),
        *(TooManyTries, TooManyRequests, SignInBusy),
    ),
    members=SecondStep,
)
def post_session() -> Answer:
    csrf.check_same_origin()
    body = parse(Credentials)
    username = folded_username(body.username)
    tries = _tries(username)
    check_address(current_client(), tries)
    replaced = signed_in()
    try:
        opened = sign_in(
            username,
            body.password,
            device=_device(),
            tries=tries,
            previous=replaced.sign_in_id if replaced else None,
            code=body.code,
            passkey=body.passkey,
            ceremony=passkey_session.current_ceremony(),
        )
    except CodeNeeded as needed:
        if isinstance(needed.passkey, PasskeyRequest):
            passkey_session.keep_challenge(needed.passkey.challenge)
        raise
    except InvalidCredentials as refused:
        response = current_app.make_response(current_app.handle_user_exception(refused))
        devices.remember_device(response, None)
        return response
    return _begun(opened)


@api.delete("/session")
@describes("Sign out.", status=204)
def delete_session() -> Answer:
    sign_out(current_actor())
    sessions.end()
    return answer(None, 204)


@api.get("/sessions")
@describes("The devices on which the user is signed in.", answer=SignInList)
def get_sessions() -> Answer:
    return answer_query(list_sign_ins)


@api.delete("/sessions/<sign_in_id>")
@describes("Sign out one of the user's own devices.", answer=Done)
def delete_sign_in(sign_in_id: str) -> Answer:
    return act(revoke_own_sign_in, sign_in_id)


@api.post("/session/password")
@describes(
    "Change the user's own password; every other device is signed out.",
    body=PasswordChange,
    answer=Done,
    refuses=(WrongPassword, WeakPassword, TooManyTries, TooManyRequests, SignInBusy),
)
def post_own_password() -> Answer:
    current_actor()
    body = parse(PasswordChange)
    person = signed_in()
    tries = _tries(person.username if person else "")
    check_address(current_client(), tries)
    return act(change_own_password, body.current_password, body.new_password, tries=tries)


@api.post("/session/confirmation")
@describes(
    "Give the own password again: acts on other people's accounts need it every ten minutes.",
    body=Confirmation,
    answer=SessionView,
    refuses=(WrongPassword, TooManyTries, TooManyRequests, SignInBusy),
)
def post_confirmation() -> Answer:
    actor, body, person = current_actor(), parse(Confirmation), signed_in()
    tries = _tries(person.username if person else "")
    check_address(current_client(), tries)
    sessions.replace_token(confirm_password(actor, body.password, tries=tries))
    return _session_answer()


@api.put("/preferences")
@describes(
    "Store a language, a theme or a text size in this browser.",
    body=Preferences,
    status=204,
    public=True,
)
def put_preferences() -> Answer:
    chosen = parse(Preferences)
    response = answer(None, 204)
    for cookie, value in (
        (i18n.COOKIE, chosen.language),
        (THEME_COOKIE, chosen.theme),
        (TEXT_SIZE_COOKIE, chosen.text_size),
    ):
        if value is not UNSET:
            _remember(response, cookie, value)
    return response


@api.post("/setup")
@describes(
    "Create the first administrator of a new installation, and sign in.",
    body=setup.FirstRun,
    answer=SessionView,
    public=True,
    refuses=(SetupLinkInvalid, WeakPassword, TooManyRequests, SignInBusy),
)
def post_setup() -> Answer:
    body = parse(setup.FirstRun)
    check_address(current_client())
    return _begun(setup.finish_setup(body, device=_device()))


def _begun(opened: Opened) -> Answer:
    sessions.begin(opened)
    response = _session_answer()
    devices.remember_device(response, opened.username)
    return response


def _session_answer() -> Answer:
    person = signed_in()
    if person is None:
        raise sessions.refusal()
    user = msgspec.convert(session_user(person), SessionUser)
    return answer(SessionView(user, generate_csrf()))


def _tries(username: str) -> Tries:
    device = devices.known_device()
    known = device is not None and device.knows(username)
    return tries_at(username, device.id if device else None, known, current_client())


def _device() -> str:
    return device_words(request.headers.get("User-Agent", ""))


def _remember(response: Response, cookie: str, value: str) -> None:
    response.set_cookie(
        f"{current_context().config.cookie_prefix}{cookie}",
        value,
        max_age=COOKIE_DAYS * 24 * 3600,
        path=sessions.cookie_path(),
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
