"""Clearing up removes what is unused and old, and nothing else."""

import shutil
from pathlib import Path

import pytest

from documents.pages import codec
from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper
from tests.server.documents.file_gc_steps import delete_unreferenced, make_old

pytestmark = pytest.mark.slow


@pytest.fixture
def swept(room: Room) -> Path:
    """The data folder of a running server with one paper kept, one removed, three unfinished files,
    images of an older recipe, after a sweep by a process of its own; everything but one upload is
    old."""
    data = room.server.made.data
    removed = add_paper(room.secretary, room.items[0], small_pdf(1, "bo di"))
    assert room.secretary.delete(f"/documents/{removed}").status_code == 204
    (data / "incoming" / "upload-old.part").write_bytes(b"x")
    (data / "exports" / "old.pdf").write_bytes(b"x")
    made = next((data / "pages").glob("*/*"))
    unfinished = f"00001-1200.{codec.REVISION}.77.partial"
    for name in (unfinished, "00001-1200.r1", "00002-2400.r1.fault"):
        (made / name).write_bytes(b"x")
    make_old(data)
    (data / "incoming" / "upload-new.part").write_bytes(b"x")
    delete_unreferenced(data)
    return data


def test_only_what_is_unused_and_old_goes(room: Room, swept: Path) -> None:
    kept = room.member.get(f"/documents/{room.document}/versions/1/file")
    assert kept.content == small_pdf(3)
    image = f"/documents/{room.document}/versions/1/pages/1/image"
    assert room.member.get(image).status_code == 200
    assert [path.name for path in (swept / "incoming").iterdir()] == ["upload-new.part"]
    names = {path.name for path in (swept / "pages").rglob("*") if path.is_file()}
    assert f"00001-1200.{codec.REVISION}" in names
    assert not [name for name in names if name.endswith(".partial") or ".r1" in name]
    assert not list((swept / "exports").iterdir())
    originals = [path.read_bytes() for path in (swept / "papers").glob("*/*")]
    assert small_pdf(3) in originals
    assert small_pdf(1, "bo di") not in originals


def test_images_are_made_again_from_the_original(room: Room) -> None:
    for folder in (room.server.made.data / "pages").glob("*/*"):
        shutil.rmtree(folder)
    image = room.member.get(f"/documents/{room.document}/versions/1/pages/2/image?width=1200")
    assert image.status_code == 200, image.text
