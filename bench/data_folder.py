"""python -m bench.data_folder DATA FACTS PAGES SIZE…: prepares a data folder with full meetings.

The facts about it are written to the file FACTS as JSON.

A process of its own, so that the load stays unassembled. People get their sign-ins straight from
the accounts' own verb, without a password: hashing is measured elsewhere. One meeting for each
size, in session, with the same report of PAGES pages; its first person is its secretary and
presents. Everybody is present and entitled to vote.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from flask import Flask

import app
from accounts.passwords.hashing import hashed_at_once
from accounts.people.service import NewUser, new_account
from accounts.shared.models import User
from accounts.sign_in.service import add_sign_in
from accounts.sign_in.sessions import cookie_name, cookie_value
from bench.papers import REPORT_PAGES, paper, report
from bench.product import PASSWORD, Hall, Room
from core import clock
from core.actor import Actor
from core.app_context import AppContext
from core.config import Config, read_config
from core.permissions import Role
from core.transactions.transaction import transaction
from documents.service import StoredFile, add_document
from documents.worker.process import finish_documents
from meetings.agenda.containers import item_container
from meetings.agenda.service import add_agenda_item
from meetings.meeting.service import NewMeeting, change_status, create_meeting
from meetings.shared.attendance_status import AttendanceStatus
from meetings.shared.models import MeetingStatus, Participant


def main(data: str, facts: str, pages: str, *sizes: str) -> None:
    """Prepare everything and write what is there."""
    config = read_config(Path(data))
    app.prepare(config)
    context = app.assemble(config)
    counts = [int(size) for size in sizes]
    people, cookies = _people(config, max(counts))
    content = _report(context, int(pages))
    rooms = {
        str(count): _room(context, people[:count], cookies[:count], content, int(pages))
        for count in counts
    }
    finish_documents(context)
    for room in rooms.values():
        change_status(people[0], room.id, MeetingStatus.IN_SESSION)
    context.database.close()
    usernames = [f"daibieu{number}" for number in range(len(people))]
    Path(facts).write_text(json.dumps(asdict(Hall(rooms, usernames))))


def _people(config: Config, count: int) -> tuple[list[Actor], list[str]]:
    """Everybody, signed in on one device each, with its cookie; one password for all."""
    signer = Flask("hall")
    signer.secret_key = config.secret_key
    (hashed,) = hashed_at_once([PASSWORD])
    people: list[Actor] = []
    cookies: list[str] = []
    with transaction() as tx:
        for number in range(count):
            username = f"daibieu{number}"
            new = NewUser(username, f"Đại biểu {number}", may_create_meetings=number == 0)
            user: User = new_account(tx, new, None, hashed)
            opened = add_sign_in(tx, user, "bench")
            people.append(opened.actor)
            name = cookie_name(config)
            cookies.append(f"{name}={cookie_value(signer, opened.token)}")
    return people, cookies


def _report(context: AppContext, pages: int) -> StoredFile:
    """Lay the report's bytes into the storage, as an upload does."""
    with tempfile.TemporaryDirectory(dir=context.storage.incoming) as folder:
        made = report(Path(folder)) if pages == REPORT_PAGES else paper(Path(folder), pages)
        content = made.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        context.storage.adopt(Path(shutil.move(made, context.storage.incoming / sha256)), sha256)
    return StoredFile(sha256, len(content), made.name)


def _room(
    context: AppContext, people: list[Actor], cookies: list[str], content: StoredFile, pages: int
) -> Room:
    """A meeting of these people with the report."""
    secretary = people[0]
    starts = clock.now()
    ends = starts + timedelta(hours=4)
    new = NewMeeting(title=f"{len(people)}", starts_at=starts, ends_at=ends, member_writing=True)
    meeting = create_meeting(secretary, new)
    with transaction() as tx:
        tx.session.add_all(
            Participant(
                meeting_id=meeting.id,
                user_id=person.user_id,
                role=Role.MEMBER,
                entitled_to_vote=True,
                attendance=AttendanceStatus.PRESENT,
                seat=None,
                position=position,
            )
            for position, person in enumerate(people[1:], start=2)
        )
        own = tx.session.get_one(Participant, (meeting.id, secretary.user_id))
        own.entitled_to_vote, own.attendance = True, AttendanceStatus.PRESENT
    item = add_agenda_item(secretary, meeting.id, "Báo cáo", 30, None)
    container = item_container(item.id)
    document_id = add_document(secretary, container, content, "Báo cáo", "report").id
    return Room(meeting.id, item.id, document_id, pages, cookies)


if __name__ == "__main__":
    main(*sys.argv[1:])
