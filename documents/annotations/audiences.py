"""Checks who may share annotations with the room or with one person."""

from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from documents.access import may_read_version
from documents.annotations import rules
from documents.annotations.declares import Action, RecipientCannotRead, WritingOff
from documents.annotations.rules import Audience
from documents.containers import ContainerAccess
from documents.models import Document


def check_audience(actor: Actor, access: ContainerAccess, audience: Audience) -> None:
    """Require permission and an open container for shared annotations, nothing for private ones.

    Raises: NotAllowed, and the container's refusal.
    """
    if audience is not Audience.PRIVATE:
        current_context().permissions.allow_in_room(actor, Action.SHARE, access.roles)
        access.check_open()


def check_room_writing(access: ContainerAccess, audience: Audience) -> None:
    """Raise WritingOff if the annotation is for the room and this person may not write for it.

    Withdrawing or deleting a shared annotation does not need this check.
    """
    if audience is Audience.MEETING and not access.may_write_for_room:
        raise WritingOff()


def check_recipient(
    session: Session, document: Document, version: int, audience: Audience, user_id: str | None
) -> None:
    """Raises: InvalidInput (recipient missing or not expected), RecipientCannotRead."""
    rules.check_addressed(audience, user_id)
    if user_id is not None and not may_read_version(session, document, version, user_id):
        raise RecipientCannotRead()
