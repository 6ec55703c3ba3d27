"""Steps of a vote through the API, and the check of its archive, for every test of votes."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import requests

from tests.factories import today_at
from tests.server.real_server import Person, RealServer, Tablet

QUESTION = "Thông qua Nghị quyết về ngân sách năm 2027"


class Sitting(Protocol):
    """A meeting in session and who runs it: a Room, or a Hall."""

    id: str
    secretary: Person
    chair: Person


@dataclass
class Council:
    """A meeting in session with many deputies, all entitled to vote."""

    server: RealServer
    id: str
    secretary: Person
    chair: Person
    deputies: list[Person]
    open: list[Tablet] = field(default_factory=list)

    def tablet(self, person: Person, **have: Any) -> Tablet:
        """A tablet of this person in the room; the fixture closes it."""
        made = person.tablet(self.id, **have)
        self.open.append(made)
        return made


def make_council(
    secretary: Person,
    chair: Person,
    deputies: Sequence[Person],
    *,
    kind: str = "hdnd_session",
    present: int | None = None,
) -> Council:
    """A meeting of these deputies; the first `present` of them (None: all) are here."""
    answer = done(
        secretary.post(
            "/meetings",
            title="Kỳ họp thứ Ba",
            kind=kind,
            starts_at=today_at(1),
            chair_ids=[chair.id],
        ),
        201,
    )
    council = Council(secretary.server, answer["id"], secretary, chair, list(deputies))
    for one in deputies:
        done(secretary.put(f"/meetings/{council.id}/participants/{one.id}", role="member"))
    done(secretary.post(f"/meetings/{council.id}/status", status="in_session"))
    ids = [one.id for one in deputies[:present]]
    if ids:
        done(secretary.put(f"/meetings/{council.id}/attendance", user_ids=ids, status="present"))
    return council


def done(answer: requests.Response, status: int = 200) -> Any:
    """The JSON of an answer that must have this status."""
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def code(answer: requests.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["code"]


def here(sitting: Sitting, *people: Person, status: str = "present") -> None:
    """The secretary says of these people that they are present, or something else."""
    for person in people:
        path = f"/meetings/{sitting.id}/attendance/{person.id}"
        done(sitting.secretary.put(path, status=status))


def question(sitting: Sitting, **more: Any) -> str:
    """A question, prepared; answers its id."""
    body = {"question": QUESTION, **more}
    poll_id: str = done(sitting.secretary.post(f"/meetings/{sitting.id}/polls", **body), 201)["id"]
    return poll_id


def opened(sitting: Sitting, **more: Any) -> str:
    """A question that was put to the vote; answers its id."""
    poll = question(sitting, **more)
    done(sitting.chair.post(f"/polls/{poll}/open"))
    return poll


def send(person: Person, poll: str, choice: str, key: str | None = None) -> requests.Response:
    """Send a ballot, as a tablet does: with an idempotency key where one is given."""
    headers = {"Idempotency-Key": key} if key else {}
    return person.call("POST", f"/polls/{poll}/ballots", json={"choice": choice}, headers=headers)


def vote(poll: str, choices: dict[str, Sequence[Person]]) -> list[dict[str, Any]]:
    """Everybody sends a first ballot; answers them."""
    return [
        done(send(person, poll, choice), 201)
        for choice, people in choices.items()
        for person in people
    ]


def record(clerk: Person, poll: str, voter: Person, choice: str) -> str:
    """A ballot recorded for a member; answers its id."""
    body = {"user_id": voter.id, "choice": choice, "reason": "Máy tính bảng hỏng"}
    ballot_id: str = done(clerk.post(f"/polls/{poll}/ballots/for-member", **body), 201)["id"]
    return ballot_id


def closed(sitting: Sitting, poll: str) -> dict[str, Any]:
    """End a vote; answers its result."""
    result: dict[str, Any] = done(sitting.chair.post(f"/polls/{poll}/close"))
    return result


def log_of(reader: Person, meeting_id: str) -> list[dict[str, Any]]:
    """Every line of the vote log by the API: index, leaf_hash, entry (as text)."""
    lines: list[dict[str, Any]] = []
    start: int | None = 0
    while start is not None:
        page = done(reader.get(f"/meetings/{meeting_id}/vote-log", params={"from": start}))
        lines += page["entries"]
        start = page["next"]
    return lines


def archive_of(reader: Person, meeting_id: str) -> bytes:
    """The archive, as it is served."""
    answer = reader.get(f"/meetings/{meeting_id}/vote-archive.zip")
    assert answer.status_code == 200, answer.text
    return answer.content


def verify(
    sitting: Sitting, folder: Path, *words: str, reader: Person | None = None
) -> "subprocess.CompletedProcess[str]":
    """Fetch the archive, unpack it and let the verifier that lies in it check it."""
    content = archive_of(reader or sitting.secretary, sitting.id)
    archive = folder / "vote-archive.zip"
    archive.write_bytes(content)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(folder)
    return subprocess.run(
        [sys.executable, "-m", "verifier", str(archive), *words],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )


def verified(sitting: Sitting, folder: Path, *words: str) -> str:
    """What the verifier tells of an archive that it accepts."""
    checked = verify(sitting, folder, *words)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return checked.stdout
