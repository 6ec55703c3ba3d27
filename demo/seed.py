"""Seeds the demo: people, today's meeting with its documents, opened as by its secretary.

A repeated run on the same day continues with the existing data; on a later day it adds a meeting.
All changes use the service functions of the product.
"""

import csv
import hashlib
import os
import shutil
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from secrets import choice
from zoneinfo import ZoneInfo

from sqlalchemy import select

from accounts.passwords.hashing import hashed_at_once
from accounts.passwords.password_rules import SIGNS
from accounts.people.service import SYSTEM, NewUser, add_user
from accounts.people.unit_service import NewUnit, add_unit
from accounts.shared.models import Unit, User
from core import clock
from core.actor import Actor
from core.app_context import AppContext
from core.permissions import Role
from core.typesetting.fonts import tinos_folder
from demo import marks
from demo.agenda import items
from demo.papers import typeset
from demo.papers.catalogue import Paper
from demo.people import ABSENT_KEY, FRAMES, LATE_KEY, PEOPLE, PHONE_KEY, Person
from demo.questions import prepare
from demo.setting import COUNCIL, HALL, MEETING_TITLE, hours_around
from documents.service import DocumentChanges, StoredFile, add_document, change_document
from documents.worker.process import finish_documents
from meetings.agenda.containers import item_container
from meetings.agenda.service import add_agenda_item, move_to_item
from meetings.attendance.service import call_roll, set_attendance
from meetings.meeting.service import NewMeeting, change_status, create_meeting, put_participant
from meetings.presentation.lease import open_paper, put_presenter
from meetings.shared.attendance_status import AttendanceStatus
from meetings.shared.containers import meeting_container
from meetings.shared.models import Meeting, MeetingStatus

ADMIN = "quantri"
ACCOUNTS_FILE = "demo-accounts.csv"


def seed(context: AppContext) -> str:
    """Create the missing data. Returns the id of today's meeting."""
    now = clock.now().astimezone(ZoneInfo(context.config.timezone))
    people = _people(context)
    found = meeting_today(context, now)
    if found is not None:
        return found
    return _open_meeting(context, now, people)


def _people(context: AppContext) -> dict[str, str]:
    """All user ids by key. The first run creates the accounts with random passwords."""
    with context.database.read() as session:
        known = dict(session.execute(select(User.username, User.id)).all())
        unit_id = session.scalar(select(Unit.id))
    if known:
        return known
    if unit_id is None:
        unit_id = add_unit(SYSTEM, NewUnit(name=COUNCIL)).id
    admin = NewUser(ADMIN, "Quản trị hệ thống", unit_id, "", is_admin=True)
    accounts = [
        admin,
        *(
            NewUser(
                one.key,
                one.name,
                unit_id,
                _position(one),
                may_create_meetings=one.role == "secretary",
            )
            for one in PEOPLE
        ),
    ]
    secrets = {account.username: "-".join(_syllables()) for account in accounts}
    hashes = hashed_at_once(list(secrets.values()))
    created = {
        account.username: add_user(SYSTEM, account, password_hash=hashed, generated=True).id
        for account, hashed in zip(accounts, hashes, strict=True)
    }
    _write_accounts(context.config.data / ACCOUNTS_FILE, secrets)
    return created


def _syllables() -> list[str]:
    """A random password that is easy to type from print: 16 signs in four groups, 78 bits."""
    return ["".join(choice(SIGNS) for _ in range(4)) for _ in range(4)]


def _position(someone: Person) -> str:
    return f"{someone.position} (mô phỏng)" if someone.simulated else someone.position


def _write_accounts(path: Path, secrets: dict[str, str]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["username", "password", "role", "display_name"])
        rows.writerow([ADMIN, secrets[ADMIN], "admin", "Quản trị hệ thống"])
        for someone in PEOPLE:
            rows.writerow([someone.key, secrets[someone.key], someone.role, someone.name])


