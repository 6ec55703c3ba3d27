"""The space that uploads leave for votes, closing and deleting."""

import shutil
from pathlib import Path

import pytest

from tests.factories import prepared, small_pdf
from tests.server.conftest import PEOPLE, make_room
from tests.server.documents.slow_upload import SlowUpload, files_of
from tests.server.real_server import RealServer, SignedIn, wait_until

pytestmark = pytest.mark.slow


def test_below_the_floor_of_the_disk_nothing_is_uploaded_and_votes_go_on(tmp_path: Path):
    """The floor is above what any disk has."""
    made = prepared(tmp_path / "data", *PEOPLE)
    env = {"DIENHONG_DISK_FLOOR_MB": str(2**40)}
    server = RealServer(made, tmp_path / "server.log", env=env).start("web")
    try:
        people = {name: server.sign_in(name) for name in (*PEOPLE, "quantri")}
        room = make_room(server, people, papers=False)
        item = room.secretary.post(f"/meetings/{room.id}/agenda-items", title="Một", minutes=1)
        path = f"/agenda-items/{item.json()['id']}/documents"
        refused = room.secretary.upload(path, "a.pdf", small_pdf(1))
        assert (refused.status_code, refused.json()["code"]) == (507, "disk_low")
        place = f"/meetings/{room.id}/attendance/{room.member.id}"
        assert room.secretary.put(place, status="present").ok
    finally:
        server.stop()


def test_uploads_at_the_same_time_keep_the_floor_together(tmp_path: Path):
    """Each announces two fifths of the free space, of which two fifths are the floor."""
    made = prepared(tmp_path / "data", *PEOPLE)
    part = shutil.disk_usage(tmp_path).free * 2 // 5
    limits = {"DIENHONG_DISK_FLOOR_MB": str(part // 2**20), "DIENHONG_MAX_UPLOAD_MB": str(2**40)}
    quotas = {"DIENHONG_PERSON_QUOTA_MB": "0", "DIENHONG_MEETING_QUOTA_MB": "0"}
    server = RealServer(made, tmp_path / "server.log", env=limits | quotas).start("web")
    try:
        secretary = SignedIn(server)["thuky"]
        room = make_room(server, SignedIn(server), papers=False)
        path = f"/agenda-items/{room.items[0]}/documents"
        content = small_pdf(1).ljust(2**20)
        first = SlowUpload(secretary, path, content, announced=part)
        first.send_half()
        wait_until(lambda: files_of(server, "incoming") == 1, "the first upload is under way")
        second = SlowUpload(secretary, path, content, announced=part)
        assert second.answer() == (507, "disk_low")
        assert secretary.upload(path, "a.pdf", small_pdf(1)).status_code == 202
        first.close()
        wait_until(lambda: files_of(server, "incoming") == 0, "the first upload is given up")
        third = SlowUpload(secretary, path, content, announced=part)
        third.send_half()
        wait_until(lambda: files_of(server, "incoming") == 1, "what it claimed is free again")
        third.close()
    finally:
        server.stop()
