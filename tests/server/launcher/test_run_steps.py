"""The steps of ./run's set-up: what they show, what they leave, what they refuse."""

import gettext
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from launcher import stamps
from launcher.compile_translations import compile_all
from launcher.logs import LogFile
from launcher.messages import Trouble
from launcher.places import DATABASE, default_data, ready_data
from launcher.steps import StepFailed, must, run_step

NOBODY = 65534
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "room.greeting"
msgstr "Kính chào {name}"
"""


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder that the present user may not write; root becomes nobody for the time."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        was = os.geteuid()
        if was == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(was)


def test_a_read_only_program_folder_puts_the_data_in_the_persons_own(read_only_folder, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/home/lan/.local/share")
    wanted = Path("/home/lan/.local/share/dienhong/demo-data")
    assert default_data("demo-data", read_only_folder) == wanted


def test_a_writable_program_folder_holds_the_data(tmp_path):
    assert default_data("demo-data", tmp_path) == tmp_path / "demo-data"


def test_data_in_a_read_only_folder_is_refused(read_only_folder):
    with pytest.raises(Trouble, match="--data"):
        ready_data(read_only_folder / "data")


def test_the_data_folder_is_private(tmp_path):
    folder = ready_data(tmp_path / "data")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_ours_that_others_may_read_is_closed(tmp_path, capsys):
    for name in ("data", "other"):
        (tmp_path / name).mkdir(mode=0o755)
    (tmp_path / "other" / "letter.txt").touch()
    assert ready_data(tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert str(tmp_path / "data") in capsys.readouterr().out
    (tmp_path / "data").chmod(0o750)
    (tmp_path / "data" / DATABASE).touch()
    assert ready_data(tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert ready_data(tmp_path / "other").stat().st_mode & 0o777 == 0o755


def test_a_long_step_says_that_it_goes_on(capsys):
    source = "import time; print('half done', flush=True); time.sleep(0.6)"
    done = run_step([sys.executable, "-c", source], "Đang làm", "working", heartbeat_seconds=0.2)
    assert done.code == 0
    first, *beats = capsys.readouterr().out.splitlines()
    assert first == "Đang làm… / working…"
    assert beats
    assert "half done" in beats[-1]


def test_a_failed_step_shows_its_last_lines(capsys):
    done = run_step([sys.executable, "-c", "import sys; sys.exit('no such wheel')"], "a", "b")
    with pytest.raises(StepFailed, match="hãy thử lại"):
        must(done, "hãy thử lại", "try again")
    assert "no such wheel" in capsys.readouterr().out


def test_a_full_log_begins_again_and_keeps_the_old_one(tmp_path):
    log = LogFile(tmp_path / "logs" / "web.log", limit_bytes=10)
    for line in ("0123456789\n", "second\n", "third\n"):
        log(line)
    log.close()
    assert (tmp_path / "logs" / "web.log").read_text() == "second\nthird\n"
    assert (tmp_path / "logs" / "web.log.old").read_text() == "0123456789\n"


def test_catalogues_compile_to_what_gettext_reads(tmp_path):
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "room.po").write_text(CATALOGUE)
    assert compile_all(tmp_path) == [folder / "room.mo"]
    words = gettext.translation("room", tmp_path, ["vi"])
    assert words.gettext("room.greeting") == "Kính chào {name}"


def test_a_digest_follows_names_and_contents(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    one = tmp_path / "one"
    one.write_text("a")
    before = stamps.digest([one])
    one.write_text("b")
    changed = stamps.digest([one])
    renamed = stamps.digest([one.rename(tmp_path / "two")])
    assert len({before, changed, renamed}) == 3
