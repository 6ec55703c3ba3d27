"""What people may do in the containers of meetings, and what meetings do about their documents."""

from collections.abc import Collection

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload

from core.transaction import Tx
from documents.containers import Container, ContainerAccess, PublishedVersion
from documents.declares import DocumentInVote
from meetings.containers import meeting_ids_of, meeting_of
from meetings.membership import Membership, participant_in
from meetings.models import Meeting, Participant
from meetings.status_rules import refusal_if_over
from meetings.voting.log.entries import PaperPublished
from meetings.voting.vote_log import nfc, write
from meetings.voting.voted_documents import files_put_to_vote, was_put_to_vote
from meetings.writing.writing_rules import may_moderate, may_write_for_room


class MeetingContainerPolicy:
    """The policy for the containers of meetings and of their agenda items."""

    def access(
        self, session: Session, user_id: str | None, container: Container
    ) -> ContainerAccess:
        """The access of a participant. Raises NotFound."""
        meeting = meeting_of(session, container)
        participant = None if user_id is None else participant_in(session, user_id, meeting.id)
        return _access(meeting, participant)

    def access_to_all(
        self, session: Session, user_id: str, containers: Collection[Container]
    ) -> dict[Container, ContainerAccess]:
        """The access of a participant to each container, in two queries."""
        meeting_ids = meeting_ids_of(session, containers)
        listed = and_(Participant.meeting_id == Meeting.id, Participant.user_id == user_id)
        rows = session.execute(
            select(Meeting, Participant)
            .outerjoin(Participant, listed)
            .where(Meeting.id.in_(set(meeting_ids.values())))
            .options(joinedload(Meeting.stage))
        )
        found = {meeting.id: _access(meeting, participant) for meeting, participant in rows}
        return {one: found[of] for one, of in meeting_ids.items() if of in found}

    def check_removable(self, session: Session, container: Container, document_id: str) -> None:
        """A document that was put to the vote stays, so that the vote can be checked later."""
        if was_put_to_vote(session, meeting_of(session, container).id, document_id):
            raise DocumentInVote()

    def files_of_record(self, session: Session) -> Collection[str]:
        """The files whose hashes the vote log names as what was voted on."""
        return files_put_to_vote(session)

    def on_version_published(self, tx: Tx, container: Container, version: PublishedVersion) -> None:
        """The vote log keeps the hash of every version that the room could read."""
        title = nfc(version.title)
        entry = PaperPublished(version.document_id, version.version, title, version.sha256)
        write(tx, meeting_of(tx.session, container), [entry])


def _access(meeting: Meeting, participant: Participant | None) -> ContainerAccess:
    membership = Membership(participant.role if participant else None, meeting.status)
    presents = participant is not None and meeting.stage.presenter_id == participant.user_id
    return ContainerAccess(
        roles=membership.roles,
        room_id=meeting.id,
        title=meeting.title,
        at=meeting.starts_at,
        closed=refusal_if_over(meeting.status),
        may_write_for_room=participant is not None
        and may_write_for_room(
            participant.role,
            member_writing=meeting.member_writing,
            muted=participant.writing_muted,
            presents=presents,
        ),
        moderates=may_moderate(membership.role, presents=presents),
    )
