"""Papers through the real server: uploaded, drawn, read, refused, replaced, published, removed."""

import hashlib
import io
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from core.storage import Storage
from documents.pages.files import PageFiles
from documents.pages.resolutions import BASE_WIDTH
from tests import hostile_pdf
from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper, wait_ready
from tests.server.real_server import IDLE_TIMEOUT, Person, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.own_server]


def uploads(room: Room) -> str:
    """Where these tests upload to."""
    return f"/agenda-items/{room.items[0]}/documents"


def pages(document_id: str, page: int, what: str = "", version: int = 1) -> str:
    return f"/documents/{document_id}/versions/{version}/pages/{page}{what}"


def code(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal, which speaks in words."""
    problem = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not problem["detail"].startswith("error."), problem
    return answer.status_code, problem["code"]


def fails_with(person: Person, room: Room, content: bytes) -> dict[str, str]:
    """Upload and wait for the failure."""
    answer = person.upload(uploads(room), "tài liệu.pdf", content)
    assert answer.status_code == 202, answer.text
    version = wait_ready(person, answer.json()["id"])
    assert version["status"] == "failed", version
    error: dict[str, str] = version["error"]
    return error


def test_a_page_image_has_one_of_the_fixed_widths(room: Room) -> None:
    for wanted, given in ((1, 640), (640, 640), (641, 1200), (1201, 2400), (9000, 2400)):
        answer = room.member.get(pages(room.document, 2, f"/image?width={wanted}"))
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"] in ("image/webp", "image/png")
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Vary"] == "Cookie"
        assert Image.open(io.BytesIO(answer.content)).width == given


def test_an_image_is_revalidated_not_sent_again(room: Room) -> None:
    path = pages(room.document, 1, "/image?width=1200")
    etag = room.member.get(path).headers["ETag"]
    again = room.member.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_facts_words_and_original_of_a_paper(room: Room) -> None:
    facts = room.member.get(pages(room.document, 3)).json()
    assert (facts["width_pt"], facts["height_pt"], facts["widths"]) == (595, 842, [640, 1200, 2400])
    words = room.member.get(pages(room.document, 3, "/text")).json()["words"]
    assert [word[4] for word in words] == ["trang", "3"]
    assert all(0 <= word[0] < word[2] <= 1 and 0 <= word[1] < word[3] <= 1 for word in words)
    original = room.member.get(f"/documents/{room.document}/versions/1/file")
    assert original.content == small_pdf(3)
    assert original.headers["Content-Type"] == "application/pdf"
    assert original.headers["Content-Disposition"].startswith("attachment")


def test_an_original_is_saved_under_its_own_name(room: Room) -> None:
    name = "Tờ trình số 41 về việc chuyển đổi.pdf"
    paper = add_paper(room.secretary, room.items[0], small_pdf(1, "ten"), name)
    answer = room.secretary.get(f"/documents/{paper}/versions/1/file")
    assert answer.status_code == 200
    assert answer.content == small_pdf(1, "ten")
    assert quote(name) in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("page", ["0", "4", "9999", "-1", "x"])
def test_pages_that_do_not_exist(room: Room, page: str) -> None:
    for what in ("", "/image", "/text", "/notes"):
        answer = room.member.get(f"/documents/{room.document}/versions/1/pages/{page}{what}")
        assert code(answer) == (404, "not_found")


def test_a_width_that_is_none(room: Room) -> None:
    for width in ("0", "-5", "wide", "1e9"):
        answer = room.member.get(pages(room.document, 1, f"/image?width={width}"))
        assert code(answer) == (422, "invalid_input")


def test_the_view_of_a_paper(room: Room) -> None:
    view = room.secretary.get(f"/documents/{room.document}").json()
    assert view["title"] == "bao-cao"
    (version,) = view["versions"]
    assert version["status"] == "ready"
    assert version["progress"] == {"done": 3, "total": 3}
    assert version["sha256"] == hashlib.sha256(small_pdf(3)).hexdigest()
    meeting = room.member.get(f"/meetings/{room.id}").json()
    (paper,) = meeting["agenda"][1]["documents"]
    assert paper["version"]["page_sizes"] == [[3, 595, 842]]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("gia-mao.pdf", b"", (422, "file_empty")),
        ("gia-mao.pdf", b"Day la mot tep van ban.", (422, "not_a_pdf")),
        ("gia-mao.pdf", b"PK\x03\x04" + bytes(200), (422, "not_a_pdf")),
        ("to-trinh.pdf.exe", small_pdf(1), (422, "unsupported_file")),
    ],
)
def test_what_is_no_pdf_is_refused_at_once(
    room: Room, name: str, content: bytes, expected: tuple[int, str]
) -> None:
    before = len(room.secretary.get(f"/meetings/{room.id}").json()["agenda"][0]["documents"])
    assert code(room.secretary.upload(uploads(room), name, content)) == expected
    after = len(room.secretary.get(f"/meetings/{room.id}").json()["agenda"][0]["documents"])
    assert before == after


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (hostile_pdf.encrypted(), "pdf_encrypted"),
        (b"%PDF-1.7\nrubbish", "pdf_broken"),
        (hostile_pdf.paper([]), "pdf_empty"),
        (hostile_pdf.many_pages(5_001), "too_many_pages"),
        (hostile_pdf.paper([hostile_pdf.NESTED_TOO_DEEP]), "pdf_broken"),
    ],
)
def test_papers_that_fail_say_why(room: Room, content: bytes, expected: str) -> None:
    error = fails_with(room.secretary, room, content)
    assert error["code"] == expected
    assert not error["detail"].startswith("error.")


def test_the_refusal_of_an_encrypted_paper_in_both_languages(room: Room) -> None:
    answer = room.secretary.upload(uploads(room), "mat.pdf", hostile_pdf.encrypted())
    document_id = answer.json()["id"]
    wait_ready(room.secretary, document_id)
    details = {}
    for language in ("vi", "en"):
        view = room.secretary.get(
            f"/documents/{document_id}", headers={"Accept-Language": language}
        ).json()
        details[language] = view["versions"][0]["error"]["detail"]
    assert details["vi"] == "Tệp này có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."
    assert details["en"].startswith("This file has a password.")
    publish = room.secretary.post(f"/documents/{document_id}/publish")
    assert code(publish) == (409, "document_not_ready")
    assert code(room.secretary.get(pages(document_id, 1, "/image"))) == (409, "document_failed")


def test_a_bad_page_does_not_take_the_paper_with_it(room: Room) -> None:
    lines = [hostile_pdf.line("one"), hostile_pdf.NESTED_TOO_DEEP, hostile_pdf.line("three")]
    document_id = add_paper(room.secretary, room.items[0], hostile_pdf.paper(lines))
    assert wait_ready(room.secretary, document_id)["status"] == "ready"
    assert room.secretary.get(pages(document_id, 1, "/image")).status_code == 200
    assert code(room.secretary.get(pages(document_id, 2, "/image"))) == (422, "page_broken")
    text = room.secretary.get(pages(document_id, 2, "/text")).json()
    assert text == {"words": [], "source": "text"}
    assert room.secretary.get(pages(document_id, 3, "/image")).status_code == 200


def test_bad_pages_of_a_long_paper_lose_no_other(room: Room) -> None:
    fine, broken = b"0 0 100 100 re f", {3, 4, 9}
    contents = [hostile_pdf.NESTED_TOO_DEEP if page in broken else fine for page in range(1, 13)]
    content = hostile_pdf.paper(contents)
    document_id = add_paper(room.secretary, room.items[0], content)
    files = PageFiles(Storage(room.server.made.data), hashlib.sha256(content).hexdigest())
    drawn = {page for page in range(1, 13) if files.image(page, BASE_WIDTH).exists()}
    noted = {page for page in range(1, 13) if files.fault(files.image(page, BASE_WIDTH))}
    assert (drawn, noted) == (set(range(1, 13)) - broken, broken)
    for page in range(1, 13):
        answer = room.secretary.get(pages(document_id, page, "/image?width=1200"))
        assert answer.status_code == (422 if page in broken else 200), page


def test_a_bomb_fails_and_the_next_paper_is_fine(room: Room) -> None:
    answer = room.secretary.upload(uploads(room), "bom.pdf", hostile_pdf.fills_for_ever())
    fine = add_paper(room.secretary, room.items[0], small_pdf(2, "khac"), timeout=IDLE_TIMEOUT)
    assert room.secretary.get(pages(fine, 2, "/image")).status_code == 200
    bomb = wait_ready(room.secretary, answer.json()["id"], timeout=IDLE_TIMEOUT)
    assert bomb["error"]["code"] == "pdf_too_heavy"


def test_until_published_only_the_staff_see_it(room: Room) -> None:
    document_id = add_paper(room.secretary, room.items[0], small_pdf(1, "moi"))
    for reader in (room.member, room.guest):
        assert code(reader.get(f"/documents/{document_id}")) == (404, "not_found")
        assert code(reader.get(pages(document_id, 1, "/image"))) == (404, "not_found")
    assert code(room.stranger.get(f"/documents/{document_id}")) == (403, "not_allowed")
    assert room.chair.get(pages(document_id, 1, "/image")).status_code == 200
    published = room.chair.post(f"/documents/{document_id}/publish")
    assert published.status_code == 200, published.text
    assert published.json()["published_at"] is not None
    assert room.member.get(pages(document_id, 1, "/image")).status_code == 200
    assert code(room.guest.get(pages(document_id, 1, "/image"))) == (404, "not_found")
    assert code(room.stranger.get(pages(document_id, 1, "/image"))) == (403, "not_allowed")
    opened = room.secretary.patch(f"/documents/{document_id}", open_to_guests=True)
    assert opened.status_code == 200, opened.text
    assert room.guest.get(pages(document_id, 1, "/image")).status_code == 200
    room.secretary.patch(f"/documents/{document_id}", open_to_guests=False)
    assert code(room.guest.get(pages(document_id, 1, "/text"))) == (404, "not_found")


def test_members_change_nothing(room: Room) -> None:
    path = f"/documents/{room.document}"
    for person in (room.member, room.guest, room.stranger):
        assert code(person.upload(uploads(room), "x.pdf", small_pdf(1))) == (403, "not_allowed")
        assert code(person.upload(f"{path}/versions", "x.pdf", small_pdf(1))) == (
            403,
            "not_allowed",
        )
        assert code(person.patch(path, title="x")) == (403, "not_allowed")
        assert code(person.post(f"{path}/publish")) == (403, "not_allowed")
        assert code(person.delete(path)) == (403, "not_allowed")


def test_the_same_upload_twice_is_one_paper(room: Room) -> None:
    content = small_pdf(2, "mot lan")
    first = room.secretary.upload(uploads(room), "a.pdf", content, idempotency_key="k1", title="A")
    again = room.secretary.upload(uploads(room), "a.pdf", content, idempotency_key="k1", title="A")
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()
    other = room.secretary.upload(uploads(room), "a.pdf", small_pdf(1), idempotency_key="k1")
    assert code(other) == (409, "idempotency_conflict")
    meeting = room.secretary.get(f"/meetings/{room.id}").json()
    assert [paper["title"] for paper in meeting["agenda"][0]["documents"]] == ["A"]


def test_a_new_version_takes_over_when_it_is_ready(room: Room) -> None:
    tablet = room.tablet(room.member)
    answer = room.secretary.upload(
        f"/documents/{room.document}/versions", "v2.pdf", small_pdf(2, "ban hai")
    )
    assert answer.json() == {"id": room.document, "version": 2}
    wait_ready(room.secretary, room.document, version=2)
    put = tablet.next("room.event", type="document_put")["data"]["document"]
    assert (put["current_version"], put["version"]["page_count"]) == (2, 2)
    assert put["next_version"] is None
    words = room.member.get(pages(room.document, 1, "/text", version=2)).json()["words"]
    assert [word[4] for word in words] == ["ban", "hai", "1"]
    assert room.member.get(pages(room.document, 3, "/image", version=1)).status_code == 200


def test_a_failed_new_version_leaves_the_old_one(room: Room) -> None:
    path = f"/documents/{room.document}"
    room.secretary.upload(f"{path}/versions", "v2.pdf", hostile_pdf.encrypted())
    assert wait_ready(room.secretary, room.document, version=2)["status"] == "failed"
    assert room.member.get(path).json()["current_version"] == 1
    assert [v["number"] for v in room.member.get(path).json()["versions"]] == [1]
    assert code(room.member.get(pages(room.document, 1, version=2))) == (404, "not_found")
    meeting = room.secretary.get(f"/meetings/{room.id}").json()
    shown = meeting["agenda"][1]["documents"][0]
    assert shown["next_version"]["error"]["code"] == "pdf_encrypted"


def test_the_room_hears_what_becomes_of_papers(room: Room) -> None:
    staff, member, guest = (room.tablet(p) for p in (room.secretary, room.member, room.guest))
    document_id = add_paper(room.secretary, room.items[0], small_pdf(4, "nghe"))
    added = staff.next("room.event", type="document_put")
    assert added["data"]["shelf"] == {"kind": "agenda_item", "id": room.items[0]}
    assert staff.next("room.progress", document_id=document_id, status="ready")["done"] == 4
    room.secretary.post(f"/documents/{document_id}/publish")
    put = member.next("room.event", type="document_put")
    assert put["data"]["document"]["id"] == document_id
    room.secretary.patch(f"/documents/{document_id}", open_to_guests=True)
    assert guest.next("room.event", type="document_put")["data"]["document"]["id"] == document_id
    room.secretary.patch(f"/documents/{document_id}", open_to_guests=False)
    assert guest.next("room.event", type="document_removed")["data"]["document_id"] == document_id
    assert room.secretary.delete(f"/documents/{document_id}").status_code == 204
    gone = member.next("room.event", type="document_removed")
    assert gone["data"] == {"document_id": document_id}
    assert code(room.secretary.get(f"/documents/{document_id}")) == (404, "not_found")
    assert all(event != "room.progress" for event, _ in member.seen)


def test_papers_are_put_in_order(room: Room) -> None:
    ids = [add_paper(room.secretary, room.items[0], small_pdf(1, f"tt {n}")) for n in range(3)]
    path = f"/agenda-items/{room.items[0]}/document-order"
    answer = room.secretary.put(path, ids=ids[::-1])
    assert [paper["id"] for paper in answer.json()["items"]] == ids[::-1]
    for wrong in (ids[:2], [*ids, "x"], [ids[0]] * 3):
        assert code(room.secretary.put(path, ids=wrong)) == (422, "document_order_incomplete")
    shown = room.secretary.get(f"/meetings/{room.id}").json()["agenda"][0]["documents"]
    assert [paper["id"] for paper in shown] == ids[::-1]


def test_a_worker_killed_in_the_middle_loses_nothing(room: Room) -> None:
    server, content = room.server, small_pdf(40, "dai")
    answer = room.secretary.upload(uploads(room), "dai.pdf", content)
    document_id = answer.json()["id"]
    image = pages(document_id, 1, "/image")
    wait_until(lambda: room.secretary.get(image).status_code == 200, "the first page", 60)
    server.kill("worker")
    original = room.secretary.get(f"/documents/{document_id}/versions/1/file")
    assert original.content == content
    waiting = room.secretary.get(pages(document_id, 1, "/image?width=2400"))
    assert code(waiting) == (503, "page_not_ready")
    assert waiting.headers["Retry-After"]
    server.start("worker")
    version = wait_ready(room.secretary, document_id, timeout=90)
    assert version["progress"] == {"done": 40, "total": 40}


def test_a_page_far_behind_is_drawn_at_once_when_asked_for(room: Room) -> None:
    answer = room.secretary.upload(uploads(room), "xa.pdf", small_pdf(120, "xa"))
    image = room.secretary.get(pages(answer.json()["id"], 120, "/image?width=1200"))
    assert image.status_code == 200, image.text
    assert Image.open(io.BytesIO(image.content)).width == 1200
