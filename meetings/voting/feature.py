"""Registers voting as a feature of meetings."""

from core.transactions.transaction import Tx
from meetings.shared.feature import Feature
from meetings.shared.models import Meeting
from meetings.shared.view_parts import ViewPart
from meetings.voting import declares, pages
from meetings.voting.log_access import verify_page
from meetings.voting.log_access import views as log_views
from meetings.voting.polls import (
    ballot_views,
    drafts,
    open_rosters,
    opening,
    progress_broadcast,
    snapshot,
    unannounced,
    views,
    voted_documents,
)
from meetings.voting.reports import views as paper_views
from meetings.voting.rules import catalogue
from meetings.voting.rules import declares as rule_declares
from meetings.voting.rules import views as rule_views
from meetings.voting.vote_log import writer


def _remove(tx: Tx, meeting: Meeting) -> None:
    drafts.remove_drafts(tx, meeting)
    writer.remove_logs(tx, meeting)


feature = Feature(
    name="voting",
    blueprints=(
        views.api,
        ballot_views.api,
        log_views.api,
        verify_page.pages,
        paper_views.api,
        rule_views.api,
        pages.pages,
    ),
    permissions={**declares.permissions, **rule_declares.permissions},
    refusals={
        "meetings.post_status": (declares.PollStillOpen,),
        "meetings.put_participant": (declares.PollOpenForPerson,),
        "meetings.delete_participant": (declares.PollOpenForPerson,),
        "people.patch_user": (declares.PollOpenForPerson,),
        "people.delete_user": (declares.PollOpenForPerson,),
        "people.post_user_password": (declares.PollOpenForPerson,),
    },
    snapshot_part=ViewPart(
        fields=snapshot.VotesPart,
        read=snapshot.snapshot_part,
        after="live",
        note="votes: progress of open polls at this moment; updates use the ephemeral channel.",
    ),
    catch_up_part=ViewPart(
        fields=snapshot.ProgressPart,
        read=snapshot.catch_up_part,
        note="votes: progress of open polls at this moment.",
    ),
    on_meeting_deleting=_remove,
    before_status_change=opening.check_none_open,
    after_status_change=unannounced.follow_meeting_status,
    check_person_changeable=open_rosters.check_not_on_open_roster,
    on_password_set=open_rosters.log_new_password,
    on_document_published=writer.log_document,
    check_agenda_item_removable=drafts.check_item_removable,
    check_document_removable=voted_documents.check_not_put_to_vote,
    files_of_record=voted_documents.files_put_to_vote,
    periodic=progress_broadcast.periodic,
    quorum_rule=catalogue.quorum_rule_view,
)