def meeting_today(context: AppContext, now: datetime) -> str | None:
    """The id of today's demo meeting if it exists and has not ended, else None."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with context.database.read() as session:
        return session.scalar(
            select(Meeting.id)
            .where(
                Meeting.title == MEETING_TITLE,
                Meeting.starts_at >= midnight,
                Meeting.starts_at < midnight + timedelta(days=1),
                Meeting.status.in_((MeetingStatus.IN_SESSION, MeetingStatus.PAUSED)),
            )
            .order_by(Meeting.created_at.desc())
        )


def _open_meeting(context: AppContext, now: datetime, people: dict[str, str]) -> str:
    secretary = _actor(people, _first("secretary"))
    starts, ends = hours_around(now)
    meeting = create_meeting(
        secretary,
        NewMeeting(
            title=MEETING_TITLE,
            starts_at=starts,
            ends_at=ends,
            kind="hdnd_session",
            place=HALL,
            unit_id=_unit_of(context),
            member_writing=True,
        ),
    )
    for someone in PEOPLE:
        put_participant(
            secretary,
            meeting.id,
            people[someone.key],
            Role(someone.role),
            someone.entitled_to_vote,
            someone.seat,
        )
    item_ids = [
        add_agenda_item(secretary, meeting.id, item.title, item.minutes, item.rapporteur).id
        for item in items(now.date())
    ]
    with tempfile.TemporaryDirectory(dir=context.storage.incoming) as folder:
        document_ids = {
            paper.key: _add_paper(context, secretary, meeting.id, item_ids, paper)
            for paper in typeset(Path(folder), tinos_folder(), now.date(), starts.time())
        }
    finish_documents(context)
    _begin(context, secretary, meeting.id, people, item_ids, document_ids, now.date())
    return meeting.id


def _begin(
    context: AppContext,
    secretary: Actor,
    meeting_id: str,
    people: dict[str, str],
    item_ids: list[str],
    document_ids: dict[str, str],
    on: date,
) -> None:
    """Open the meeting at its second item. document_ids: by document key."""
    change_status(secretary, meeting_id, MeetingStatus.IN_SESSION)
    prepare(secretary, meeting_id, item_ids, document_ids, on)
    _call_the_roll(secretary, meeting_id, people)
    move_to_item(secretary, meeting_id, item_ids[1])
    marks.write(context, people, document_ids)
    chair = _actor(people, _first("chair"))
    put_presenter(secretary, meeting_id, chair.user_id)
    open_paper(chair, meeting_id, document_ids["bao_cao"], version=1, page=1)


def _call_the_roll(secretary: Actor, meeting_id: str, people: dict[str, str]) -> None:
    """Record attendance, except for two members whom visitors confirm in a frame and by phone."""
    late, absent = people[LATE_KEY], people[ABSENT_KEY]
    set_attendance(secretary, meeting_id, late, AttendanceStatus.LATE)
    set_attendance(secretary, meeting_id, absent, AttendanceStatus.EXCUSED, "Ốm")
    played = {PHONE_KEY, FRAMES["member-2"].key}
    present = [people[someone.key] for someone in PEOPLE if someone.key not in played]
    call_roll(secretary, meeting_id, present, AttendanceStatus.PRESENT)


def _add_paper(
    context: AppContext, secretary: Actor, meeting_id: str, item_ids: list[str], paper: Paper
) -> str:
    """Add one typeset document to its container, like an upload. Returns the document id."""
    content = paper.path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    context.storage.adopt(Path(shutil.move(paper.path, context.storage.incoming / sha256)), sha256)
    container = (
        meeting_container(meeting_id)
        if paper.item is None
        else item_container(item_ids[paper.item])
    )
    stored = StoredFile(sha256, len(content), paper.file_name)
    accepted = add_document(secretary, container, stored, paper.title, paper.kind)
    if paper.open_to_guests:
        change_document(secretary, accepted.id, DocumentChanges(open_to_guests=True))
    return accepted.id


def _first(role: str) -> Person:
    return next(someone for someone in PEOPLE if someone.role == role)


def _actor(people: dict[str, str], someone: Person) -> Actor:
    return Actor(
        people[someone.key],
        someone.name,
        is_admin=False,
        sign_in_id="",
        may_create_meetings=someone.role == "secretary",
    )


def _unit_of(context: AppContext) -> str | None:
    with context.database.read() as session:
        return session.scalar(select(Unit.id))
