"""Papers taken away with what is written on them: who gets what, and that nothing stays behind."""

import io
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import pytest
import requests

from core.ids import new_id
from tests.factories import small_pdf
from tests.marked_papers import pages_of
from tests.server.conftest import Room, add_paper, wait_ready
from tests.server.real_server import Person, wait_until

pytestmark = pytest.mark.slow

SECRET = "Việc riêng của tôi"
SHARED = "Cả phòng cùng xem"
FOR_ONE = "Chỉ gửi cho một người"


def write(person: Person, room: Room, text: str, **more: Any) -> str:
    """A note on page 2; its id."""
    body = {
        "id": new_id(),
        "page": 2,
        "kind": "note",
        "audience": "private",
        "geometry": {"at": [0.5, 0.5]},
        "style": {"color": "#ffd84d"},
        "text": text,
        **more,
    }
    answer = person.post(f"/documents/{room.document}/annotations", **body)
    assert answer.status_code == 201, answer.text
    return str(body["id"])


@pytest.fixture
def written(room: Room) -> dict[str, str]:
    """What the member keeps, shows, sends to another and is sent; and what that other keeps."""
    return {
        "mine": write(room.member, room, SECRET),
        "room": write(room.secretary, room, SHARED, audience="meeting"),
        "sent": write(room.member, room, FOR_ONE, audience="person", user_id=room.other.id),
        "got": write(room.chair, room, FOR_ONE, audience="person", user_id=room.member.id),
        "others": write(room.other, room, "Của người khác"),
    }


def annotated(person: Person, room: Room, **query: Any) -> requests.Response:
    return person.get(f"/documents/{room.document}/versions/1/annotated.pdf", params=query)


def ids_in(content: bytes) -> list[str]:
    page = pages_of(content)[1]
    found = [one.get_object() for one in page.get("/Annots", [])]
    return [str(one["/NM"]) for one in found if "/NM" in one]


def left_behind(room: Room) -> list[str]:
    return [one.name for one in (room.server.made.data / "exports").iterdir()]


@pytest.mark.parametrize(
    ("audience", "wanted"),
    [
        ("private", ["mine", "sent", "got"]),
        ("meeting", ["room"]),
        ("all", ["mine", "room", "sent", "got"]),
        (None, ["mine", "room", "sent", "got"]),
    ],
)
def test_one_takes_what_one_sees(
    room: Room, written: dict[str, str], audience: str | None, wanted: list[str]
) -> None:
    answer = annotated(room.member, room, **({"audience": audience} if audience else {}))
    assert answer.status_code == 200, answer.text
    assert ids_in(answer.content) == [written[name] for name in wanted]


def test_nobody_takes_what_others_keep(room: Room, written: dict[str, str]) -> None:
    for person, kept in ((room.other, "mine"), (room.secretary, "mine"), (room.chair, "others")):
        for flat in (0, 1):
            content = annotated(person, room, audience="all", flat=flat).content
            assert written[kept].encode() not in content
            assert written[kept].encode("utf-16-be").hex().upper().encode() not in content
        words = person.get(f"/documents/{room.document}/comments.docx").content
        text = "\n".join(line.text for line in docx.Document(io.BytesIO(words)).paragraphs)
        assert SHARED in text
        assert (SECRET if kept == "mine" else "Của người khác") not in text


def test_it_is_a_file_to_save_and_kept_nowhere(room: Room, written: dict[str, str]) -> None:
    answer = annotated(room.member, room)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert quote("bao-cao - ghi chú.pdf") in answer.headers["Content-Disposition"]
    assert answer.content.startswith(small_pdf(3))
    assert left_behind(room) == []
    assert SECRET not in room.server.log.read_text()


def test_names_follow_the_language_of_who_asks(room: Room, written: dict[str, str]) -> None:
    english = {"Accept-Language": "en"}
    path = f"/documents/{room.document}/versions/1/annotated.pdf"
    answer = room.member.get(path, headers=english)
    assert "bao-cao - notes.pdf" in answer.headers["Content-Disposition"]
    page = pages_of(answer.content)[1]
    said = {one.get_object().get("/Subj") for one in page["/Annots"]} - {None}
    assert {"Only I see this", "The whole room sees this"} <= said


