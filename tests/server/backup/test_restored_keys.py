"""The keys for a copy: in a file apart from it, of another installation, amid a rotation."""

import shutil
from pathlib import Path

import pytest

from backup.key_export import encrypted_keys, keys_for
from backup.manifest import CopyUnusable
from tests.factories import Made, prepared
from tests.server.backup.copy_steps import PASSPHRASE, app, back_up, restored
from tests.server.conftest import PEOPLE
from tests.server.real_server import RealServer
from tests.server.stopped_database import key_of
from tests.server.voting.vote_steps import (
    Council,
    closed,
    done,
    make_council,
    opened,
    verify,
    vote,
)

pytestmark = pytest.mark.slow
DEPUTIES = ("daibieu1", "daibieu2")


class Sat:
    """An installation whose council has voted once; a copy with its keys, and one without."""

    def __init__(self, folder: Path) -> None:
        server = RealServer(prepared(folder / "data", *PEOPLE), folder / "server.log")
        server.start("web")
        try:
            self.council = self.seated(server)
            hold_a_vote(self.council)
            self.vkey = key_of(server).vkey
            self.passwords = dict(server.made.people)
            self.copy = back_up(server, folder / "stick")
        finally:
            server.stop()
        self.data = server.made.data
        self.keys = export_of(self.data, folder / "apart.enc")

    def copied(self, folder: Path) -> RealServer:
        """Another server with the same data, not started yet."""
        shutil.copytree(self.data, folder / "first")
        shutil.copytree(self.data.with_name("data-witness"), folder / "first-witness")
        made = Made(folder / "first", dict(self.passwords))
        return RealServer(made, folder / "first.log")

    def seated(self, server: RealServer, meeting_id: str | None = None) -> Council:
        """A new meeting on a running server, or one that it has."""
        people = {name: server.sign_in(name) for name in ("thuky", "chutoa", *DEPUTIES)}
        clerk, chair, *deputies = people.values()
        if meeting_id is None:
            return make_council(clerk, chair, deputies)
        return Council(server, meeting_id, clerk, chair, deputies)


@pytest.fixture(scope="module")
def sat(tmp_path_factory: pytest.TempPathFactory) -> Sat:
    return Sat(tmp_path_factory.mktemp("sat"))


def hold_a_vote(council: Council) -> None:
    """One vote, from question to announcement."""
    poll = opened(council)
    vote(poll, {"for": council.deputies})
    closed(council, poll)
    done(council.chair.post(f"/polls/{poll}/announce"))


def key_file(data: Path) -> Path:
    """The key in force of a data folder."""
    return data / "keys" / "vote-log.key"


def next_file(data: Path) -> Path:
    """The key that a rotation puts in force."""
    return data / "keys" / "vote-log.key.next"


def export_of(data: Path, target: Path) -> Path:
    """The keys of a data folder, encrypted."""
    target.write_bytes(encrypted_keys(data, PASSPHRASE))
    return target


def write_key(file: Path, name: str, private: str) -> None:
    """A key file of this name and private key (hex)."""
    file.write_text(f"{name} {private}\n")
    file.chmod(0o600)


def interrupt_rotation(data: Path) -> str:
    """As if the machine had died before the new key took the old one's place; answers the new."""
    key, old = key_file(data), key_file(data).read_bytes()
    assert app("rotate-vote-key", "--data", data).returncode == 0
    new = key.read_text()
    key.rename(next_file(data))
    key.write_bytes(old)
    key.chmod(0o600)
    return new


def test_a_copy_without_keys_takes_them_from_a_file_apart(sat: Sat, tmp_path: Path):
    words = ("restore", "--from", sat.copy, "--data", tmp_path / "data", "--keys", sat.keys)
    made = app(*words, passphrase=PASSPHRASE)
    assert made.returncode == 0, made.stderr
    assert "1 vote logs go on" in made.stdout
    assert "lost" not in made.stdout
    key = key_file(tmp_path / "data")
    assert key.read_text() == key_file(sat.data).read_text()
    assert key.stat().st_mode & 0o777 == 0o600


