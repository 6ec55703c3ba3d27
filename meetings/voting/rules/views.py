"""HTTP routes of vote rules and rule packs."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from accounts.shared.declares import UnknownUnit
from core.http.endpoints import Answer, act, act_with, answer_query, parse, parse_query
from core.http.openapi import Listing, describes
from meetings.voting.rules.custom_packs import NewPack, add_pack, check_pack, withdraw_pack
from meetings.voting.rules.declares import RulePackText, RulePackView, VoteRule
from meetings.voting.rules.pack_errors import RulePackNotValid
from meetings.voting.rules.queries import RuleFilter, get_pack, list_packs, list_rules

api = Blueprint("vote_rules", __name__, url_prefix="/api/v1")


class PackBody(msgspec.Struct):
    """Body of POST /rule-packs. `unit_id`: the unit that owns the pack; null: all units."""

    toml: str
    unit_id: Annotated[str, Meta(min_length=1, max_length=64)] | None = None


class PackQuery(msgspec.Struct):
    """`check`: only validate and preview; nothing is changed."""

    check: bool = False


@api.get("/vote-rules")
@describes(
    "The vote rules: offered to a meeting, the default first, or all in force today.",
    query=RuleFilter,
    answer=Listing[VoteRule],
)
def get_rules() -> Answer:
    return answer_query(list_rules, parse_query(RuleFilter))


@api.get("/rule-packs")
@describes(
    "Every rule pack: built-in, then custom, including withdrawn.", answer=Listing[RulePackView]
)
def get_packs() -> Answer:
    return answer_query(list_packs)


@api.post("/rule-packs")
@describes(
    "Add a rule pack from its TOML; a withdrawn pack with the same text is put back in use.",
    body=PackBody,
    query=PackQuery,
    answer=RulePackView,
    status=201,
    checks=True,
    refuses=(RulePackNotValid, UnknownUnit),
)
def post_pack() -> Answer:
    body, query = parse(PackBody), parse_query(PackQuery)
    new = NewPack(body.toml, body.unit_id)
    return answer_query(check_pack, new) if query.check else act_with(201, add_pack, new)


@api.get("/rule-packs/<pack_id>")
@describes("One rule pack with its TOML.", answer=RulePackText)
def get_one_pack(pack_id: str) -> Answer:
    return answer_query(get_pack, pack_id)


@api.delete("/rule-packs/<pack_id>")
@describes(
    "Withdraw a rule pack: it is kept for the record and no longer offered.",
    answer=RulePackView,
)
def delete_pack(pack_id: str) -> Answer:
    return act(withdraw_pack, pack_id)
