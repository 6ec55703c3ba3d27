"""Votes as a feature of meetings."""

from core.transaction import Tx
from meetings.shared.feature import Feature
from meetings.shared.models import Meeting
from meetings.shared.view_parts import ViewPart
from meetings.voting import (
    ballot_views,
    declares,
    drafts,
    log_views,
    opening,
    pages,
    paper_views,
    rule_book,
    rule_declares,
    rule_views,
    snapshot,
    unannounced,
    views,
    vote_log,
    voted_documents,
)


def _remove(tx: Tx, meeting: Meeting) -> None:
    drafts.remove_drafts(tx, meeting)
    vote_log.remove_logs(tx, meeting)


feature = Feature(
    name="voting",
    blueprints=(
        views.api,
        ballot_views.api,
        log_views.api,
        paper_views.api,
        rule_views.api,
        pages.pages,
    ),
    permissions={**declares.permissions, **rule_declares.permissions},
    refusals={"meetings.post_status": (declares.PollStillOpen,)},
    snapshot_part=ViewPart(
        fields=snapshot.VotesPart,
        read=snapshot.snapshot_part,
        after="live",
        note="votes: how far open polls have come at this moment; it moves on the live lane.",
    ),
    catch_up_part=ViewPart(
        fields=snapshot.ProgressPart,
        read=snapshot.catch_up_part,
        note="votes: how far open polls have come at this moment.",
    ),
    on_meeting_deleting=_remove,
    before_status_change=opening.check_none_open,
    after_status_change=unannounced.follow_meeting_status,
    on_document_published=vote_log.log_document,
    check_agenda_item_removable=drafts.check_item_removable,
    check_document_removable=voted_documents.check_not_put_to_vote,
    files_of_record=voted_documents.files_put_to_vote,
    quorum_rule=rule_book.quorum_rule_view,
)
