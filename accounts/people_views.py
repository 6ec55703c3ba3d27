"""HTTP of people and units: administration, and finding colleagues."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from accounts.queries import Search, find_people, list_units, list_users
from accounts.service import (
    NewUser,
    UserChanges,
    add_user,
    change_user,
    remove_user,
    set_password,
)
from accounts.unit_service import NewUnit, UnitChanges, add_unit, change_unit, remove_unit
from core.web import Answer, act, act_with, look, parse, parse_query

api = Blueprint("people", __name__, url_prefix="/api/v1")


class GivenPassword(msgspec.Struct):
    """Body of setting a person's password; without one it is made up and answered once."""

    password: Annotated[str, Meta(min_length=1, max_length=256)] | None = None


@api.get("/users")
def get_users() -> Answer:
    return look(list_users, parse_query(Search))


@api.post("/users")
def post_user() -> Answer:
    return act_with(201, add_user, parse(NewUser))


@api.patch("/users/<user_id>")
def patch_user(user_id: str) -> Answer:
    return act(change_user, user_id, parse(UserChanges))


@api.delete("/users/<user_id>")
def delete_user(user_id: str) -> Answer:
    return act(remove_user, user_id)


@api.post("/users/<user_id>/password")
def post_user_password(user_id: str) -> Answer:
    return act(set_password, user_id, parse(GivenPassword).password)


@api.get("/people")
def get_people() -> Answer:
    return look(find_people, parse_query(Search))


@api.get("/units")
def get_units() -> Answer:
    return look(list_units)


@api.post("/units")
def post_unit() -> Answer:
    return act_with(201, add_unit, parse(NewUnit))


@api.patch("/units/<unit_id>")
def patch_unit(unit_id: str) -> Answer:
    return act(change_unit, unit_id, parse(UnitChanges))


@api.delete("/units/<unit_id>")
def delete_unit(unit_id: str) -> Answer:
    return act(remove_unit, unit_id)
