"""Wrong input and faults: refused in words with a code; nothing lost, nobody else disturbed."""

import json
import threading
from typing import Any

import pytest
import requests

from tests.factories import small_pdf
from tests.hostile_pdf import encrypted, fills_for_ever
from tests.server.conftest import Room, add_paper, wait_ready
from tests.server.real_server import RealServer, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

ENGLISH = {"Accept-Language": "en"}


def refused(answer: requests.Response, status: int, code: str) -> dict[str, Any]:
    """The problem of a refusal, checked for its form and for words in it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    problem: dict[str, Any] = answer.json()
    assert problem["code"] == code
    assert problem["status"] == status
    assert len(problem["detail"]) > 15
    assert "{" not in problem["detail"]
    return problem


def test_a_refusal_speaks_both_languages(room: Room) -> None:
    path = f"/meetings/{room.id}/agenda-order"
    vietnamese = refused(room.secretary.put(path, ids=[]), 422, "agenda_order_incomplete")
    english = refused(
        room.secretary.call("PUT", path, json={"ids": []}, headers=ENGLISH),
        422,
        "agenda_order_incomplete",
    )
    assert "Thứ tự" in vietnamese["detail"]
    assert "order" in english["detail"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed_request"),
        (b"[]", 422, "invalid_input"),
        (b'{"title": 5}', 422, "invalid_input"),
        (b'{"title": "x"}', 422, "invalid_input"),
        (b'{"title": "x", "starts_at": "yesterday"}', 422, "invalid_input"),
        (b'{"title": "x", "starts_at": "2026-11-24T09:00:00"}', 422, "invalid_input"),
        (b'{"title": "x", "starts_at": NaN}', 400, "malformed_request"),
        (b'{"title": "\xff"}', 400, "malformed_request"),
        (b"[" * 100_000, 400, "malformed_request"),
        (b'{"title": "' + b"a" * 1_000_000 + b'"}', 413, "payload_too_large"),
    ],
)
def test_broken_json_is_refused(room: Room, body: bytes, status: int, code: str) -> None:
    answer = room.secretary.call(
        "POST", "/meetings", data=body, headers={"Content-Type": "application/json"}
    )
    refused(answer, status, code)


def test_texts_are_cleaned_on_the_way_in(room: Room) -> None:
    answer = room.secretary.post(
        f"/meetings/{room.id}/agenda-items",
        title="  Bie\u0302\u0309u \u202equye\u0302\u0301t\u0000 ",
    )
    assert answer.json()["title"] == "Biểu quyết"


def test_times_that_make_no_sense_are_refused(room: Room) -> None:
    view = room.secretary.get(f"/meetings/{room.id}").json()
    answer = room.secretary.patch(f"/meetings/{room.id}", ends_at=view["starts_at"])
    assert refused(answer, 422, "invalid_input")["errors"][0]["field"] == "ends_at"
    assert room.secretary.get(f"/meetings/{room.id}").json()["ends_at"] == view["ends_at"]


def test_what_does_not_exist_is_not_found(room: Room) -> None:
    refused(room.secretary.get("/meetings/none"), 404, "not_found")
    refused(room.secretary.get("/documents/none"), 404, "not_found")
    refused(room.secretary.get("/nowhere"), 404, "not_found")
    refused(room.secretary.call("PUT", "/meetings"), 405, "method_not_allowed")
    refused(room.secretary.get(f"/documents/{room.document}/versions/1/pages/0"), 404, "not_found")
    refused(
        room.secretary.get(f"/documents/{room.document}/versions/1/pages/9999/image"),
        404,
        "not_found",
    )


def test_a_foreign_meeting_is_closed(room: Room) -> None:
    for path in ("", "/snapshot", "/events?epoch=x&after=0"):
        refused(room.stranger.get(f"/meetings/{room.id}{path}"), 403, "not_allowed")
    refused(room.stranger.get(f"/documents/{room.document}"), 403, "not_allowed")
    tablet = room.tablet(room.stranger, join=False)
    assert tablet.call("room.join", protocol_version=1)["code"] == "not_allowed"
    assert tablet.turn(room.document, 1)["code"] == "not_in_room"


def test_an_unsafe_request_needs_the_csrf_token(room: Room) -> None:
    answer = room.secretary.call(
        "POST", "/meetings", json={"title": "x"}, headers={"X-CSRF-Token": "wrong"}
    )
    refused(answer, 403, "csrf_failed")


def test_a_repeat_gives_the_same_answer_and_another_body_is_refused(room: Room) -> None:
    path = f"/meetings/{room.id}/agenda-items"

    def post(title: str) -> requests.Response:
        return room.secretary.call(
            "POST", path, json={"title": title}, headers={"Idempotency-Key": "once"}
        )

    first, again = post("Một"), post("Một")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    refused(post("Hai"), 409, "idempotency_conflict")
    titles = [item["title"] for item in room.secretary.get(f"/meetings/{room.id}").json()["agenda"]]
    assert titles.count("Một") == 1
    assert "Hai" not in titles


def test_repeats_at_the_same_moment_are_one(room: Room) -> None:
    answers: list[requests.Response] = []
    cookies, headers = room.secretary.http.cookies, dict(room.secretary.http.headers)
    url = f"{room.server.url}/api/v1/meetings/{room.id}/agenda-items"

    def post() -> None:
        answers.append(
            requests.post(
                url,
                json={"title": "Cùng lúc"},
                cookies=cookies,
                headers={**headers, "Idempotency-Key": "same-moment"},
                timeout=20,
            )
        )

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_socket_nonsense_is_refused_and_the_connection_goes_on(room: Room) -> None:
    secretary, member = room.tablet(room.secretary), room.tablet(room.member)
    assert member.call("no.such.event")["code"] == "unknown_event"
    assert member.client.call("page.turn", timeout=10)["code"] == "malformed_request"
    assert member.client.call("page.turn", [1, 2], timeout=10)["code"] == "malformed_request"
    wrong = member.client.call("presence.at", {"meeting_id": 5, "following": True}, timeout=10)
    assert wrong["code"] == "invalid_input"
    huge = member.client.call("page.turn", {"meeting_id": "x" * 200_000}, timeout=10)
    assert huge["code"] == "payload_too_large"
    assert member.call("room.join", protocol_version=0)["code"] == "protocol_version"
    assert member.call("presence.at", document_id=None, page=None, following=True)["ok"]
    secretary.turn(room.document, 2)
    assert member.next("room.live", page=2)


def test_a_socket_without_a_sign_in_is_refused(server: RealServer, room: Room) -> None:
    import socketio

    client = socketio.Client(reconnection=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(f"{server.url}/?room={room.id}", transports=["websocket"], wait_timeout=5)


def test_a_revoked_sign_in_loses_its_room_within_a_second(server: RealServer, room: Room) -> None:
    second = server.sign_in("daibieu1")
    tablet = room.tablet(second)
    listed = second.get("/sessions").json()["items"]
    current = next(item["id"] for item in listed if item["current"])
    assert room.member.delete(f"/sessions/{current}").status_code in (200, 204)
    assert tablet.next("session.revoked")["reason"]
    wait_until(lambda: not tablet.client.connected, "the socket is closed", timeout=2)
    refused(second.get(f"/meetings/{room.id}"), 401, "session_revoked")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("van-ban.pdf", "Đây là một tệp văn bản.".encode(), "not_a_pdf"),
        ("trang.pdf", b"<html><body>404</body></html>", "not_a_pdf"),
        ("rong.pdf", b"", "not_a_pdf"),
        ("mat-khau.pdf", encrypted(), "pdf_encrypted"),
    ],
)
def test_papers_that_are_none_fail_in_words(
    room: Room, name: str, content: bytes, code: str
) -> None:
    answer = room.secretary.upload(f"/agenda-items/{room.items[0]}/documents", name, content)
    if answer.status_code != 202:
        assert refused(answer, answer.status_code, answer.json()["code"])["detail"]
        assert answer.json()["code"] in (code, "file_empty")
        return
    failed = wait_ready(room.secretary, answer.json()["id"])
    assert failed["status"] == "failed"
    assert failed["error"]["code"] == code
    assert len(failed["error"]["detail"]) > 15


def test_nobody_notices_a_bomb(room: Room) -> None:
    secretary, member = room.tablet(room.secretary), room.tablet(room.member)
    answer = room.secretary.upload(
        f"/agenda-items/{room.items[0]}/documents", "bom.pdf", fills_for_ever()
    )
    assert answer.status_code == 202, answer.text
    for page in (2, 3, 1, 2):
        secretary.turn(room.document, page)
        assert member.next("room.live", page=page)
    good = add_paper(room.secretary, room.items[2], small_pdf(2, "after"), timeout=60)
    assert secretary.turn(good, 1)["ok"]
    assert wait_ready(room.secretary, answer.json()["id"], timeout=60)["status"] == "failed"


def test_an_upload_is_idempotent_by_its_file(room: Room) -> None:
    path, content = f"/agenda-items/{room.items[0]}/documents", small_pdf(1, "once")
    first = room.secretary.upload(path, "a.pdf", content, idempotency_key="file")
    again = room.secretary.upload(path, "a.pdf", content, idempotency_key="file")
    assert first.status_code == 202, first.text
    assert first.json() == again.json()
    other = room.secretary.upload(path, "a.pdf", small_pdf(1, "other"), idempotency_key="file")
    refused(other, 409, "idempotency_conflict")


def test_errors_are_json_problems_with_a_request_id(room: Room) -> None:
    answer = room.secretary.get("/meetings/none")
    assert answer.headers["X-Request-Id"]
    assert json.loads(answer.text)["type"].startswith("urn:dienhong:error:")
