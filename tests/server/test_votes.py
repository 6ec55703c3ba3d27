"""A vote from the question to the checked archive, through the API of a real server."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from tests.server.conftest import Room
from tests.server.real_server import Person


def here(room: Room, *people: Person) -> None:
    """These people say that they are present."""
    for person in people:
        answer = person.put(f"/meetings/{room.id}/attendance/{person.id}", status="present")
        assert answer.status_code == 200, answer.text


def question(room: Room, **more: Any) -> str:
    """A question, prepared; answers its id."""
    body = {"question": "Thông qua Nghị quyết về ngân sách năm 2027", **more}
    answer = room.secretary.post(f"/meetings/{room.id}/polls", **body)
    assert answer.status_code == 201, answer.text
    poll_id: str = answer.json()["id"]
    return poll_id


def test_a_vote_from_question_to_archive(room: Room, tmp_path: Path):
    here(room, room.member, room.other)
    poll = question(room, document_id=room.document, agenda_item_id=room.items[1])
    tablet = room.tablet(room.member)
    opened = room.chair.post(f"/polls/{poll}/open")
    assert opened.status_code == 200, opened.text
    assert opened.json()["opened"]["n"] == 2
    tablet.next("room.event", type="poll_opened")

    first = room.member.post(f"/polls/{poll}/ballots", choice="for")
    assert first.status_code == 201, first.text
    again = room.member.post(f"/polls/{poll}/ballots", choice="for")
    assert (again.status_code, again.json()["receipt"]) == (200, first.json()["receipt"])
    other = room.member.post(f"/polls/{poll}/ballots", choice="against")
    assert (other.status_code, other.json()["code"]) == (409, "already_voted")
    assert room.guest.post(f"/polls/{poll}/ballots", choice="for").json()["code"] == "not_a_voter"
    assert room.member.get(f"/polls/{poll}/result").json()["code"] == "poll_open"
    assert room.other.post(f"/polls/{poll}/ballots", choice="against").status_code == 201

    closed = room.chair.post(f"/polls/{poll}/close")
    assert closed.status_code == 200, closed.text
    result = closed.json()
    assert (result["n"], result["voted"], result["counts"]) == (
        2,
        2,
        {"for": 1, "against": 1, "abstain": 0},
    )
    assert result["verdict"] == "not_adopted"
    assert room.chair.post(f"/polls/{poll}/announce").status_code == 200
    checked = verify(room, tmp_path)
    assert checked.returncode == 0, checked.stdout


def verify(room: Room, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Fetch the archive, unpack it and let the verifier that lies in it check it."""
    answer = room.member.get(f"/meetings/{room.id}/vote-archive.zip")
    assert answer.status_code == 200, answer.text
    archive = folder / "vote-archive.zip"
    archive.write_bytes(answer.content)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        packed.extractall(folder)
    return subprocess.run(
        [sys.executable, "-m", "verifier", str(archive)],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
