"""Uploads of other formats through the real server: accepted, converted, read, downloaded."""

import hashlib
import io
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pypdf import PdfReader

from tests import office_files
from tests.factories import small_pdf
from tests.server.backup.copy_steps import back_up
from tests.server.conftest import Room, add_paper, wait_ready
from tests.server.documents.file_gc_steps import delete_unreferenced, make_old

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

NAME = "Tờ trình_số 41.docx"
TEXT = "Hội đồng nhân dân xã xem xét"


def upload(room: Room, name: str, content: bytes) -> Any:
    """The answer to an upload by the secretary."""
    return room.secretary.upload(f"/agenda-items/{room.items[0]}/documents", name, content)


def converted(room: Room, name: str, content: bytes) -> tuple[str, dict[str, Any]]:
    """An uploaded document and its version, once it is ready or has failed."""
    answer = upload(room, name, content)
    assert answer.status_code == 202, answer.text
    document_id: str = answer.json()["id"]
    return document_id, wait_ready(room.secretary, document_id, timeout=60)


def test_a_word_file_is_read_by_everybody_and_downloaded_by_its_preparers(room: Room):
    content = office_files.docx_with_changes(TEXT, "BO", "THEM")
    document, version = converted(room, NAME, content)
    assert (version["status"], version["page_count"], version["file_name"]) == ("ready", 1, NAME)
    source = version["source"]
    assert (source["format"], source["bytes"], source["converted"]) == ("docx", len(content), True)
    assert [notice["code"] for notice in source["notices"]] == ["tracked_changes"]
    assert "bản cuối" in source["notices"][0]["detail"]
    assert room.secretary.get(f"/documents/{document}").json()["title"] == "Tờ trình số 41"
    room.secretary.post(f"/documents/{document}/publish")
    seen = room.member.get(f"/documents/{document}").json()["versions"][0]
    assert seen["source"] is None
    path = f"/documents/{document}/versions/1"
    file = room.member.get(f"{path}/file")
    assert quote("Tờ trình_số 41.pdf") in file.headers["Content-Disposition"]
    assert "THEM" in PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    words = [word[4] for word in room.member.get(f"{path}/pages/1/text").json()["words"]]
    assert words == [*TEXT.split(), "THEM"]
    for person in (room.secretary, room.chair):
        answer = person.get(f"{path}/source")
        assert answer.content == content
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert quote(NAME) in answer.headers["Content-Disposition"]
    refused = room.member.get(f"{path}/source")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_the_source_of_a_pdf_is_the_pdf(room: Room):
    paper = add_paper(room.secretary, room.items[0], small_pdf(1, "nguon"), "a.pdf")
    assert room.secretary.get(f"/documents/{paper}/versions/1/source").content == small_pdf(
        1, "nguon"
    )


def test_the_same_file_again_is_not_converted_again(room: Room):
    content = office_files.docx("Một lần thôi")
    first, second = (converted(room, NAME, content)[1] for _ in range(2))
    # A PDF that is made once more has another time in it.
    assert first["sha256"] == second["sha256"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.doc", b"<html><body>x</body></html>", "unsupported_file"),
        ("a.exe", b"MZ" + bytes(100), "unsupported_file"),
        ("a.txt", b"\x00\x01\x02", "unsupported_file"),
        ("a.zip", office_files.changed(office_files.docx(), "x", bytes)[:50], "unsupported_file"),
        ("a.pdf", office_files.docx("x"), "not_a_pdf"),
        ("a.docx", b"", "file_empty"),
    ],
)
def test_what_is_no_such_file_is_refused_at_once(room: Room, name: str, content: bytes, code: str):
    answer = upload(room, name, content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not answer.json()["detail"].startswith("error.")


def test_a_file_that_cannot_be_converted_leaves_the_others_alone(room: Room):
    broken = office_files.changed(office_files.docx("x"), "word/document.xml", lambda _: b"<")
    document, version = converted(room, NAME, broken)
    assert version["status"] == "failed"
    assert version["error"]["code"] == "conversion_failed"
    file = room.secretary.get(f"/documents/{document}/versions/1/file")
    assert (file.status_code, file.json()["code"]) == (409, "document_failed")
    page = room.secretary.get(f"/documents/{document}/versions/1/pages/1/image")
    assert (page.status_code, page.json()["code"]) == (409, "document_failed")
    assert converted(room, "b.docx", office_files.docx("y"))[1]["status"] == "ready"
    again = room.secretary.upload(f"/documents/{document}/versions", "c.pdf", small_pdf(2))
    assert again.status_code == 202
    assert wait_ready(room.secretary, document, 2)["page_count"] == 2


def test_the_uploaded_file_is_kept_and_copied(room: Room, tmp_path: Path):
    content = office_files.docx("Giữ lại")
    document, version = converted(room, NAME, content)
    assert version["status"] == "ready", version
    make_old(room.server.made.data)
    delete_unreferenced(room.server.made.data)
    path = f"/documents/{document}/versions/1"
    assert room.secretary.get(f"{path}/source").content == content
    file = room.secretary.get(f"{path}/file")
    assert file.status_code == 200, file.text
    back_up(room.server, tmp_path / "stick")
    copied = {file.name for file in (tmp_path / "stick" / "files").glob("*/*")}
    assert {version["sha256"], hashlib.sha256(content).hexdigest()} <= copied


def test_a_pdf_by_another_name_is_a_pdf(room: Room):
    assert converted(room, "quyet dinh.docx", small_pdf(2, "khac"))[1]["source"] is None
