"""Whether a person may show what they write to the room, or to one other."""

from sqlalchemy.orm import Session

from core.actor import Actor
from core.transactions.transaction import Tx
from documents.access import may_read_version
from documents.annotations import rules
from documents.annotations.declares import Action, RecipientCannotRead, WritingOff
from documents.annotations.rules import Audience
from documents.containers import ContainerAccess
from documents.models import Document


def check_audience(tx: Tx, actor: Actor, access: ContainerAccess, audience: Audience) -> None:
    """Sharing needs a permission and an open container; private annotations need neither."""
    if audience is not Audience.PRIVATE:
        tx.allow(actor, Action.SHARE, access)
        access.check_open()


def check_room_writing(access: ContainerAccess, audience: Audience) -> None:
    """Raise WritingOff when the whole room would see it and this person may not write for it.

    What was shown before can be withdrawn or deleted without this.
    """
    if audience is Audience.MEETING and not access.may_write_for_room:
        raise WritingOff()


def check_recipient(
    session: Session, document: Document, version: int, audience: Audience, user_id: str | None
) -> None:
    """Raise unless a recipient is named where one belongs, and may read this version."""
    rules.check_addressed(audience, user_id)
    if user_id is not None and not may_read_version(session, document, version, user_id):
        raise RecipientCannotRead()
