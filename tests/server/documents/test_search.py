"""Search through the real server: who finds what."""

import pytest

from tests import office_files
from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper
from tests.server.documents.search_steps import (
    found_soon,
    index_bytes,
    refresh_index,
    search,
)

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

TEXT = "Nghị quyết phê chuẩn quyết toán của Hội đồng nhân dân xã"


def test_a_page_is_found_with_its_place_by_who_may_read_it(room: Room):
    here, everywhere = f"/meetings/{room.id}/search", "/search"
    paper = add_paper(room.secretary, room.items[0], office_files.docx(TEXT), "nq.docx", 60)
    (found,) = found_soon(room.secretary, here, "quyet toan cua hoi dong")
    assert (found["meeting_id"], found["document_id"]) == (room.id, paper)
    assert (found["version"], found["page"], found["title"]) == (1, 1, "nq")
    assert found["source"] == "text"
    marked = [piece["text"] for piece in found["snippet"] if piece["match"]]
    assert marked == ["quyết toán của Hội đồng"]
    words = room.secretary.get(f"/documents/{paper}/versions/1/pages/1/text").json()["words"]
    assert found["boxes"] == [word[:4] for word in words[4:9]]
    # Not published yet: not even its existence shows.
    for person in (room.member, room.guest):
        assert search(person, here, "quyết toán") == search(person, everywhere, "quyết toán") == []
    room.secretary.post(f"/documents/{paper}/publish")
    for path in (here, everywhere):
        assert [one["document_id"] for one in search(room.member, path, "quyết toán")] == [paper]
    assert search(room.guest, here, "quyết toán") == []
    room.secretary.patch(f"/documents/{paper}", open_to_guests=True)
    assert len(search(room.guest, here, "quyết toán")) == 1
    assert search(room.stranger, everywhere, "quyết toán") == []
    refused = room.stranger.get(here, params={"q": "quyết toán"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert room.secretary.delete(f"/documents/{paper}").status_code == 204
    assert search(room.member, here, "quyết toán") == []


def test_the_new_version_is_found_and_the_old_one_not(room: Room):
    paper = add_paper(room.secretary, room.items[0], small_pdf(1, "ban thu nhat"), "a.pdf")
    path = f"/meetings/{room.id}/search"
    assert found_soon(room.secretary, path, "ban thu nhat")
    answer = room.secretary.upload(
        f"/documents/{paper}/versions", "a.pdf", small_pdf(1, "ban thu hai")
    )
    assert answer.status_code == 202
    (found,) = found_soon(room.secretary, path, "ban thu hai")
    assert found["version"] == 2
    assert search(room.secretary, path, "ban thu nhat") == []


@pytest.mark.parametrize("query", ["", "x" * 201])
def test_a_query_without_words_or_too_long_is_refused(room: Room, query: str):
    answer = room.member.get("/search", params={"q": query})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


@pytest.mark.parametrize("query", ['"', "*", "NEAR(", "a\0b", "' OR 1=1 --", "😀"])
def test_signs_find_nothing_and_break_nothing(room: Room, query: str):
    assert search(room.member, f"/meetings/{room.id}/search", query) == []


def test_the_index_is_made_again_and_forgets_what_is_gone(room: Room):
    """What the worker does every minute, in a process of its own."""
    path, data = f"/meetings/{room.id}/search", room.server.made.data
    kept = add_paper(room.secretary, room.items[0], small_pdf(1, "giu lai"), "a.pdf")
    gone = add_paper(room.secretary, room.items[0], small_pdf(1, "vutbodi"), "b.pdf")
    for words in ("giu lai", "vutbodi"):
        assert found_soon(room.secretary, path, words)
    assert room.secretary.delete(f"/documents/{gone}").status_code == 204
    refresh_index(data)
    assert b"vutbodi" not in index_bytes(data)
    assert b"giu" in index_bytes(data)
    for file in data.glob("search.sqlite3*"):
        file.unlink()
    assert search(room.secretary, path, "giu lai") == []
    refresh_index(data)
    assert [one["document_id"] for one in search(room.secretary, path, "giu lai")] == [kept]
