"""A running installation is copied, and goes on from the copy as a history of its own."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import prepared, small_pdf
from tests.server.backup.copy_steps import PASSPHRASE, app, back_up, restored
from tests.server.conftest import PEOPLE, add_paper
from tests.server.real_server import Person, RealServer
from tests.server.stopped_database import key_of
from tests.server.voting.vote_steps import (
    Council,
    archive_of,
    closed,
    code,
    done,
    make_council,
    opened,
    send,
    verify,
    vote,
)

pytestmark = pytest.mark.slow


class Held:
    """A server with a council: one vote announced, one open with a ballot; then a copy."""

    def __init__(self, folder: Path) -> None:
        self.server = RealServer(prepared(folder / "data", *PEOPLE), folder / "server.log")
        self.server.start("web", "worker")
        self.people = {name: self.server.sign_in(name) for name in (*PEOPLE, "quantri")}
        deputies = [self.people[name] for name in ("daibieu1", "daibieu2", "khachmoi")]
        self.council = make_council(self.people["thuky"], self.people["chutoa"], deputies)
        agenda = f"/meetings/{self.council.id}/agenda-items"
        item = done(self.people["thuky"].post(agenda, title="Ngân sách", minutes=10), 201)["id"]
        self.paper = add_paper(self.people["thuky"], item, small_pdf(2), "a.pdf")
        self.first = opened(self.council)
        vote(self.first, {"for": deputies})
        closed(self.council, self.first)
        done(self.people["chutoa"].post(f"/polls/{self.first}/announce"))
        self.open = opened(self.council)
        (self.ballot,) = vote(self.open, {"for": deputies[:1]})
        self.head = done(
            self.people["chutoa"].get(f"/meetings/{self.council.id}/vote-log/checkpoint")
        )
        self.copies = folder / "stick"
        self.copy = back_up(self.server, self.copies, PASSPHRASE)
        # After the copy: the restored server will not know of it.
        self.lost = done(send(deputies[1], self.open, "against"), 201)

    def again(self, server: RealServer) -> Council:
        """The same council on a restored server, everybody signed in anew."""
        server.made.people.update(self.server.made.people)
        server.start("web")
        people = {name: server.sign_in(name) for name in self.people}
        deputies = [people[name] for name in ("daibieu1", "daibieu2", "khachmoi")]
        return Council(server, self.council.id, people["thuky"], people["chutoa"], deputies)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    made = Held(tmp_path_factory.mktemp("held"))
    yield made
    made.server.stop()


def test_a_restored_server_goes_on_in_new_logs_that_the_old_key_signed(held: Held, tmp_path):
    server = restored(held.copy, tmp_path / "data", passphrase=PASSPHRASE)
    council = held.again(server)
    try:
        everything_of_the_copy_is_there(held, server, council)
        head = done(council.chair.get(f"/meetings/{council.id}/vote-log/checkpoint"))
        assert head["log_id"] != held.head["log_id"]
        assert head["vkey"] == held.head["vkey"] == key_of(server).vkey
        (earlier,) = head["earlier"]
        assert earlier["log_id"] == held.head["log_id"]
        assert earlier["size"] == held.ballot["receipt"]["log_index"] + 1
        poll_id = opened(council)
        vote(poll_id, {"for": council.deputies})
        closed(council, poll_id)
        done(council.chair.post(f"/polls/{poll_id}/announce"))
        checked = verify(council, tmp_path, "--key", held.head["vkey"])
        assert checked.returncode == 0, checked.stdout + checked.stderr
        kept = tmp_path / "kept.txt"
        kept.write_text(held.lost["receipt"]["note"])
        checked = verify(council, tmp_path, "--kept", str(kept))
        assert checked.returncode == 4, checked.stdout
        before = done(council.chair.get(f"/meetings/{council.id}/snapshot"))["epoch"]
        assert (
            before != done(held.people["chutoa"].get(f"/meetings/{council.id}/snapshot"))["epoch"]
        )
        # It starts again: what it knows of other histories is none of its own.
        server.stop()
        server.start("web")
        council.chair.sign_in()
        opened(council)
    finally:
        server.stop()


def everything_of_the_copy_is_there(held: Held, server: RealServer, council: Council) -> None:
    """But nobody is signed in, and the open poll is cancelled."""
    old_cookie = Person(server, "thuky")
    old_cookie.http.cookies.update(held.people["thuky"].http.cookies)
    assert code(old_cookie.get("/meetings")) == (401, "not_signed_in")
    poll = done(council.chair.get(f"/polls/{held.open}"))
    assert poll["status"] == "cancelled"
    assert "Khôi phục" in poll["ending"]["cancel_reason"]
    page = council.chair.http.get(f"{server.url}/meetings/{council.id}/polls/{held.open}")
    assert page.status_code == 200
    paper = council.chair.http.get(f"{server.url}/api/v1/documents/{held.paper}/versions/1/file")
    assert paper.content == small_pdf(2)


def test_without_the_key_nothing_links_the_new_logs(held: Held, tmp_path):
    refused = app("restore", "--from", held.copy, "--data", tmp_path / "data")
    assert refused.returncode == 2
    assert "--without-key" in refused.stderr
    shutil.rmtree(tmp_path / "data")
    server = restored(held.copy, tmp_path / "data", "--without-key")
    council = held.again(server)
    try:
        checked = verify(council, tmp_path)
        assert checked.returncode == 4, checked.stdout
        archive_of(council.chair, council.id)
    finally:
        server.stop()


def test_a_data_folder_is_a_copy_too(held: Held, tmp_path):
    """The old folder, with its keys, and all that tablets have seen of it."""
    kept = tmp_path / "kept.txt"
    kept.write_text(held.lost["receipt"]["note"])
    server = restored(held.server.made.data, tmp_path / "data")
    council = held.again(server)
    try:
        checked = verify(council, tmp_path, "--kept", str(kept))
        assert checked.returncode == 0, checked.stdout
    finally:
        server.stop()


def test_only_new_documents_are_copied_and_damage_is_found(held: Held, tmp_path):
    documents = sorted(held.copies.joinpath("files").glob("*/*"))
    stamps = [one.stat().st_mtime_ns for one in documents]
    time.sleep(1.1)  # A copy is named after its second.
    second = back_up(held.server, held.copies)
    assert sorted(held.copies.joinpath("files").glob("*/*")) == documents
    assert [one.stat().st_mtime_ns for one in documents] == stamps
    assert not second.joinpath("keys.enc").exists()
    rotten = documents[0]
    content = rotten.read_bytes()
    rotten.write_bytes(bytes(len(content)))
    time.sleep(1.1)
    shutil.rmtree(back_up(held.server, held.copies))
    assert rotten.read_bytes() == content
    shutil.copytree(held.copies, tmp_path / "stick")
    for damaged in (
        tmp_path / "stick" / second.name / "dienhong.sqlite3",
        *(tmp_path / "stick" / "files").glob("*/*"),
    ):
        whole = damaged.read_bytes()
        damaged.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        refused = app(
            "restore", "--from", tmp_path / "stick" / second.name, "--data", tmp_path / "data"
        )
        assert refused.returncode == 2
        assert damaged.name in refused.stderr
        damaged.write_bytes(whole)
        shutil.rmtree(tmp_path / "data")
    shutil.rmtree(second)


def test_a_wrong_passphrase_and_a_folder_in_use_are_refused(held: Held, tmp_path):
    words = ("restore", "--from", held.copy, "--data", tmp_path / "data")
    assert "passphrase" in app(*words, passphrase="another one, too").stderr
    assert [one.name for one in (tmp_path / "data").iterdir()] == ["secret.key"]
    assert "--without-key" in app(*words).stderr
    # Database and documents are there already: a server would go on with the history of another.
    for role in ("prepare", "web", "worker"):
        interrupted = app(role, "--data", tmp_path / "data")
        assert (interrupted.returncode, interrupted.stdout) == (2, "")
        assert "interrupted" in interrupted.stderr
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letter.txt").touch()
    refused = app(*words, passphrase=PASSPHRASE)
    assert refused.returncode == 2
    assert "not empty" in refused.stderr
    assert [one.name for one in (tmp_path / "data").iterdir() if one.suffix == ".incomplete"] == []
    assert "neither" in app("restore", "--from", tmp_path, "--data", tmp_path / "new").stderr


def test_no_write_waits_while_a_copy_is_made(held: Held, tmp_path):
    longest, stopping = [0.0], threading.Event()

    def write() -> None:
        while not stopping.is_set():
            began = time.monotonic()
            seat = f"/meetings/{held.council.id}/participants/{held.people['nguoila'].id}"
            done(held.people["thuky"].put(seat, role="guest"))
            longest[0] = max(longest[0], time.monotonic() - began)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        back_up(held.server, tmp_path / "stick")
    finally:
        stopping.set()
        writer.join()
    assert 0 < longest[0] < 1.0
