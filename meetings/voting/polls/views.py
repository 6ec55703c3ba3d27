"""HTTP routes of polls."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from core.clock_check import ClockDoubtful
from core.http.endpoints import Answer, act, act_with, answer_query, parse
from core.http.openapi import describes
from core.i18n import chosen_language
from meetings.meeting.declares import WrongStatus
from meetings.voting import declares
from meetings.voting.poll_facts import PollView
from meetings.voting.polls import closing, drafts, opening, queries, results, service
from meetings.voting.rules.packs import UnknownRule
from meetings.voting.rules.poll_rules import NobodyEntitled, PollMethod, RulingNotNeeded
from meetings.voting.rules.question_rules import (
    DuplicateOption,
    MisleadingOption,
    QuestionMissing,
    WrongNumberOfOptions,
)
from meetings.voting.rules.tally_rules import TallyDoesNotAddUp

api = Blueprint("voting", __name__, url_prefix="/api/v1")

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Title = Annotated[str, Meta(max_length=300)]
Question = Annotated[str, Meta(max_length=20_000)]
Label = Annotated[str, Meta(max_length=2_000)]
Key = Annotated[str, Meta(max_length=200)]
Reason = Annotated[str, Meta(min_length=1, max_length=500)]
Seconds = Annotated[int, Meta(ge=10, le=86_400)]
Version = Annotated[int, Meta(ge=1)]
Number = Annotated[int, Meta(ge=0, le=1_000_000)]

QUESTION_REFUSES = (
    QuestionMissing,
    WrongNumberOfOptions,
    DuplicateOption,
    MisleadingOption,
    UnknownRule,
    declares.UnknownPaper,
    WrongStatus,
)


class OptionBody(msgspec.Struct):
    """An option. `key`: what is counted; rules interpret the keys for, against and abstain."""

    key: Key
    label: Label


class NewPollBody(msgspec.Struct):
    """Body of POST /meetings/{id}/polls. options null: those of the rule."""

    question: Question
    title: Title = ""
    method: PollMethod = PollMethod.NAMED
    rule_id: Id | None = None
    options: Annotated[list[OptionBody], Meta(max_length=200)] | None = None
    agenda_item_id: Id | None = None
    document_id: Id | None = None
    version: Version | None = None
    allow_change: bool = False
    timer_seconds: Seconds | None = None
    repeats: Id | None = None


class PollPatch(msgspec.Struct):
    """Body of PATCH /polls/{id}. options null: those of the rule."""

    question: Question | UnsetType = UNSET
    title: Title | UnsetType = UNSET
    method: PollMethod | UnsetType = UNSET
    rule_id: Id | UnsetType = UNSET
    options: Annotated[list[OptionBody], Meta(max_length=200)] | None | UnsetType = UNSET
    agenda_item_id: Id | None | UnsetType = UNSET
    document_id: Id | None | UnsetType = UNSET
    version: Version | None | UnsetType = UNSET
    allow_change: bool | UnsetType = UNSET
    timer_seconds: Seconds | None | UnsetType = UNSET


class PollOrder(msgspec.Struct):
    """Body of PUT /meetings/{id}/poll-order: the id of every draft poll."""

    ids: Annotated[list[Id], Meta(max_length=2000)]


class OpenBody(msgspec.Struct):
    """Body of POST /polls/{id}/open. override_reason: of a chair who opens without a quorum.

    revision: of the draft that was shown; null opens it whatever it is now. clock_confirmed: after
    `clock_doubtful`, the chair's word that the server's clock is right.
    """

    override_reason: Reason | None = None
    revision: Version | None = None
    clock_confirmed: bool = False


class ReasonBody(msgspec.Struct):
    """A recorded reason."""

    reason: Reason


class RulingBody(msgspec.Struct):
    """Body of POST /polls/{id}/ruling. side: for or against."""

    side: Key
    reason: Reason


@api.get("/meetings/<meeting_id>/polls")
@describes("The polls of a meeting; drafts for roles that prepare it.", answer=drafts.PollList)
def get_polls(meeting_id: str) -> Answer:
    return answer_query(queries.list_polls, meeting_id)


@api.post("/meetings/<meeting_id>/polls")
@describes(
    "Create a draft poll.", body=NewPollBody, answer=PollView, status=201, refuses=QUESTION_REFUSES
)
def post_poll(meeting_id: str) -> Answer:
    new = msgspec.convert(msgspec.to_builtins(parse(NewPollBody)), drafts.NewPoll)
    return act_with(201, drafts.create_poll, meeting_id, new)


@api.put("/meetings/<meeting_id>/poll-order")
@describes(
    "Reorder the draft polls.",
    body=PollOrder,
    answer=drafts.PollList,
    refuses=(declares.PollOrderIncomplete, WrongStatus),
)
def put_poll_order(meeting_id: str) -> Answer:
    return act(drafts.reorder_polls, meeting_id, parse(PollOrder).ids)


@api.get("/polls/<poll_id>")
@describes("One poll.", answer=PollView)
def get_poll(poll_id: str) -> Answer:
    return answer_query(queries.get_poll, poll_id)


@api.patch("/polls/<poll_id>")
@describes(
    "Change a draft poll.",
    body=PollPatch,
    answer=PollView,
    refuses=(*QUESTION_REFUSES, declares.PollNotDraft),
)
def patch_poll(poll_id: str) -> Answer:
    body = parse(PollPatch)
    changes = msgspec.convert(msgspec.to_builtins(body), drafts.PollChanges)
    return act(drafts.change_poll, poll_id, changes)


@api.delete("/polls/<poll_id>")
@describes(
    "Delete a draft poll.",
    status=204,
    refuses=(declares.PollNotDraft, WrongStatus),
)
def delete_poll(poll_id: str) -> Answer:
    return act_with(204, drafts.remove_poll, poll_id)


@api.post("/polls/<poll_id>/open")
@describes(
    "Open a poll; question, rule, roster and N are frozen.",
    body=OpenBody,
    answer=PollView,
    refuses=(
        declares.PollNotDraft,
        declares.DraftChanged,
        ClockDoubtful,
        declares.AnotherPollOpen,
        declares.NoQuorum,
        declares.PaperReplaced,
        declares.PaperNotShown,
        declares.UnknownPaper,
        NobodyEntitled,
        UnknownRule,
        WrongStatus,
    ),
)
def post_open(poll_id: str) -> Answer:
    body = parse(OpenBody)
    return act(
        opening.open_poll,
        poll_id,
        body.override_reason,
        body.revision,
        clock_confirmed=body.clock_confirmed,
    )


@api.post("/polls/<poll_id>/remind")
@describes(
    "Remind voters who have not voted.",
    status=204,
    refuses=(declares.PollNotOpen, WrongStatus),
)
def post_remind(poll_id: str) -> Answer:
    return act_with(204, service.remind, poll_id)


@api.post("/polls/<poll_id>/close")
@describes(
    "Close a poll and return its result.",
    answer=results.PollResult,
    refuses=(
        declares.PollNotOpen,
        WrongStatus,
        declares.BallotsUnconfirmed,
        declares.TallyMissing,
        declares.VoteContradictsLog,
        TallyDoesNotAddUp,
    ),
)
def post_close(poll_id: str) -> Answer:
    return act(closing.close_poll, poll_id, chosen_language())


@api.post("/polls/<poll_id>/cancel")
@describes(
    "Cancel an open or closed poll; it decides nothing.",
    body=ReasonBody,
    answer=PollView,
    refuses=(declares.PollNotOpen, WrongStatus),
)
def post_cancel(poll_id: str) -> Answer:
    return act(service.cancel, poll_id, parse(ReasonBody).reason)


@api.post("/polls/<poll_id>/ruling")
@describes(
    "Record the chair's ruling on a tie, if the rule requires one.",
    body=RulingBody,
    answer=PollView,
    refuses=(
        declares.PollNotClosed,
        declares.VoteContradictsLog,
        RulingNotNeeded,
        WrongStatus,
    ),
)
def post_ruling(poll_id: str) -> Answer:
    body = parse(RulingBody)
    return act(service.rule_on_tie, poll_id, body.side, body.reason)


@api.post("/polls/<poll_id>/announce")
@describes(
    "Record that the result was announced.",
    answer=PollView,
    refuses=(
        declares.PollNotClosed,
        declares.RulingAwaited,
        declares.VoteContradictsLog,
        WrongStatus,
    ),
)
def post_announce(poll_id: str) -> Answer:
    return act(service.announce, poll_id)


@api.get("/polls/<poll_id>/result")
@describes(
    "The result of a closed poll, with names where recorded.",
    answer=results.PollResult,
    refuses=(
        declares.PollOpen,
        declares.PollNotOpen,
        declares.NotAnnounced,
        declares.VoteContradictsLog,
    ),
)
def get_result(poll_id: str) -> Answer:
    return answer_query(queries.get_result, poll_id)