def test_drawn_for_good(room: Room, written: dict[str, str]) -> None:
    answer = annotated(room.member, room, flat=1, audience="meeting")
    assert answer.status_code == 200, answer.text
    assert ids_in(answer.content) == []
    pages = pages_of(answer.content)
    assert len(pages) == 4
    assert SHARED in pages[3].extract_text()
    assert SECRET not in pages[3].extract_text()


def test_a_paper_that_nobody_wrote_on(room: Room) -> None:
    answer = annotated(room.member, room)
    assert answer.status_code == 200
    assert len(pages_of(answer.content)) == 3


def test_only_of_the_version_that_is_asked_for(room: Room, written: dict[str, str]) -> None:
    room.secretary.upload(f"/documents/{room.document}/versions", "moi.pdf", small_pdf(2, "moi"))
    wait_ready(room.secretary, room.document, version=2)
    newer = write(room.member, room, "Bản mới", version=2)
    first = annotated(room.member, room, audience="private")
    assert newer not in ids_in(first.content)
    second = room.member.get(f"/documents/{room.document}/versions/2/annotated.pdf")
    assert ids_in(second.content) == [newer]


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("admin", 403, "not_allowed"),
        ("stranger", 403, "not_allowed"),
        ("guest", 404, "not_found"),
    ],
)
def test_who_may_not_read_takes_nothing(
    room: Room, written: dict[str, str], who: str, status: int, code: str
) -> None:
    person: Person = getattr(room, who)
    for path in ("versions/1/annotated.pdf", "comments.docx"):
        answer = person.get(f"/documents/{room.document}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "query", [{"audience": "everybody"}, {"audience": ""}, {"flat": "perhaps"}, {"flat": "2"}]
)
def test_a_wish_that_is_none(room: Room, query: dict[str, str]) -> None:
    answer = annotated(room.member, room, **query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


def test_a_version_that_is_none(room: Room) -> None:
    for number in ("2", "0", "9" * 30):
        path = f"/documents/{room.document}/versions/{number}/annotated.pdf"
        assert room.member.get(path).status_code == 404
        words = room.member.get(f"/documents/{room.document}/comments.docx?version={number}")
        assert words.status_code in (404, 422)


def test_a_paper_that_failed(room: Room) -> None:
    answer = room.secretary.upload(
        f"/agenda-items/{room.items[0]}/documents", "hong.pdf", b"%PDF-1.7\nnothing"
    )
    paper = answer.json()["id"]
    assert wait_ready(room.secretary, paper)["status"] == "failed"
    for path in ("versions/1/annotated.pdf", "comments.docx"):
        refused = room.secretary.get(f"/documents/{paper}/{path}")
        assert (refused.status_code, refused.json()["code"]) == (409, "document_failed")


def test_who_goes_away_in_the_middle_leaves_nothing(room: Room) -> None:
    paper = add_paper(room.secretary, room.items[0], small_pdf(1) + b"%" + b"x" * 20_000_000)
    path = f"{room.server.url}/api/v1/documents/{paper}/versions/1/annotated.pdf"
    with room.secretary.http.get(path, stream=True, timeout=20) as answer:
        assert answer.status_code == 200
        assert next(answer.iter_content(1000))
    wait_until(lambda: not left_behind(room), "nothing is left")
    web = room.server.processes["web"].pid
    wait_until(lambda: not _open_exports(web), "the file is closed")


def _open_exports(pid: int) -> list[str]:
    held = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        try:
            held.append(str(one.readlink()))
        except FileNotFoundError:
            continue
    return [name for name in held if "/exports/" in name]


def test_comments_as_a_word_document(room: Room, written: dict[str, str]) -> None:
    anchor = {"text": "tổng mức đầu tư", "prefix": "", "suffix": "", "box": None}
    write(
        room.member,
        room,
        "Con số này lấy ở đâu?",
        kind="highlight",
        geometry={"boxes": [[0.1, 0.1, 0.5, 0.12]]},
        anchor=anchor,
    )
    answer = room.member.get(f"/documents/{room.document}/comments.docx?audience=private")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert quote("bao-cao - ý kiến.docx") in answer.headers["Content-Disposition"]
    lines = [line.text for line in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert "Trang 2" in lines
    assert "“tổng mức đầu tư”" in lines
    # Higher on the page comes first.
    assert lines.index("Con số này lấy ở đâu?") < lines.index(SECRET)
    assert SHARED not in lines
