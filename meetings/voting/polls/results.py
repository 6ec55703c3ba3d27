"""The full result of a closed poll: numbers, sentences, names."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import Language
from core.offload import yield_control
from meetings.voting.models import Ballot, Poll, PollSeat
from meetings.voting.poll_facts import ResultNumbers, Ruling
from meetings.voting.polls.counting import ballots_of, choices
from meetings.voting.polls.presenters import (
    closing_of,
    ending_of,
    numbers_of,
    opening_of,
    result_words,
    rule_of,
)
from meetings.voting.rules.poll_rules import PollMethod
from meetings.voting.vote_log.parts import Paper, Person


class ResultRule(msgspec.Struct, frozen=True):
    """The frozen rule of a result, in the reader's language."""

    id: str
    version: int
    title: str
    formula: str
    citation: str
    confirmed: bool


class ResultPart(msgspec.Struct, frozen=True):
    """One part of the identity. key: of an option, or invalid, not_sent, absent …"""

    key: str
    number: int


class NamedVote(msgspec.Struct, frozen=True, kw_only=True):
    """The vote of one person on the roster.

    choice None: nothing was sent, or the person was absent. entered_by, confirmed_by, reason: of a
    ballot recorded for the person.
    """

    user_id: str
    name: str
    present: bool
    choice: str | None
    channel: str | None
    at: datetime | None
    entered_by: Person | None
    confirmed_by: Person | None
    reason: str | None


class PollResult(ResultNumbers, frozen=True, kw_only=True):
    """The full result of a closed poll.

    names: everybody on the roster of a named poll; otherwise the people whose ballot was recorded
    or sent by name.
    """

    poll_id: str
    status: str
    ruling: Ruling | None
    heading: str
    arithmetic: str
    announcement: str
    identity: str
    parts: Sequence[ResultPart]
    rule: ResultRule
    document: Paper | None
    names: Sequence[NamedVote]
    opened_at: datetime
    opened_by: Person
    closed_at: datetime
    closed_by: Person
    announced_at: datetime | None
    override_reason: str | None


def named_votes(session: Session, poll: Poll, *, everybody: bool = False) -> list[NamedVote]:
    """The votes of people on the roster of a closed poll.

    For hands or paper ballots, only people with a ballot by name, unless `everybody`.
    """
    sealed = ballots_of(session, poll.id)
    ballots = {one.user_id: one for one in sealed}
    standing = choices(sealed)
    seats = session.execute(
        select(PollSeat.user_id, PollSeat.name, PollSeat.present)
        .where(PollSeat.poll_id == poll.id)
        .order_by(PollSeat.position)
    ).all()
    yield_control()
    everybody = everybody or poll.method is PollMethod.NAMED
    return [
        _named(user_id, name, present, ballots.get(user_id), standing.get(user_id))
        for user_id, name, present in seats
        if everybody or user_id in ballots
    ]


def _named(
    user_id: str, name: str, present: bool, ballot: Ballot | None, choice: str | None
) -> NamedVote:
    entered = confirmed = None
    if ballot is not None and ballot.entered_by is not None:
        entered = Person(ballot.entered_by, ballot.entered_by_name or "")
        confirmed = Person(ballot.confirmed_by or "", ballot.confirmed_by_name or "")
    return NamedVote(
        user_id=user_id,
        name=name,
        present=present,
        choice=choice,
        channel=ballot.channel.value if ballot else None,
        at=ballot.at if ballot else None,
        entered_by=entered,
        confirmed_by=confirmed,
        reason=ballot.reason if ballot else None,
    )


def result_of(
    session: Session, poll: Poll, language: Language, *, with_paper: bool = True
) -> PollResult:
    """The result in one language. Raises: ValueError if the poll was never closed.

    with_paper: whether the reader may read the document's title.
    """
    closing, opening, ending = closing_of(poll), opening_of(poll), ending_of(poll)
    rule = rule_of(poll)
    words = result_words(language, poll)
    return PollResult(
        poll_id=poll.id,
        status=poll.status.value,
        **numbers_of(closing),
        ruling=ending.ruling,
        heading=words.heading,
        arithmetic=words.arithmetic,
        announcement=words.announcement,
        identity=words.identity,
        parts=[ResultPart(key, number) for key, number in closing.count.parts],
        rule=ResultRule(
            rule.id,
            rule.version,
            rule.title.said(language),
            rule.formula.said(language),
            rule.citation.said(language),
            rule.confirmed,
        ),
        document=opening.document if with_paper else None,
        names=named_votes(session, poll),
        opened_at=opening.at,
        opened_by=opening.by,
        closed_at=closing.at,
        closed_by=closing.by,
        announced_at=ending.announced_at,
        override_reason=opening.override_reason,
        log_id=closing.place.log_id,
        log_index=closing.place.index,
        leaf_hash=closing.place.leaf_hash,
    )
