"""What may happen to the votes of a room, by whoever runs the meeting and by whoever votes."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from core.actor import Actor
from core.app_context import current_context
from meetings.voting.models import Ballot
from meetings.voting.polls import ballots, closing, drafts, opening, service
from meetings.voting.rules.poll_rules import PollMethod
from meetings.voting.rules.question_rules import Option
from tests.contract.room_clients import RoomTablets

QUESTION = st.text("aăâbcdđ –½?", min_size=1, max_size=6)
METHOD = st.sampled_from([PollMethod.NAMED, PollMethod.NAMED, PollMethod.HANDS, PollMethod.PAPER])
RULE = st.none() | st.sampled_from(["ubnd_decision", "hdnd_removal", "committee_general"])
WHICH = st.integers(0, 7)
ANYBODY = st.integers(0, 4)
STAFF = st.integers(0, 1)
CHOICE = st.sampled_from(["for", "for", "against", "against", "abstain", "other"])
REASON = st.sampled_from(["Theo quy chế", "Việc gấp"])
OPTIONS = st.none() | st.just([Option("for", "Đồng ý"), Option("other", "Ý kiến khác")])


class PollHappenings(RoomTablets):
    """Rules for a room machine: refused as often as not, for a room is rarely ready for them."""

    def polls(self, *statuses: str) -> list[str]:
        """Ids of the polls in these statuses."""
        found = self.snapshot(self.cast.secretary)["polls"]
        return [poll["id"] for poll in found if poll["status"] in statuses]

    def poll(self, which: int, *statuses: str) -> str:
        found = self.polls(*statuses)
        return found[which % len(found)] if found else "none"

    def runs_the_meeting(self, which: int) -> Actor:
        """The secretary, or who was chair at the beginning."""
        return self.cast.everybody[which]

    @rule(
        question=QUESTION,
        method=METHOD,
        rule_id=RULE,
        options=OPTIONS,
        about=st.none() | WHICH,
        allow_change=st.booleans(),
    )
    def prepare(
        self,
        question: str,
        method: PollMethod,
        rule_id: str | None,
        options: list[Option] | None,
        about: int | None,
        allow_change: bool,
    ) -> None:
        new = drafts.NewPoll(
            question=question,
            method=method,
            rule_id=rule_id,
            options=options,
            agenda_item_id=None if about is None else self.item(about),
            document_id=None if about is None else self.document(about),
            allow_change=allow_change,
        )
        self.attempt(drafts.create_poll, self.meeting_id, new)

    @rule(which=WHICH, question=QUESTION, method=METHOD, options=OPTIONS)
    def change_question(
        self, which: int, question: str, method: PollMethod, options: list[Option] | None
    ) -> None:
        changes = drafts.PollChanges(question=question, method=method, options=options)
        self.attempt(drafts.change_poll, self.poll(which, "draft"), changes)

    @rule(which=WHICH)
    def remove_question(self, which: int) -> None:
        self.attempt(drafts.remove_poll, self.poll(which, "draft"))

    @rule(order=st.randoms(use_true_random=False))
    def reorder_questions(self, order: Any) -> None:
        ids = self.polls("draft")
        order.shuffle(ids)
        self.attempt(drafts.reorder_polls, self.meeting_id, ids)

    @rule(which=WHICH, again=WHICH)
    def hold_again(self, which: int, again: int) -> None:
        before = self.poll(again, "closed", "cancelled")
        new = drafts.NewPoll(question="Biểu quyết lại?", repeats=before)
        self.attempt(drafts.create_poll, self.meeting_id, new)

    @rule(which=WHICH, by=STAFF, reason=st.none() | REASON)
    def open_vote(self, which: int, by: int, reason: str | None) -> None:
        poll = self.poll(which, "draft")
        self.attempt(opening.open_poll, poll, reason, by=self.runs_the_meeting(by))

    @rule(which=WHICH, who=ANYBODY, choice=CHOICE)
    def send(self, which: int, who: int, choice: str) -> None:
        poll = self.poll(which, "open")
        self.attempt(ballots.cast_ballot, poll, choice, by=self.cast.everybody[who])

    @rule(which=WHICH, voter=ANYBODY, by=STAFF, choice=CHOICE)
    def record(self, which: int, voter: int, by: int, choice: str) -> None:
        user_id = self.cast.everybody[voter].user_id
        poll, clerk = self.poll(which, "open"), self.runs_the_meeting(by)
        self.attempt(ballots.record_for_member, poll, user_id, choice, "Máy hỏng", by=clerk)

    def recorded(self) -> str:
        """A recorded ballot that waits."""
        waiting = select(Ballot.id).where(
            Ballot.poll_id.in_(self.polls("open")), Ballot.log_index.is_(None)
        )
        with current_context().database.read() as session:
            return session.scalars(waiting).first() or "none"

    @rule(by=STAFF)
    def confirm(self, by: int) -> None:
        self.attempt(ballots.confirm_ballot, self.recorded(), by=self.runs_the_meeting(by))

    @rule(by=STAFF)
    def discard(self, by: int) -> None:
        self.attempt(ballots.discard_ballot, self.recorded(), by=self.runs_the_meeting(by))

    @rule(which=WHICH, supporters=st.integers(0, 2), opponents=st.integers(0, 2))
    def count_by_hand(self, which: int, supporters: int, opponents: int) -> None:
        counts = {"for": supporters, "against": opponents}
        poll = self.poll(which, "open")
        self.attempt(closing.record_tally, poll, closing.GivenTally(counts=counts))

    @rule(which=WHICH)
    def remind(self, which: int) -> None:
        self.attempt(service.remind, self.poll(which, "open"))

    @rule(which=WHICH, by=STAFF)
    def close_vote(self, which: int, by: int) -> None:
        poll = self.poll(which, "open")
        self.attempt(closing.close_poll, poll, "vi", by=self.runs_the_meeting(by))

    @rule(which=WHICH, side=st.sampled_from(["for", "against"]))
    def rule_on_tie(self, which: int, side: str) -> None:
        poll, chair = self.poll(which, "closed"), self.runs_the_meeting(1)
        self.attempt(service.rule_on_tie, poll, side, "Theo quy chế", by=chair)

    @rule(which=WHICH)
    def announce(self, which: int) -> None:
        self.attempt(service.announce, self.poll(which, "closed"))

    @rule(which=WHICH, reason=REASON)
    def cancel(self, which: int, reason: str) -> None:
        self.attempt(service.cancel, self.poll(which, "open", "closed"), reason)
