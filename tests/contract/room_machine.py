"""A room to which anything may happen: its agenda, its people, its documents, its votes."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from sqlalchemy import select

from accounts.people.service import SYSTEM, UserChanges, change_user
from accounts.people.unit_service import UnitChanges, change_unit
from core.app_context import current_context
from core.errors import Refusal
from core.permissions import Role
from documents import service as documents
from documents.ingest import store
from documents.models import DocumentVersion, VersionStatus
from documents.render_protocol import PageFacts
from meetings.agenda import service as agenda
from meetings.attendance import service as roll
from meetings.guests import service as guests
from meetings.meeting import service
from meetings.presentation.lease import put_presenter
from meetings.shared.attendance_status import AttendanceStatus
from meetings.shared.models import MeetingStatus
from meetings.voting.polls.drafts import reorder_polls
from meetings.voting.rules.custom_packs import NewPack, add_pack, withdraw_pack
from meetings.voting.rules.pack_errors import RulePackNotValid
from meetings.voting.rules.poll_rules import PollMethod
from meetings.voting.rules.queries import list_packs
from meetings.writing.service import mute_writer
from tests.contract.room_polls import PollHappenings
from tests.pack_texts import own_pack

PLACE = st.sampled_from([Role.CHAIR, Role.SECRETARY, Role.MEMBER, Role.GUEST])
TEXT = st.text("aăâbcdđ –½", min_size=1, max_size=6)
WHICH = st.integers(0, 7)
WHO = st.integers(0, 3)
ZONE = st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-3))])
OTHER = "school_council"
MINUTES = st.none() | st.integers(0, 90)
SAID = st.sampled_from(AttendanceStatus)
FACTS = st.tuples(st.booleans(), st.booleans())
KIND = st.sampled_from(["general", "hdnd_session", "ubnd_meeting", OTHER])


class RoomMachine(PollHappenings):
    """See the module, and `RoomTablets` for what is held against what."""

    @initialize(zone=ZONE, template=st.sampled_from([None, "hdnd_session"]))
    def begin(self, zone: timezone, template: str | None) -> None:
        new = service.NewMeeting(
            title="Kỳ họp",
            starts_at=datetime(2026, 11, 24, 8, tzinfo=zone),
            unit_id=self.cast.unit_id,
            chair_ids=[self.cast.others[0].user_id],
            template=template,
            member_writing=True,
        )
        self.meeting_id = service.create_meeting(self.cast.secretary, new).id
        for other, role in zip(self.cast.others[1:], (Role.MEMBER, Role.GUEST), strict=False):
            self.attempt(service.put_participant, self.meeting_id, other.user_id, role)
        self.add_item("Báo cáo", 30)
        for container in (0, 1, 1):
            self.add_document(container, "Tờ trình")
            self.the_worker_goes_on("measured")
            self.the_worker_goes_on("ready")
        self.step(MeetingStatus.PUBLISHED, zone)
        self.change_document(0, "Giấy mời", open_to_guests=True)
        self.add_document(1, "Dự thảo")
        for who in range(len(self.cast.everybody)):
            self.come_back(who)

    @rule(title=TEXT, minutes=MINUTES)
    def add_item(self, title: str, minutes: int | None) -> None:
        self.attempt(agenda.add_agenda_item, self.meeting_id, title, minutes, None)

    @rule(which=WHICH, title=TEXT, minutes=MINUTES)
    def change_item(self, which: int, title: str, minutes: int | None) -> None:
        changes = agenda.ItemChanges(title=title, minutes=minutes)
        self.attempt(agenda.change_agenda_item, self.item(which), changes)

    @rule(which=WHICH)
    def remove_item(self, which: int) -> None:
        self.attempt(agenda.remove_agenda_item, self.item(which))

    @rule(order=st.randoms(use_true_random=False))
    def reorder_items(self, order: Any) -> None:
        ids = [item["id"] for item in self.meeting()["agenda"]]
        order.shuffle(ids)
        self.attempt(agenda.reorder_agenda, self.meeting_id, ids)

    @rule(which=st.none() | WHICH)
    def move_to(self, which: int | None) -> None:
        item = None if which is None else self.item(which)
        self.attempt(agenda.move_to_item, self.meeting_id, item)

    @rule(who=WHO, role=PLACE, entitled=st.none() | st.booleans(), seat=st.none() | TEXT)
    def put(self, who: int, role: Role, entitled: bool | None, seat: str | None) -> None:
        user_id = self.cast.others[who].user_id
        self.attempt(service.put_participant, self.meeting_id, user_id, role, entitled, seat)

    @rule(who=WHO)
    def remove(self, who: int) -> None:
        self.attempt(service.remove_participant, self.meeting_id, self.cast.others[who].user_id)

    @rule(status=st.sampled_from([*MeetingStatus][:4]), zone=ZONE)
    def step(self, status: MeetingStatus, zone: timezone) -> None:
        resumes_at = datetime(2026, 11, 24, 14, 30, tzinfo=zone)
        self.attempt(service.change_status, self.meeting_id, status, resumes_at)

    @rule(who=st.integers(0, 4), said=st.none() | SAID, reason=st.none() | TEXT)
    def call(self, who: int, said: AttendanceStatus | None, reason: str | None) -> None:
        user_id = self.cast.everybody[who].user_id
        if said is None:
            self.attempt(roll.take_back_attendance, self.meeting_id, user_id)
        else:
            self.attempt(roll.set_attendance, self.meeting_id, user_id, said, reason)

    @rule(said=st.none() | SAID, some=st.sets(st.integers(0, 4)))
    def call_several(self, said: AttendanceStatus | None, some: set[int]) -> None:
        ids = [self.cast.everybody[who].user_id for who in sorted(some)]
        self.attempt(roll.call_roll, self.meeting_id, ids, said)

    @rule(who=WHO)
    def confirm_own(self, who: int) -> None:
        actor = self.cast.others[who]
        with suppress(Refusal):
            roll.set_attendance(actor, self.meeting_id, actor.user_id, AttendanceStatus.PRESENT)
        self.after_every_step()

    @rule(title=TEXT, zone=ZONE, hour=st.integers(0, 20), facts=FACTS, kind=KIND)
    def edit(
        self, title: str, zone: timezone, hour: int, facts: tuple[bool, bool], kind: str
    ) -> None:
        of_unit, member_writing = facts
        starts_at = datetime(2026, 11, 25, hour, tzinfo=zone)
        ends_at = starts_at + timedelta(minutes=90)
        changes = service.MeetingChanges(
            title=title,
            place=title,
            kind=kind,
            starts_at=starts_at,
            ends_at=ends_at,
            unit_id=self.cast.unit_id if of_unit else None,
            member_writing=member_writing,
        )
        self.attempt(service.change_meeting, self.meeting_id, changes)

    @rule(number=st.integers(1, 2), of_unit=st.booleans())
    def change_rules(self, number: int, of_unit: bool) -> None:
        """Add a pack for the other kind of meeting, or withdraw it where it is in use."""
        quorum = f"denominator = {number + 2}"
        text = own_pack(f"own{number}", kind=OTHER).replace("denominator = 2", quorum, 1)
        new = NewPack(text, self.cast.unit_id if of_unit else None)
        try:
            add_pack(self.cast.admin, new)
        except RulePackNotValid:
            packs = list_packs(self.cast.admin).items
            for one in packs:
                if one.own and one.pack_id == f"own{number}" and one.unit_id == new.unit_id:
                    withdraw_pack(self.cast.admin, one.id or "")
        self.after_every_step()

    @rule(who=WHO)
    def transfer_presentation(self, who: int) -> None:
        self.attempt(put_presenter, self.meeting_id, self.cast.others[who].user_id)

    @rule(name=TEXT, position=TEXT)
    def invite_guest(self, name: str, position: str) -> None:
        self.attempt(guests.add_guest, self.meeting_id, name, position, "")

    @rule(which=WHICH, organisation=TEXT)
    def change_guest(self, which: int, organisation: str) -> None:
        changes = guests.GuestChanges(organisation=organisation)
        self.attempt(guests.change_guest, self.meeting_id, self.guest(which), changes)

    @rule(which=WHICH, said=st.none() | SAID)
    def call_guest(self, which: int, said: AttendanceStatus | None) -> None:
        self.attempt(guests.set_guest_attendance, self.meeting_id, self.guest(which), said)

    @rule(which=WHICH)
    def remove_guest(self, which: int) -> None:
        self.attempt(guests.remove_guest, self.meeting_id, self.guest(which))

    @rule(who=WHO, muted=st.booleans())
    def mute(self, who: int, muted: bool) -> None:
        self.attempt(mute_writer, self.meeting_id, self.cast.others[who].user_id, muted)

    @rule(which=WHICH, title=TEXT)
    def add_document(self, which: int, title: str) -> None:
        file = documents.StoredFile("ab" * 32, 1000, "a.pdf")
        self.attempt(documents.add_document, self.container(which), file, title, "document")

    @rule(which=WHICH)
    def add_version(self, which: int) -> None:
        file = documents.StoredFile("cd" * 32, 2000, "b.pdf")
        self.attempt(documents.add_version, self.document(which), file)

    @rule(which=WHICH, title=TEXT, open_to_guests=st.booleans())
    def change_document(self, which: int, title: str, open_to_guests: bool) -> None:
        changes = documents.DocumentChanges(title=title, open_to_guests=open_to_guests)
        self.attempt(documents.change_document, self.document(which), changes)

    @rule(which=st.integers(0, 2), wanted=st.booleans())
    def let_guests_read(self, which: int, wanted: bool) -> None:
        changes = documents.DocumentChanges(open_to_guests=wanted)
        self.attempt(documents.change_document, self.document(which), changes)

    @rule(which=WHICH)
    def publish(self, which: int) -> None:
        self.attempt(documents.publish_document, self.document(which))

    @rule(which=WHICH)
    def remove_document(self, which: int) -> None:
        self.attempt(documents.remove_document, self.document(which))

    @rule(which=WHICH, order=st.randoms(use_true_random=False))
    def reorder_documents(self, which: int, order: Any) -> None:
        container = self.container(which)
        ids = self.documents_in(container)
        order.shuffle(ids)
        self.attempt(documents.reorder_documents, container, ids)

    @rule(stage=st.sampled_from(["measured", "ready", "ready", "failed"]))
    def the_worker_goes_on(self, stage: str) -> None:
        waiting = select(DocumentVersion.id).where(
            DocumentVersion.status == VersionStatus.PROCESSING,
            DocumentVersion.document_id.in_(self.documents()),
        )
        with current_context().database.read() as session:
            version_id = session.scalars(waiting).first()
        if version_id is None:
            return
        if stage == "measured":
            pages = [PageFacts(595.0, 842.0, "i"), PageFacts(842.0, 595.0, "1")]
            store.measured(version_id, pages)
        elif stage == "ready":
            store.ready(version_id)
        else:
            store.failed(version_id, "pdf_broken")
        self.after_every_step()

    @rule(who=WHO, name=TEXT)
    def rename(self, who: int, name: str) -> None:
        changes = UserChanges(display_name=f"Ông {name}", position=name)
        with suppress(Refusal):
            change_user(SYSTEM, self.cast.others[who].user_id, changes)
        self.after_every_step()

    @rule(name=TEXT)
    def rename_unit(self, name: str) -> None:
        change_unit(SYSTEM, self.cast.unit_id, UnitChanges(name=f"HĐND {name}"))
        self.after_every_step()


class VoteMachine(RoomMachine):
    """The same room, in the middle of its votes: each of their events has happened once."""

    @initialize(zone=ZONE, template=st.just(None))
    def begin(self, zone: timezone, template: str | None) -> None:
        super().begin(zone, template)
        for who, role in enumerate((Role.CHAIR, Role.MEMBER, Role.MEMBER)):
            self.put(who, role, True, None)
        self.step(MeetingStatus.IN_SESSION, zone)
        self.call_several(AttendanceStatus.PRESENT, set(range(5)))
        for method in (PollMethod.HANDS, PollMethod.NAMED, PollMethod.NAMED, PollMethod.NAMED):
            self.prepare("Thông qua?", method, "ubnd_decision", None, 0, True)
        self.change_question(3, "Nhất trí?", PollMethod.NAMED, None)
        self.remove_question(3)
        drafts = self.polls("draft")
        self.attempt(reorder_polls, self.meeting_id, [*drafts[1:], drafts[0]])
        self.attempt(reorder_polls, self.meeting_id, drafts)
        for which in (0, 0):
            self.open_vote(which, 1, None)
        for which, choice in ((1, "for"), (0, "against"), (1, "against")):
            self.send(which, 2, choice)
        self.remind(1)
        self.tie_and_ruling()
        assert len(self.polls("open")) == 1

    def tie_and_ruling(self) -> None:
        """The vote by hands ends in a tie, is ruled, announced and cancelled."""
        self.send(0, 1, "for")
        self.record(0, 3, 0, "abstain")
        self.confirm(1)
        self.count_by_hand(0, 0, 0)
        self.close_vote(0, 0)
        self.rule_on_tie(0, "for")
        self.announce(0)
        self.cancel(0, "Việc gấp")
