"""HTTP routes of the own passkeys. They are used in signing in: `views.post_session`."""

from typing import Annotated

import msgspec
from flask import Blueprint, request
from msgspec import Meta

from accounts.second_factor import passkey_service, queries
from accounts.second_factor.passkey_shapes import NewPasskey, PasskeyCreation, PasskeyView
from accounts.shared.declares import (
    NoPasskeysHere,
    NoSecondFactor,
    PasskeyRefused,
    PasswordNeeded,
    TooManyPasskeys,
)
from accounts.sign_in import passkey_session
from accounts.sign_in.device_rules import device_words
from accounts.sign_in.reauthentication import with_recent_password
from core.http.endpoints import Answer, act, answer, answer_query, current_actor, parse
from core.http.openapi import describes

api = Blueprint("passkeys", __name__, url_prefix="/api/v1")

Name = Annotated[str, Meta(min_length=1, max_length=60)]


class PasskeyBody(msgspec.Struct, frozen=True):
    """A new passkey. name: without one, the words for the browser and the system."""

    credential: NewPasskey
    name: Name | None = None


class PasskeyName(msgspec.Struct, frozen=True):
    """Another name of a passkey."""

    name: Name


@api.get("/session/passkeys")
@describes("The own passkeys, and whether one can be added here.", answer=queries.PasskeyList)
def get_passkeys() -> Answer:
    return answer_query(queries.passkeys, passkey_session.current_site())


@api.post("/session/passkeys/options")
@describes(
    "Begin to add a passkey: what the browser needs to make one.",
    answer=PasskeyCreation,
    refuses=(PasswordNeeded, NoPasskeysHere, NoSecondFactor, TooManyPasskeys),
)
def post_passkey_options() -> Answer:
    begin = with_recent_password(passkey_service.begin_passkey)
    options = begin(current_actor(), passkey_session.current_site())
    passkey_session.keep_challenge(options.challenge)
    return answer(options)


@api.post("/session/passkeys")
@describes(
    "Add the passkey that the browser has made.",
    body=PasskeyBody,
    answer=PasskeyView,
    refuses=(PasswordNeeded, NoPasskeysHere, PasskeyRefused, NoSecondFactor, TooManyPasskeys),
)
def post_passkey() -> Answer:
    body, ceremony = parse(PasskeyBody), passkey_session.current_ceremony()
    name = body.name or device_words(request.headers.get("User-Agent", "")) or "Passkey"
    add = with_recent_password(passkey_service.add_passkey)
    made = act(add, body.credential, name, ceremony)
    passkey_session.forget_challenge()
    return made


@api.patch("/session/passkeys/<passkey_id>")
@describes(
    "Rename an own passkey.",
    body=PasskeyName,
    answer=PasskeyView,
    refuses=(PasswordNeeded,),
)
def patch_passkey(passkey_id: str) -> Answer:
    rename = with_recent_password(passkey_service.rename_passkey)
    return act(rename, passkey_id, parse(PasskeyName).name)


@api.delete("/session/passkeys/<passkey_id>")
@describes(
    "Remove an own passkey.", answer=passkey_service.PasskeyRemoved, refuses=(PasswordNeeded,)
)
def delete_passkey(passkey_id: str) -> Answer:
    return act(with_recent_password(passkey_service.remove_passkey), passkey_id)
