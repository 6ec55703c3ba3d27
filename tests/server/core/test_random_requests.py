"""Random requests, packets and papers: no programming error answers them, and nobody is disturbed.

The large counts are those of `./run bench faults`.
"""

from collections import Counter

import pytest

from tests.effort import sized
from tests.fuzzing.http_requests import every_request
from tests.fuzzing.mutated_pdf import mutated
from tests.fuzzing.random_senders import RandomSenders, faults_in
from tests.fuzzing.socket_packets import FuzzedSocket, packets
from tests.server.conftest import Room, wait_ready
from tests.server.real_server import RealServer, SignedIn

pytestmark = pytest.mark.slow
SEED = 20261130
REQUESTS, WAYS = sized(440, 6_000), sized(1, 3)
ROOM_FOR = sized(60, 6)
PACKETS = sized(200, 2_000)
PAPERS = sized(16, 200)


@pytest.fixture
def start_of_log(server: RealServer) -> int:
    """Where the log of this test begins."""
    return server.log.stat().st_size


def faults_since(server: RealServer, start: int) -> list[str]:
    return faults_in(server.log.read_bytes()[start:].decode())


def test_random_requests_get_no_answer_of_5xx(server, people, start_of_log) -> None:
    own = SignedIn(server)
    senders = RandomSenders(server, own, room_for=ROOM_FOR)
    openapi = people["quantri"].get("/openapi.json").json()
    sent = every_request(openapi, REQUESTS, SEED, senders.ids, senders.send, ways=WAYS)
    senders.close()
    own.close()
    assert senders.answers.wrong == []
    assert senders.answers.statuses.total() == sent
    assert {200, 201, 204, 401, 403, 404, 422} <= set(senders.answers.statuses)
    assert faults_since(server, start_of_log) == []


def test_random_packets_are_refused_and_the_room_goes_on(server, room: Room, start_of_log) -> None:
    senders = (room.secretary, room.member, room.stranger)
    sockets = [FuzzedSocket(person, room.id) for person in senders]
    for number, packet in enumerate(packets(SEED, PACKETS, room.id, room.document)):
        sockets[number % len(sockets)].send(packet)
    answers = sum((socket.answers for socket in sockets), Counter[str]())
    for socket in sockets:
        socket.close()
    assert "internal_error" not in answers
    assert {"ok", "invalid_input", "not_in_room", "malformed_request"} <= set(answers)
    assert faults_since(server, start_of_log) == []
    secretary, member = room.tablet(room.secretary), room.tablet(room.other)
    assert secretary.turn(room.document, 2)["ok"]
    assert member.next("room.live", page=2)


def test_damaged_papers_are_shown_or_refused_in_words(server, room: Room, start_of_log) -> None:
    path, ends = f"/agenda-items/{room.items[0]}/documents", set()
    workers = {role: process.pid for role, process in server.processes.items()}
    for content in mutated(SEED, PAPERS):
        answer = room.secretary.upload(path, "a.pdf", content)
        if answer.status_code == 202:
            end = wait_ready(room.secretary, answer.json()["id"], timeout=60)
            ends.add("ready" if end["status"] == "ready" else end["error"]["code"])
        else:
            assert answer.status_code == 422, answer.text
    assert {"ready", "pdf_broken"} <= ends
    assert all(server.processes[role].poll() is None for role in workers)
    assert faults_since(server, start_of_log) == []
