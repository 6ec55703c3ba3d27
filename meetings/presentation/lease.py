"""The verbs of the presentation's lease: who presents, and under which term."""

import msgspec

from core.actor import Actor
from core.transactions.transaction import Tx, transaction
from meetings.meeting.declares import UnknownPerson
from meetings.meeting.status_rules import check_open
from meetings.presentation.declares import Action, PresenterChanged
from meetings.presentation.lease_rules import check_turn, default_presenter, presenter_after
from meetings.presentation.models import PresentationRow
from meetings.shared.models import Meeting, Participant


class PresenterView(msgspec.Struct, frozen=True):
    """Who presents now, under which term."""

    user_id: str | None
    term: int


def open_presentation(tx: Tx, meeting: Meeting, _template: str | None) -> None:
    """Give a new meeting its stage; the first secretary presents."""
    people = [(place.user_id, place.role) for place in meeting.participants]
    presenter_id = default_presenter(people)
    tx.session.add(PresentationRow(meeting_id=meeting.id, presenter_id=presenter_id, term=1, rev=0))
    tx.session.flush()


def remove_presentation(tx: Tx, meeting: Meeting) -> None:
    """Take away the stage of a meeting that is deleted."""
    tx.session.delete(tx.session.get_one(PresentationRow, meeting.id))
    tx.session.flush()


def put_presenter(actor: Actor, meeting_id: str, user_id: str) -> PresenterView:
    """Give the presentation to a person of the meeting; the old holder's turns are refused.

    Raises: UnknownPerson (not in this meeting), WrongStatus (the meeting is over).
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.PUT_PRESENTER, meeting)
        check_open(meeting.status)
        if tx.session.get(Participant, (meeting_id, user_id)) is None:
            raise UnknownPerson()
        tx.audit(actor, Action.PUT_PRESENTER, meeting, user_id=user_id)
        presentation = tx.session.get_one(PresentationRow, meeting_id)
        _transfer(tx, presentation, user_id, actor)
        return tx.answers(PresenterView(presentation.presenter_id, presentation.term))


def open_paper(actor: Actor, meeting_id: str, document_id: str, version: int, page: int) -> None:
    """Lay a page on the stage before the server runs, as a preparation; the holder shows it then.

    Raises: NotPresenter.
    """
    with transaction() as tx:
        presentation = tx.lock(PresentationRow, meeting_id)
        check_turn(actor.user_id, presentation.presenter_id, presentation.term, None)
        presentation.document_id, presentation.version, presentation.page = (
            document_id,
            version,
            page,
        )
        presentation.rev += 1


def reassign_presenter(tx: Tx, meeting: Meeting) -> None:
    """After people changed: a holder who is gone, or nobody, gives way to the default."""
    people = [(place.user_id, place.role) for place in meeting.participants]
    presentation = tx.session.get_one(PresentationRow, meeting.id)
    holder = presenter_after(presentation.presenter_id, people)
    if holder != presentation.presenter_id:
        _transfer(tx, presentation, holder, None)


def begin_term(meeting_id: str) -> None:
    """Raise a meeting's term as this server starts to serve it: old turns are told apart."""
    with transaction() as tx:
        presentation = tx.lock(PresentationRow, meeting_id)
        presentation.term += 1
        presentation.rev = 0


def _transfer(
    tx: Tx, presentation: PresentationRow, user_id: str | None, actor: Actor | None
) -> None:
    presentation.presenter_id, presentation.term, presentation.rev = (
        user_id,
        presentation.term + 1,
        0,
    )
    event = PresenterChanged(user_id=user_id, term=presentation.term)
    tx.publish(presentation.meeting_id, event, actor=actor)
