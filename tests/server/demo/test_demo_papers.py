"""The demonstration's papers follow the official form: read back with poppler, page by page."""

from __future__ import annotations

import html
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from core.paths import ROOT
from core.typesetting.fonts import TypesettingError, tinos_folder
from demo.agenda import items, timetable
from demo.papers import typeset
from demo.papers.budget import budget
from demo.papers.catalogue import Paper
from demo.people import PEOPLE, deputies, person

pytestmark = pytest.mark.slow

ON = date(2026, 11, 24)
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
CREED = "Độc lập - Tự do - Hạnh phúc"
TERM = "khóa II, nhiệm kỳ 2026 - 2031"
SCANNED = "kien_nghi"
TYPESET = ["giay_moi", "chuong_trinh", "bao_cao", "to_trinh", "du_thao", "tham_tra", "du_toan"]
COUNCIL = ("HỘI ĐỒNG NHÂN DÂN", "XÃ AN PHÚ TÂN")
COMMITTEE = ("ỦY BAN NHÂN DÂN", "XÃ AN PHÚ TÂN")
BODIES = {
    "giay_moi": COUNCIL,
    "chuong_trinh": COUNCIL,
    "du_thao": COUNCIL,
    "bao_cao": COMMITTEE,
    "to_trinh": COMMITTEE,
    "du_toan": COMMITTEE,
    "tham_tra": ("BAN KINH TẾ - XÃ HỘI",),
}
NUMBERS = {
    "giay_moi": "Số: 19/GM-HĐND",
    "chuong_trinh": "Số: 07/CTr-HĐND",
    "bao_cao": "Số: 118/BC-UBND",
    "to_trinh": "Số: 41/TTr-UBND",
    "tham_tra": "Số: 12/BC-BKTXH",
    "du_toan": "Số: 41/TTr-UBND",
}


@dataclass(frozen=True)
class Run:
    """One line of type on a page, in pixels of a picture at 108 dpi."""

    text: str
    bold: bool
    italic: bool
    top: int
    left: int
    width: int
    height: int


def poppler(*words: str | Path) -> str:
    """What one of poppler's programs prints, spaces made plain."""
    done = subprocess.run([str(word) for word in words], check=True, capture_output=True)
    return done.stdout.decode().replace("\u00a0", " ")


def lines(paper: Paper, page: int = 1) -> list[str]:
    """The page's lines as they lie side by side, empty ones left out."""
    text = poppler("pdftotext", "-layout", "-f", str(page), "-l", str(page), paper.path, "-")
    return [line for line in text.replace("\f", "").splitlines() if line.strip()]


def runs(paper: Paper) -> list[Run]:
    """Page 1 as lines of type with their style and place."""
    xml = poppler("pdftohtml", "-xml", "-i", "-stdout", "-f", "1", "-l", "1", paper.path)
    found = re.findall(
        r'<text top="(-?\d+)" left="(\d+)" width="(\d+)" height="(\d+)" font="\d+">(.*?)</text>',
        xml,
    )
    return [
        Run(
            html.unescape(re.sub(r"<[^>]+>", "", inner)).strip(),
            "<b>" in inner,
            "<i>" in inner,
            int(top),
            int(left),
            int(width),
            int(height),
        )
        for top, left, width, height, inner in found
    ]


