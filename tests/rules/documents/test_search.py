"""Words are found with and without accents; what is erased leaves the file."""

import unicodedata
from pathlib import Path

import pytest

from accounts.shared.name_rules import fold
from documents.render_protocol import Word
from documents.search.folding import tokens
from documents.search.index import Fts5Index, Hit
from documents.search.matching import Closeness, match

A, B = "a" * 64, "b" * 64


def words(text: str) -> list[Word]:
    """Words side by side on one line."""
    return [(i / 100, 0.1, i / 100 + 0.01, 0.2, word) for i, word in enumerate(text.split())]


@pytest.fixture
def index(tmp_path: Path) -> Fts5Index:
    """Two documents."""
    made = Fts5Index(tmp_path / "search.sqlite3")
    made.put(A, {1: "Nghị quyết của Hội đồng nhân dân xã", 2: "hoi dong thi dau the thao"})
    made.put(B, {7: "đồng ruộng; sau đó Hội, (đồng) trồng cây"})
    return made


def places(hits: list[Hit]) -> list[tuple[str, int, Closeness]]:
    return [(hit.sha256[0], hit.page, hit.closeness) for hit in hits]


def test_folding():
    assert fold("Đường Hội ĐỒNG") == "duong hoi dong"
    assert [t.folded for t in tokens("41/TTr-UBND, ngày 5.1")] == [
        "41",
        "ttr",
        "ubnd",
        "ngay",
        "5",
        "1",
    ]


def test_exact_accents_come_first_then_any_then_words_apart(index: Fts5Index):
    *exact, last = places(index.find("hội đồng", [A, B], 9))
    assert sorted(exact) == [("a", 1, Closeness.EXACT_PHRASE), ("b", 7, Closeness.EXACT_PHRASE)]
    assert last == ("a", 2, Closeness.PHRASE)
    assert {hit.page for hit in index.find("HOI DONG", [A, B], 9)} == {1, 2, 7}
    apart = places(index.find("đồng hội", [A], 9))
    assert sorted(apart) == [("a", 1, Closeness.WORDS), ("a", 2, Closeness.WORDS)]


def test_words_are_separated_as_on_the_page(index: Fts5Index):
    index.put(A, {1: "Số:____/QĐ ho_so.pdf \uf0b7Nội dung"})
    for query in ("ho so", "noi dung", "số qđ"):
        assert [hit.page for hit in index.find(query, [A], 9)] == [1], query
    page = words("Số:____/QĐ ho_so.pdf \uf0b7Nội dung")
    assert len(match(page, "ho so", Closeness.EXACT_PHRASE).boxes) == 1
    assert len(match(page, "noi dung", Closeness.PHRASE).boxes) == 2


def test_a_damaged_index_is_removed(index: Fts5Index, tmp_path: Path):
    index.remove()
    assert list(tmp_path.iterdir()) == []
    assert index.known() == set()


def test_decomposed_text_is_the_same(index: Fts5Index):
    query = unicodedata.normalize("NFD", "hội đồng nhân dân")
    assert places(index.find(query, [A], 9)) == [("a", 1, Closeness.EXACT_PHRASE)]


def test_only_these_documents_are_searched(index: Fts5Index):
    assert {hit.sha256 for hit in index.find("đồng", [B], 9)} == {B}
    assert index.find("đồng", [], 9) == []
    assert index.find("đồng", ["c" * 64], 9) == []


def test_no_more_than_wanted(index: Fts5Index):
    assert len(index.find("dong", [A, B], 2)) == 2


@pytest.mark.parametrize(
    "query",
    [
        *('"', '""', "*", "hội*", "NEAR(", "hội NEAR đồng", "\0", "a\0b", "folded : x", "-x", "'"),
        *("()", "đ" * 10_000, "a " * 5_000, "😀", " ", "AND OR NOT"),
    ],
)
def test_any_text_is_a_query(index: Fts5Index, query: str):
    assert isinstance(index.find(query, [A, B], 9), list)


def test_a_document_is_replaced_and_erased(index: Fts5Index, tmp_path: Path):
    index.put(A, {1: "BÍ-MẬT-MỘT chỉ có ở đây"})
    assert index.find("nghị quyết", [A], 9) == []
    assert index.find("bi mat mot", [A], 9)
    index.forget([A])
    assert index.known() == {B}
    assert index.find("bi mat", [A, B], 9) == []
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for word in ("mật", "bí", "nghị", "quyết", "thao"):
        assert word.encode() not in left
    assert "trồng".encode() in left
    assert index.find("trồng cây", [B], 9)


def test_without_an_index_nothing_is_found(tmp_path: Path):
    assert Fts5Index(tmp_path / "none.sqlite3").find("x", [A], 9) == []


def test_where_a_phrase_stands_and_what_surrounds_it():
    page = words("Căn cứ Nghị quyết của Hội đồng, (nhân) dân xã về việc Hội Đồng")
    found = match(page, "hoi dong", Closeness.PHRASE)
    assert [box[0] for box in found.boxes] == [0.05, 0.06, 0.12, 0.13]
    assert [piece.text for piece in found.snippet if piece.match] == ["Hội đồng,", "Hội Đồng"]
    assert " ".join(piece.text for piece in found.snippet).startswith("Căn cứ Nghị")
    assert match(page, "hoi dong", Closeness.EXACT_PHRASE).boxes == []
    assert [box[0] for box in match(page, "xã nhân", Closeness.WORDS).boxes] == [0.07, 0.09]
