"""The verbs of the presentation's lease: who presents, and under which term."""

import msgspec

from core.actor import Actor
from core.transaction import Tx, transaction
from meetings.declares import UnknownPerson
from meetings.live.declares import Action, PresenterChanged
from meetings.live.lease_rules import check_turn, default_presenter, presenter_after
from meetings.models import Meeting, Participant, Stage
from meetings.status_rules import check_open


class PresenterView(msgspec.Struct, frozen=True):
    """Who presents now, under which term."""

    user_id: str | None
    term: int


def open_stage(tx: Tx, meeting: Meeting) -> None:
    """Give a new meeting its stage; the first secretary presents."""
    people = [(place.user_id, place.role) for place in meeting.participants]
    meeting.stage = Stage(presenter_id=default_presenter(people), term=1, rev=0)
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
        _hand_over(tx, meeting, user_id, actor)
        return tx.answers(PresenterView(meeting.stage.presenter_id, meeting.stage.term))


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
    holder = presenter_after(meeting.stage.presenter_id, people)
    if holder != meeting.stage.presenter_id:
        _hand_over(tx, meeting, holder, None)


def begin_term(meeting_id: str) -> None:
    """Raise a meeting's term as this server starts to serve it: old turns are told apart."""
    with transaction() as tx:
        stage = tx.lock(Stage, meeting_id)
        stage.term += 1
        stage.rev = 0


def _hand_over(tx: Tx, meeting: Meeting, user_id: str | None, actor: Actor | None) -> None:
    stage = meeting.stage
    stage.presenter_id, stage.term, stage.rev = user_id, stage.term + 1, 0
    tx.publish(meeting.id, PresenterChanged(user_id=user_id, term=stage.term), actor=actor)