def facts_of(paper: Paper) -> dict[str, str]:
    """What pdfinfo says about the file."""
    rows = poppler("pdfinfo", paper.path).splitlines()
    return {key.strip(): value.strip() for key, _, value in (row.partition(":") for row in rows)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """All papers, typeset once, by key."""
    folder = tmp_path_factory.mktemp("papers")
    return {paper.key: paper for paper in typeset(folder, tinos_folder(ROOT), ON)}


def test_there_are_eight_papers_on_their_items(made: dict[str, Paper]) -> None:
    assert len(made) == 8
    assert made["giay_moi"].item is None
    agenda = items(ON)
    for paper in made.values():
        assert paper.kind == paper.key
        assert paper.path.read_bytes().startswith(b"%PDF-")
        assert paper.path.name == paper.file_name
        if paper.item is not None:
            assert paper.key in agenda[paper.item].papers
    assert sum(len(item.papers) for item in agenda) == 7


def test_page_counts_are_as_promised(made: dict[str, Paper]) -> None:
    counts = {key: int(facts_of(paper)["Pages"]) for key, paper in made.items()}
    assert counts == {key: paper.pages for key, paper in made.items()}
    assert counts["bao_cao"] == 40


@pytest.mark.parametrize("on", [date(2027, 1, 5), date(2027, 6, 30), date(2028, 2, 29)])
def test_another_day_changes_the_dates_and_not_the_length(tmp_path: Path, on: date) -> None:
    for paper in typeset(tmp_path, tinos_folder(ROOT), on):
        assert int(facts_of(paper)["Pages"]) == paper.pages, paper.key


def test_the_same_day_gives_the_same_bytes(made: dict[str, Paper], tmp_path: Path) -> None:
    for again in typeset(tmp_path, tinos_folder(ROOT), ON):
        assert again.path.read_bytes() == made[again.key].path.read_bytes(), again.key


@pytest.mark.parametrize("key", TYPESET)
def test_motto_and_creed_stand_on_one_line_each_in_bold(made: dict[str, Paper], key: str) -> None:
    page = lines(made[key])
    assert page[0].endswith(MOTTO)
    assert any(line.endswith(CREED) for line in page[1:3])
    bold = [run.text for run in runs(made[key]) if run.bold]
    assert MOTTO in bold
    assert CREED in bold


@pytest.mark.parametrize("key", TYPESET)
def test_the_creed_has_a_rule_of_its_own_length(
    made: dict[str, Paper], key: str, tmp_path: Path
) -> None:
    creed = next(run for run in runs(made[key]) if run.text == CREED)
    picture = tmp_path / "page"
    poppler("pdftoppm", "-r", "108", "-singlefile", "-png", made[key].path, picture)
    with Image.open(picture.with_suffix(".png")) as page:
        below = page.convert("L").crop(
            (
                creed.left - 30,
                creed.top + creed.height,
                creed.left + creed.width + 30,
                creed.top + creed.height + 14,
            )
        )
    width, height = below.size
    pixels = below.tobytes()
    dark = [
        sum(value < 150 for value in pixels[row * width : (row + 1) * width])
        for row in range(height)
    ]
    assert max(dark) == pytest.approx(creed.width, abs=4)


@pytest.mark.parametrize("key", TYPESET)
def test_the_issuing_body_is_bold_on_every_line(made: dict[str, Paper], key: str) -> None:
    left = [run for run in runs(made[key]) if run.top < 165 and run.left + run.width < 450]
    bold = tuple(run.text for run in left if run.bold)
    assert bold == BODIES[key]


@pytest.mark.parametrize("key", TYPESET)
def test_number_place_and_date(made: dict[str, Paper], key: str) -> None:
    page = "\n".join(lines(made[key])[:6])
    if key == "du_thao":
        assert re.search(r"Số: +/NQ-HĐND", page)
        assert re.search(r"An Phú Tân, ngày {4,}tháng 11 năm 2026", page)
    else:
        assert NUMBERS[key] in page
        assert re.search(r"An Phú Tân, ngày \d\d tháng \d\d? năm 2026", page)
    dated = next(run for run in runs(made[key]) if run.text.startswith("An Phú Tân, ngày"))
    assert dated.italic


@pytest.mark.parametrize("key", TYPESET)
def test_the_term_and_session_are_named_on_page_one(made: dict[str, Paper], key: str) -> None:
    page = " ".join(" ".join(lines(made[key])).split())
    assert TERM.casefold() in page.casefold()
    assert "kỳ họp thứ hai" in page.casefold()


def test_the_draft_resolution_has_every_part_in_order(made: dict[str, Paper]) -> None:
    paper = made["du_thao"]
    page = [line.strip() for line in lines(paper)]
    order = [
        page.index("DỰ THẢO"),
        page.index("NGHỊ QUYẾT"),
        page.index("Về phân bổ dự toán ngân sách xã năm 2027"),
        page.index("HỘI ĐỒNG NHÂN DÂN XÃ AN PHÚ TÂN"),
        page.index("KHÓA II, NHIỆM KỲ 2026 - 2031"),
        page.index("KỲ HỌP THỨ HAI"),
        page.index("QUYẾT NGHỊ:"),
    ]
    assert order == sorted(order)
    assert any(line.startswith("Điều 1. ") for line in page[order[-1] :])
    whole = " ".join(poppler("pdftotext", "-layout", paper.path, "-").split())
    assert "có hiệu lực kể từ ngày thông qua./." in whole
    assert "Nơi nhận:" in whole
    assert "- Lưu: VT." in whole


@pytest.mark.parametrize("key", ["du_thao", "to_trinh"])
def test_each_legal_basis_begins_a_line_of_its_own(made: dict[str, Paper], key: str) -> None:
    page = [line.strip() for line in lines(made[key])]
    text = "\n".join(page)
    assert text.count("Căn cứ ") == sum(line.startswith("Căn cứ ") for line in page) >= 3
    bases = re.findall(r"^(?:Căn cứ|Xét) .*?[;.]$", text, re.MULTILINE | re.DOTALL)
    assert all(basis.endswith(";") for basis in bases[:-1])
    assert bases[-1].endswith(".")
    italic = [run.text for run in runs(made[key]) if run.text.startswith("Căn cứ") and run.italic]
    assert len(italic) == text.count("Căn cứ ")


@pytest.mark.parametrize("key", TYPESET)
def test_only_tinos_is_embedded(made: dict[str, Paper], key: str) -> None:
    rows = [row.split() for row in poppler("pdffonts", made[key].path).splitlines()[2:]]
    assert rows
    for row in rows:
        assert re.fullmatch(r"[A-Z]{6}\+Tinos-(Regular|Bold|Italic|BoldItalic)", row[0])
        assert row[-5:-2] == ["yes", "yes", "yes"], "embedded, subset, with Unicode map"


def test_the_page_number_stands_on_top_but_not_on_page_one(made: dict[str, Paper]) -> None:
    for key in TYPESET:
        assert not lines(made[key])[0].strip().isdigit()
        for page in range(2, made[key].pages + 1, 7):
            assert lines(made[key], page)[0].strip() == str(page)


def test_the_budget_table_lies_on_its_side(made: dict[str, Paper]) -> None:
    for key, paper in made.items():
        width, height = (
            float(side) for side in re.findall(r"[\d.]+", facts_of(paper)["Page size"])[:2]
        )
        assert (width > height) is (key == "du_toan"), key
        assert sorted((width, height)) == pytest.approx([595.3, 841.9], abs=1.5)


def test_the_scanned_paper_is_pictures_without_text(made: dict[str, Paper]) -> None:
    paper = made[SCANNED]
    assert poppler("pdftotext", paper.path, "-").strip() == ""
    assert poppler("pdffonts", paper.path).splitlines()[2:] == []
    rows = [row.split() for row in poppler("pdfimages", "-list", paper.path).splitlines()[2:]]
    assert [row[5] for row in rows] == ["gray"] * paper.pages
    assert {row[8] for row in rows} == {"jpeg"}


def test_the_report_is_forty_different_pages_with_tables(made: dict[str, Paper]) -> None:
    whole = poppler("pdftotext", "-layout", made["bao_cao"].path, "-")
    pages = whole.split("\f")[:-1]
    assert all(len(page.split()) > 60 for page in pages)
    sentences = Counter(
        sentence
        for sentence in re.split(r"[.;:]\s", " ".join(whole.split()))
        if len(sentence) > 60 and "Kèm theo Báo cáo" not in sentence
    )
    assert [sentence for sentence, times in sentences.items() if times > 1] == []
    appendices = re.findall(r"^ *Phụ lục ([IVX]+)$", whole, re.MULTILINE)
    assert len(appendices) == len(set(appendices)) == 19
    running = " ".join(whole.split())
    for number in appendices:
        named = re.findall(rf"Phụ lục {number}\b", running)
        assert len(named) >= 2, f"appendix {number} is never referred to"


def test_numbers_are_written_the_vietnamese_way_and_agree(made: dict[str, Paper]) -> None:
    for key in ("du_thao", "to_trinh", "tham_tra", "du_toan", "bao_cao"):
        whole = poppler("pdftotext", "-layout", made[key].path, "-")
        assert not re.search(r"\d,\d{3}\.\d", whole), key
    for key in ("du_thao", "to_trinh", "du_toan", "bao_cao"):
        assert "186.420" in poppler("pdftotext", "-layout", made[key].path, "-")


def test_the_budget_balances() -> None:
    tables = budget()
    assert tables["revenue_total"]["planned"] == tables["spending_total"]["planned"]
    assert tables["revenue_total"]["before"] == tables["spending_total"]["before"]
    assert sum(unit["total"] for unit in tables["units"]) == tables["recurrent_total"]["planned"]
    works = [*tables["carried_on"], *tables["started"]]
    by_source = (
        sum(work["land"] for work in works),
        sum(work["balance"] for work in works),
        sum(work["targeted"] for work in works),
    )
    assert by_source == tuple(line["planned"] for line in tables["investment"])
    done = tables["this_year"]
    assert sum(work["assigned"] for work in done) == tables["investment_total"]["before"]
    assert sum(work["paid"] for work in done) == tables["investment_total"]["expected"]
    assert sum(tables["kept"]) == tables["revenue"][0]["planned"]


def test_the_people_are_a_council_in_session() -> None:
    assert len(deputies()) == 31
    roles = Counter(someone.role for someone in PEOPLE)
    assert roles == {"chair": 2, "secretary": 2, "member": 28, "guest": 2}
    secretaries = [someone for someone in PEOPLE if someone.role == "secretary"]
    assert sorted(someone.entitled_to_vote for someone in secretaries) == [False, True]
    assert sum(someone.simulated for someone in PEOPLE) == 24
    for names in ("key", "name", "seat"):
        assert len({getattr(someone, names) for someone in PEOPLE}) == len(PEOPLE), names
    assert Counter(someone.frame for someone in PEOPLE if someone.frame) == {
        "chair": 1,
        "secretary": 1,
        "member-1": 1,
        "member-2": 1,
    }
    with pytest.raises(KeyError):
        person("nobody")


def test_the_programme_shows_the_agenda_and_its_hours(made: dict[str, Paper]) -> None:
    whole = " ".join(poppler("pdftotext", "-raw", made["chuong_trinh"].path, "-").split())
    for item, (begins, _) in zip(items(ON), timetable(ON), strict=True):
        assert item.title in whole
        assert f"{begins.hour:02d} giờ {begins.minute:02d}" in whole


def test_missing_or_foreign_fonts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match="No Tinos fonts"):
        tinos_folder(tmp_path)
    with pytest.raises(TypesettingError, match="Expected the family Tinos"):
        typeset(tmp_path / "papers", tmp_path, ON)
