"""HTTP routes of ballots and tallies."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from core.http.endpoints import Answer, act, act_with, answer_query, parse
from core.http.fast_actions import fast_action
from core.http.openapi import describes
from meetings.meeting.declares import WrongStatus
from meetings.voting import declares
from meetings.voting.poll_facts import OwnBallot, Tallied
from meetings.voting.polls import ballots, closing, queries
from meetings.voting.polls.views import Id, Key, Reason
from meetings.voting.rules.tally_rules import Channel, TallyDoesNotAddUp, UnknownChoice

api = Blueprint("ballots", __name__, url_prefix="/api/v1")

Number = Annotated[int, Meta(ge=0, le=1_000_000)]

CASTING_REFUSES = (
    declares.PollNotOpen,
    WrongStatus,
    declares.NotAVoter,
    declares.AlreadyVoted,
    UnknownChoice,
)


class ChoiceBody(msgspec.Struct):
    """Body of POST /polls/{id}/ballots: the key of an option."""

    choice: Key


class RecordBody(msgspec.Struct):
    """Body of POST /polls/{id}/ballots/for-member."""

    __module__ = "meetings.voting.ballot_views"  # part of its schema name in OpenAPI

    user_id: Id
    choice: Key
    reason: Reason


class TallyBody(msgspec.Struct):
    """Body of POST /polls/{id}/tally. channel: hands or paper; default: that of the poll's method.

    Paper ballots: issued, returned, invalid. not_returned and valid are derived; given values must
    match the derived ones.
    """

    counts: dict[str, Number]
    channel: Channel | None = None
    issued: Number | None = None
    returned: Number | None = None
    not_returned: Number | None = None
    valid: Number | None = None
    invalid: Number | None = None


@api.post("/polls/<poll_id>/ballots")
@describes(
    "Cast a ballot; 200 with the same receipt if the same choice was already cast.",
    body=ChoiceBody,
    answer=OwnBallot,
    status=201,
    refuses=CASTING_REFUSES,
)
@fast_action(
    ChoiceBody,
    lambda actor, ids, body: ballots.cast_ballot(actor, ids[0], body.choice),
    status=201,
)
def post_ballot(poll_id: str) -> Answer:
    return act_with(201, ballots.cast_ballot, poll_id, parse(ChoiceBody).choice)


@api.get("/polls/<poll_id>/ballots/mine")
@describes("The caller's ballot that counts.", answer=queries.MyBallot)
def get_my_ballot(poll_id: str) -> Answer:
    return answer_query(queries.my_ballot, poll_id)


@api.post("/polls/<poll_id>/ballots/for-member")
@describes(
    "Record a ballot for a member without a tablet; a second person confirms it.",
    body=RecordBody,
    answer=ballots.RecordedBallot,
    status=201,
    refuses=CASTING_REFUSES,
)
def post_for_member(poll_id: str) -> Answer:
    body = parse(RecordBody)
    return act_with(201, ballots.record_for_member, poll_id, body.user_id, body.choice, body.reason)


@api.get("/ballots/<ballot_id>")
@describes("A recorded ballot, for roles that may confirm it.", answer=ballots.RecordedBallot)
def get_ballot(ballot_id: str) -> Answer:
    return answer_query(ballots.get_recorded, ballot_id)


@api.post("/ballots/<ballot_id>/confirm")
@describes(
    "Confirm a recorded ballot as the second person.",
    answer=OwnBallot,
    refuses=(
        declares.SecondPersonNeeded,
        declares.AlreadyConfirmed,
        declares.PollNotOpen,
        WrongStatus,
    ),
)
def post_confirm(ballot_id: str) -> Answer:
    return act(ballots.confirm_ballot, ballot_id)


@api.delete("/ballots/<ballot_id>")
@describes(
    "Discard a recorded ballot that is not confirmed.",
    status=204,
    refuses=(declares.AlreadyConfirmed, declares.PollNotOpen, WrongStatus),
)
def delete_ballot(ballot_id: str) -> Answer:
    return act_with(204, ballots.discard_ballot, ballot_id)


@api.post("/polls/<poll_id>/tally")
@describes(
    "Enter the tally of a channel; its numbers are not disclosed until the poll is closed.",
    body=TallyBody,
    answer=Tallied,
    refuses=(declares.PollNotOpen, TallyDoesNotAddUp, UnknownChoice, WrongStatus),
)
def post_tally(poll_id: str) -> Answer:
    return act(closing.record_tally, poll_id, _tally(parse(TallyBody)))


def _tally(body: TallyBody) -> closing.GivenTally:
    return msgspec.convert(msgspec.to_builtins(body), closing.GivenTally)