def test_a_data_folder_whose_keys_are_kept_apart(sat: Sat, tmp_path: Path):
    source = sat.copied(tmp_path).made.data
    write_key(key_file(source), "dienhong-else", "0" * 64)
    next_file(source).write_text("not for the new folder")
    server = restored(source, tmp_path / "data", "--keys", sat.keys, passphrase=PASSPHRASE)
    assert key_of(server).vkey == sat.vkey
    assert not next_file(server.made.data).exists()


def test_other_keys_are_refused_and_nothing_is_written(sat: Sat, tmp_path: Path):
    stranger = prepared(tmp_path / "stranger", "thuky").data
    of_another = export_of(stranger, tmp_path / "of-another.enc")
    words = ("restore", "--from", sat.copy, "--keys", of_another, "--data", tmp_path / "data")
    made = app(*words, passphrase=PASSPHRASE)
    assert made.returncode == 2
    assert "another installation" in made.stderr
    # Which every command makes.
    assert [one.name for one in (tmp_path / "data").iterdir()] == ["secret.key"]
    # An installation that has no log yet is compared by its own key.
    with pytest.raises(CopyUnusable, match="another installation"):
        keys_for(stranger, sat.keys, PASSPHRASE)
    assert keys_for(stranger, of_another, PASSPHRASE) is not None
    # From after a rotation that the copy does not have.
    private = key_file(stranger).read_text().split()[1]
    write_key(key_file(stranger), sat.vkey.partition("+")[0], private)
    with pytest.raises(CopyUnusable, match="rotation"):
        keys_for(sat.copy, export_of(stranger, tmp_path / "later.enc"), PASSPHRASE)


def test_a_file_that_is_no_export_is_refused(sat: Sat, tmp_path: Path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Kính gửi")
    with pytest.raises(CopyUnusable, match=r"letter\.txt is no export of keys"):
        keys_for(sat.copy, letter, PASSPHRASE)
    with pytest.raises(CopyUnusable, match=r"missing\.enc"):
        keys_for(sat.copy, tmp_path / "missing.enc", PASSPHRASE)
    for passphrase in ("another one, too", None):
        with pytest.raises(CopyUnusable, match="passphrase"):
            keys_for(sat.copy, sat.keys, passphrase)


def test_a_copy_from_the_midst_of_a_rotation_goes_on_under_the_new_key(sat: Sat, tmp_path: Path):
    first = sat.copied(tmp_path)
    new = interrupt_rotation(first.made.data)
    first.start("web")
    try:
        hold_a_vote(sat.seated(first, sat.council.id))
        # Until the rotation is finished, new logs begin under the old key.
        other = sat.seated(first)
        hold_a_vote(other)
        copy = back_up(first, tmp_path / "stick", PASSPHRASE)
    finally:
        first.stop()
    again = restored(copy, tmp_path / "again", passphrase=PASSPHRASE)
    assert key_file(again.made.data).read_text() == new
    assert not next_file(again.made.data).exists()
    again.made.people.update(sat.passwords)
    again.start("web")
    try:
        for number, meeting_id in enumerate((sat.council.id, other.id)):
            council = sat.seated(again, meeting_id)
            hold_a_vote(council)
            head = done(council.chair.get(f"/meetings/{meeting_id}/vote-log/checkpoint"))
            assert head["vkey"] == key_of(again).vkey
            folder = tmp_path / str(number)
            folder.mkdir()
            checked = verify(council, folder, "--key", sat.vkey)
            assert checked.returncode == 0, checked.stdout
    finally:
        again.stop()


def test_a_rotation_that_is_in_no_log_stays_undone(sat: Sat, tmp_path: Path):
    source = sat.copied(tmp_path).made.data
    stranger = prepared(tmp_path / "stranger", "thuky").data
    private = key_file(stranger).read_text().split()[1]
    write_key(next_file(source), sat.vkey.partition("+")[0], private)
    again = restored(source, tmp_path / "again")
    assert key_of(again).vkey == sat.vkey
    assert next_file(again.made.data).read_text() == next_file(source).read_text()
