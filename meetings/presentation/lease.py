"""The verbs of the presentation's lease: who presents, and under which term."""

import msgspec

from core.actor import Actor
from core.db.transaction import Tx, transaction
from meetings.meeting.declares import UnknownPerson
from meetings.meeting.status_rules import check_open
from meetings.presentation.declares import Action, PresenterChanged
from meetings.presentation.lease_rules import check_turn, default_presenter, presenter_after
from meetings.presentation.models import Stage
from meetings.shared.models import Meeting, Participant


class PresenterView(msgspec.Struct, frozen=True):
    """Who presents now, under which term."""

    user_id: str | None
    term: int


def open_stage(tx: Tx, meeting: Meeting, _template: str | None) -> None:
    """Give a new meeting its stage; the first secretary presents."""
    people = [(place.user_id, place.role) for place in meeting.participants]
    presenter_id = default_presenter(people)
    tx.session.add(Stage(meeting_id=meeting.id, presenter_id=presenter_id, term=1, rev=0))
    tx.session.flush()


def remove_stage(tx: Tx, meeting: Meeting) -> None:
    """Take away the stage of a meeting that is deleted."""
    tx.session.delete(tx.session.get_one(Stage, meeting.id))
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
        stage = tx.session.get_one(Stage, meeting_id)
        _hand_over(tx, stage, user_id, actor)
        return tx.answers(PresenterView(stage.presenter_id, stage.term))


def open_paper(actor: Actor, meeting_id: str, document_id: str, version: int, page: int) -> None:
    """Lay a page on the stage before the server runs, as a preparation; the holder shows it then.

    Raises: NotPresenter.
    """
    with transaction() as tx:
        stage = tx.lock(Stage, meeting_id)
        check_turn(actor.user_id, stage.presenter_id, stage.term, None)
        stage.document_id, stage.version, stage.page = document_id, version, page
        stage.rev += 1


def follow_the_staff(tx: Tx, meeting: Meeting) -> None:
    """After people changed: a holder who is gone, or nobody, gives way to the default."""
    people = [(place.user_id, place.role) for place in meeting.participants]
    stage = tx.session.get_one(Stage, meeting.id)
    holder = presenter_after(stage.presenter_id, people)
    if holder != stage.presenter_id:
        _hand_over(tx, stage, holder, None)


def begin_term(meeting_id: str) -> None:
    """Raise a meeting's term as this server starts to serve it: old turns are told apart."""
    with transaction() as tx:
        stage = tx.lock(Stage, meeting_id)
        stage.term += 1
        stage.rev = 0


def _hand_over(tx: Tx, stage: Stage, user_id: str | None, actor: Actor | None) -> None:
    stage.presenter_id, stage.term, stage.rev = user_id, stage.term + 1, 0
    event = PresenterChanged(user_id=user_id, term=stage.term)
    tx.publish(stage.meeting_id, event, actor=actor)
