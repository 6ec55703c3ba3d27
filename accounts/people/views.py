"""HTTP routes of users and units: administration and search."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from accounts.people.service import (
    NewUser,
    PasswordSet,
    UserAdded,
    UserChanges,
    UserRemoved,
    add_user,
    change_user,
    remove_user,
    set_password,
)
from accounts.people.unit_service import NewUnit, UnitChanges, add_unit, change_unit, remove_unit
from accounts.shared.declares import (
    LastAdmin,
    SignInBusy,
    UnitInsideItself,
    UnitInUse,
    UnknownUnit,
    UsernameTaken,
    WeakPassword,
)
from accounts.shared.queries import (
    PersonView,
    Search,
    UnitView,
    UserView,
    find_people,
    list_units,
    list_users,
)
from accounts.sign_in.service import Done
from core.http.endpoints import Answer, act, act_with, answer_query, parse, parse_query
from core.http.openapi import Listing, describes

api = Blueprint("people", __name__, url_prefix="/api/v1")


class GivenPassword(msgspec.Struct):
    """Body of setting a user's password; without one it is generated and returned once.

    reason: needed while the person is on the roster of an open poll; it stands on the result.
    """

    password: Annotated[str, Meta(min_length=1, max_length=256)] | None = None
    reason: Annotated[str, Meta(min_length=1, max_length=500)] | None = None


@api.get("/users")
@describes("Accounts, by name.", query=Search, answer=Listing[UserView])
def get_users() -> Answer:
    return answer_query(list_users, parse_query(Search))


@api.post("/users")
@describes(
    "Create an account; without a password one is generated and returned once.",
    body=NewUser,
    answer=UserAdded,
    status=201,
    refuses=(UsernameTaken, UnknownUnit, WeakPassword, SignInBusy),
)
def post_user() -> Answer:
    return act_with(201, add_user, parse(NewUser))


@api.patch("/users/<user_id>")
@describes(
    "Change an account; deactivating it ends all its sign-ins.",
    body=UserChanges,
    answer=UserView,
    refuses=(UsernameTaken, UnknownUnit, LastAdmin),
)
def patch_user(user_id: str) -> Answer:
    return act(change_user, user_id, parse(UserChanges))


@api.delete("/users/<user_id>")
@describes(
    "Delete an account, or deactivate it if records refer to it.",
    answer=UserRemoved,
    refuses=(LastAdmin,),
)
def delete_user(user_id: str) -> Answer:
    return act(remove_user, user_id)


@api.post("/users/<user_id>/password")
@describes(
    "Set an account's password; without one it is generated.",
    body=GivenPassword,
    answer=PasswordSet,
    refuses=(WeakPassword, SignInBusy),
)
def post_user_password(user_id: str) -> Answer:
    given = parse(GivenPassword)
    return act(set_password, user_id, given.password, given.reason)


@api.get("/people")
@describes("Active users, sorted by name.", query=Search, answer=Listing[PersonView])
def get_people() -> Answer:
    return answer_query(find_people, parse_query(Search))


@api.get("/units")
@describes("Every unit, by name.", answer=Listing[UnitView])
def get_units() -> Answer:
    return answer_query(list_units)


@api.post("/units")
@describes("Create a unit.", body=NewUnit, answer=UnitView, status=201, refuses=(UnknownUnit,))
def post_unit() -> Answer:
    return act_with(201, add_unit, parse(NewUnit))


@api.patch("/units/<unit_id>")
@describes(
    "Rename or move a unit.",
    body=UnitChanges,
    answer=UnitView,
    refuses=(UnknownUnit, UnitInsideItself),
)
def patch_unit(unit_id: str) -> Answer:
    return act(change_unit, unit_id, parse(UnitChanges))


@api.delete("/units/<unit_id>")
@describes("Delete a unit that nothing belongs to.", answer=Done, refuses=(UnitInUse,))
def delete_unit(unit_id: str) -> Answer:
    return act(remove_unit, unit_id)
