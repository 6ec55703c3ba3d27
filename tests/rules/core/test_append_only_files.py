"""Append-only files: records, the last one, what a crash cut off, what could not be written."""

import pytest

from core.append_only_files import AppendOnlyFiles, Record


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def files(folder):
    return AppendOnlyFiles(folder, creates_folder=True)


def test_records_follow_each_other_and_the_last_one_is_known(files, folder):
    assert files.last("a.txt") is None
    files.append([Record("a.txt", "one\n"), Record("b.txt", "x\n"), Record("a.txt", "two\n")])
    files.append([Record("a.txt", "three\n")])
    assert folder.joinpath("a.txt").read_text() == "one\n--\ntwo\n--\nthree\n--\n"
    assert (files.last("a.txt"), files.last("b.txt")) == ("three\n", "x\n")
    assert AppendOnlyFiles(folder, creates_folder=True).last("a.txt") == "three\n"
    assert files.names() == ["a.txt", "b.txt"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.joinpath("a.txt").stat().st_mode & 0o777 == 0o600


def test_what_another_process_appends_is_seen(files, folder):
    files.append([Record("a.txt", "one\n")])
    AppendOnlyFiles(folder, creates_folder=True).append([Record("a.txt", "two\n")])
    assert files.last("a.txt") == "two\n"


@pytest.mark.parametrize(
    ("torn", "last"),
    [("one\n--\ntw", "one\n"), ("one\n--\ntwo\n-", "one\n"), ("on", None), ("", None)],
)
def test_a_record_that_was_cut_off_never_was(files, folder, torn, last):
    folder.mkdir()
    folder.joinpath("a.txt").write_text(torn)
    assert files.last("a.txt") == last
    files.append([Record("a.txt", "new\n")])
    expected = f"{last or ''}{'--' if last else ''}".replace("\n--", "\n--\n")
    assert folder.joinpath("a.txt").read_text() == f"{expected}new\n--\n"
    assert files.last("a.txt") == "new\n"


def test_another_kind_of_file_is_not_cut_off(files, folder):
    folder.mkdir()
    folder.joinpath("a.txt").write_text("x" * 10_000)
    with pytest.raises(OSError, match="not a file of records"):
        files.append([Record("a.txt", "new\n")])
    assert folder.joinpath("a.txt").read_text() == "x" * 10_000


def test_what_could_not_be_written_comes_first_later(files, folder):
    folder.write_text("not a folder")
    for text in ("one\n", "two\n"):
        with pytest.raises(OSError, match=r"exists|directory"):
            files.append([Record("a.txt", text)])
    folder.unlink()
    files.append([Record("b.txt", "three\n")])
    assert folder.joinpath("a.txt").read_text() == "one\n--\ntwo\n--\n"
    assert files.last("b.txt") == "three\n"


def test_a_folder_on_another_disk_is_not_made_here(folder):
    files = AppendOnlyFiles(folder, creates_folder=False)
    with pytest.raises(FileNotFoundError):
        files.append([Record("a.txt", "one\n")])
    assert not folder.exists()
    assert files.names() == []
