"""The space that uploads leave for votes, closing and deleting."""

from pathlib import Path

import pytest

from tests.factories import prepared, small_pdf
from tests.server.conftest import PEOPLE, make_room
from tests.server.real_server import RealServer

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
