"""HTTP routes of the second factor: the own one, and its removal by an administrator."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from accounts.people.service import remove_factor_of
from accounts.second_factor import queries, service
from accounts.shared.declares import NoSecondFactor, PasswordNeeded, SignInBusy, WrongCode
from accounts.sign_in import reauthentication
from core.http.endpoints import Answer, act, answer_query, parse
from core.http.openapi import describes

api = Blueprint("second_factor", __name__, url_prefix="/api/v1")


class CodeBody(msgspec.Struct, frozen=True):
    """A code that the authenticator app shows."""

    code: Annotated[str, Meta(min_length=1, max_length=40)]


@api.get("/session/second-factor")
@describes("Whether the account has a second factor.", answer=queries.SecondFactorView)
def get_second_factor() -> Answer:
    return answer_query(queries.second_factor)


@api.post("/session/second-factor")
@describes(
    "Begin to set up a second factor: a secret for an authenticator app.",
    answer=service.SecondFactorStart,
    refuses=(PasswordNeeded,),
)
def post_second_factor() -> Answer:
    return act(reauthentication.with_recent_password(service.start_second_factor))


@api.put("/session/second-factor")
@describes(
    "Put the second factor in force with its first code; recovery codes are returned once.",
    body=CodeBody,
    answer=service.RecoveryCodes,
    refuses=(PasswordNeeded, WrongCode, NoSecondFactor, SignInBusy),
)
def put_second_factor() -> Answer:
    confirm = reauthentication.with_recent_password(service.confirm_second_factor)
    return act(confirm, parse(CodeBody).code)


@api.post("/session/second-factor/recovery-codes")
@describes(
    "New recovery codes, returned once; the old ones end.",
    answer=service.RecoveryCodes,
    refuses=(PasswordNeeded, NoSecondFactor, SignInBusy),
)
def post_recovery_codes() -> Answer:
    return act(reauthentication.with_recent_password(service.renew_recovery_codes))


@api.delete("/session/second-factor")
@describes(
    "Remove the own second factor.",
    answer=service.SecondFactorRemoved,
    refuses=(PasswordNeeded, NoSecondFactor),
)
def delete_second_factor() -> Answer:
    return act(reauthentication.with_recent_password(service.remove_own_second_factor))


@api.delete("/users/<user_id>/second-factor")
@describes(
    "Remove the second factor of somebody who has lost it.",
    answer=service.SecondFactorRemoved,
    refuses=(PasswordNeeded, NoSecondFactor),
)
def delete_factor_of(user_id: str) -> Answer:
    return act(remove_factor_of, user_id)
