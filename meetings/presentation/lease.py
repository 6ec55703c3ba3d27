"""Service functions of the presentation's lease: the presenter and the term."""

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
    """The current presenter and term."""

    user_id: str | None
    term: int


def open_presentation(tx: Tx, meeting: Meeting, _template: str | None) -> None:
    """Create the presentation of a new meeting; the first secretary presents."""
    participants = [(participant.user_id, participant.role) for participant in meeting.participants]
    presenter_id = default_presenter(participants)
    tx.session.add(PresentationRow(meeting_id=meeting.id, presenter_id=presenter_id, term=1, rev=0))
    tx.session.flush()


def remove_presentation(tx: Tx, meeting: Meeting) -> None:
    """Delete the presentation of a meeting that is being deleted."""
    tx.session.delete(tx.session.get_one(PresentationRow, meeting.id))
    tx.session.flush()


def put_presenter(actor: Actor, meeting_id: str, user_id: str) -> PresenterView:
    """Make a participant the presenter; turns of the previous presenter are refused.

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
    """Set the presented page before the server runs; the presenter shows it after the start.

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
    """Replace a missing presenter, or one who is no longer a participant, by the default."""
    participants = [(participant.user_id, participant.role) for participant in meeting.participants]
    presentation = tx.session.get_one(PresentationRow, meeting.id)
    holder = presenter_after(presentation.presenter_id, participants)
    if holder != presentation.presenter_id:
        _transfer(tx, presentation, holder, None)


def begin_term(meeting_id: str) -> None:
    """Increment the term when this server starts to serve a meeting, to detect old turns."""
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
