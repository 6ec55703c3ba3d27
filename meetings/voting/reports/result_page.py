"""The data of the result page of one poll, in the reader's language."""

from collections.abc import Sequence

import msgspec
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.errors import NotFound
from core.i18n import chosen_language
from meetings.agenda.queries import items_of
from meetings.shared.membership import role_in
from meetings.shared.models import Meeting
from meetings.voting.models import Poll, PollSeat, PollStatus
from meetings.voting.poll_facts import OwnBallot, PollView
from meetings.voting.polls.poll_access import readable
from meetings.voting.polls.presenters import rule_of
from meetings.voting.polls.queries import seen_by
from meetings.voting.polls.sealed_ballots import own_ballot, standing_ballot
from meetings.voting.reports.content.count_table import (
    CountRow,
    base_line,
    count_rows,
    identity_words,
    tally_words,
)
from meetings.voting.reports.content.masthead import (
    Masthead,
    Signature,
    masthead,
    number_line,
    placed,
    signatures,
)
from meetings.voting.reports.content.report_facts import (
    DocumentFacts,
    LogFacts,
    MeetingFacts,
    VoterFacts,
)
from meetings.voting.reports.content.result import over_at
from meetings.voting.reports.content.subject import citation_words
from meetings.voting.reports.queries import facts_of_vote
from meetings.voting.rules.poll_rules import PollMethod


class ItemLine(msgspec.Struct, frozen=True):
    """The agenda item of a poll, numbered as on the agenda."""

    number: int
    title: str


class EarlierVote(msgspec.Struct, frozen=True):
    """The poll that this one repeats."""

    id: str
    title: str


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """The part of the page that exists once a poll has ended.

    number, placed: below the masthead. signatures: signature blocks of the printed page. citation:
    the rule's source as in reports. rows, base, identity, tallies: of a counted poll: the parts of
    the count, the base of their shares, the identity, and the tallies, in words. voters: everybody
    on the roster of a named poll; otherwise people with a ballot by name. document: None also for
    readers who may not see it.
    """

    meeting: MeetingFacts
    masthead: Masthead
    number: str
    placed: str
    signatures: Sequence[Signature]
    citation: str
    rows: Sequence[CountRow] = ()
    base: str = ""
    identity: str = ""
    tallies: Sequence[str] = ()
    voters: Sequence[VoterFacts] = ()
    document: DocumentFacts | None
    log: LogFacts


class ResultPage(msgspec.Struct, frozen=True, kw_only=True):
    """The data of the result page.

    ended: None for a draft, an open poll, or a result that is withheld from the reader. voters: the
    rule's term for entitled people. ballot: the reader's. seat: whether the reader was present;
    None if not on the roster. role: the reader's role in the meeting; None if not in its room.
    """

    meeting_title: str
    meeting_status: str
    item: ItemLine | None
    repeats: EarlierVote | None
    poll: PollView
    voters: str
    ended: Ended | None
    ballot: OwnBallot | None
    seat: bool | None
    role: str | None


def result_page(actor: Actor, meeting_id: str, poll_id: str) -> ResultPage:
    """The result page of a poll of this meeting. Raises: NotFound, NotAllowed."""
    with current_context().database.read() as session:
        poll = readable(session, actor, poll_id)
        if poll.meeting_id != meeting_id:
            raise NotFound(kind="poll")
        meeting = session.get_one(Meeting, meeting_id)
        seat = session.get(PollSeat, (poll.id, actor.user_id))
        ballot = standing_ballot(session, poll.id, actor.user_id)
        role = role_in(session, actor.user_id, meeting)
        view = seen_by(session, actor, poll)
        page = ResultPage(
            meeting_title=meeting.title,
            meeting_status=meeting.status.value,
            item=_item(session, poll),
            repeats=_repeats(session, poll),
            poll=view,
            voters=rule_of(poll).words.voters.said(chosen_language()),
            ended=None,
            ballot=own_ballot(ballot) if ballot else None,
            seat=seat.present if seat else None,
            role=role.value if role else None,
        )
        over = view.result is not None or poll.status is PollStatus.CANCELLED
    return msgspec.structs.replace(page, ended=_ended(actor, poll_id) if over else None)


def _ended(actor: Actor, poll_id: str) -> Ended:
    meeting, poll = facts_of_vote(actor, poll_id)
    language = chosen_language()
    ended = Ended(
        meeting=meeting,
        masthead=masthead(language, meeting),
        number=number_line(language),
        placed=placed(language, meeting, over_at(poll)),
        signatures=signatures(language, meeting, poll.rule.words),
        citation=citation_words(poll.rule.citation.said(language)),
        document=poll.document,
        log=poll.log,
    )
    if poll.count is None:
        return ended
    named = poll.method is PollMethod.NAMED
    return msgspec.structs.replace(
        ended,
        rows=count_rows(language, poll),
        base=base_line(language, poll),
        identity=identity_words(language, poll),
        tallies=[tally_words(language, one) for one in poll.tallies],
        voters=[one for one in poll.voters if named or one.choice],
    )


def _item(session: Session, poll: Poll) -> ItemLine | None:
    for number, item in enumerate(items_of(session, poll.meeting_id), start=1):
        if item.id == poll.agenda_item_id:
            return ItemLine(number, item.title)
    return None


def _repeats(session: Session, poll: Poll) -> EarlierVote | None:
    earlier = session.get(Poll, poll.repeats) if poll.repeats else None
    return EarlierVote(earlier.id, earlier.title) if earlier else None
