"""The page that checks a vote archive, as a file in a browser without a network."""

import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from core.http.pages import DIST
from meetings.voting.vote_log.merkle import leaf_hash
from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.window import DESKTOP, PHONE, UPRIGHT, Window
from tests.rules.verifier.slip_texts import grouped
from tests.rules.verifier.test_browser_verifier import receipt_of, slip_of
from tests.rules.verifier.test_verifier_files import plain
from tests.rules.voting.vote_archives import archive_of, unzipped, zipped
from tests.server.real_server import RealServer

PAGE = DIST / "verify.html"
DARK: dict[str, Any] = {**UPRIGHT, "color_scheme": "dark"}


@dataclass(frozen=True)
class Given:
    """Files that a person has, and the key that the body published."""

    folder: Path
    key: str

    def __truediv__(self, name: str) -> Path:
        return self.folder / name


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Given:
    folder = tmp_path_factory.mktemp("given")
    held = plain()
    archive = archive_of(*held.files())
    (folder / "good.zip").write_bytes(archive)
    members = unzipped(archive)
    lines = members["log.jsonl"].splitlines(keepends=True)
    lines[4] = re.sub(rb"[.]\d\d\dZ", b".999Z", lines[4])
    edited = {**members, "log.jsonl": b"".join(lines)}
    (folder / "edited.zip").write_bytes(zipped(edited).getvalue())
    (folder / "receipt.json").write_bytes(receipt_of(held, 3))
    said = json.loads(receipt_of(held, 3))["receipt"]
    (folder / "other.json").write_text(json.dumps({**said, "proof": said["proof"][::-1]}))
    (folder / "kept.txt").write_text(held.log.notes[2])
    (folder / "text.zip").write_text("hello")
    (folder / "empty.zip").write_bytes(b"")
    empty_log = zipped({**members, "log.jsonl": b""}).getvalue()
    (folder / "empty-member.zip").write_bytes(empty_log)
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("key.txt", b"0" * (1 << 22))
    return Given(folder, held.log.signers[-1].vkey)


class VerifyScreen:
    """The page, and what it shows of a check."""

    def __init__(self, window: Window) -> None:
        self.window, self.page = window, window.page

    def choose(self, path: Path, field: str = "archive") -> None:
        self.page.set_input_files(f"input[name={field}]", path)

    def result(self, tone: str) -> Locator:
        return self.page.locator(f".verdict.{tone}")

    def type_receipt(self, text: str) -> None:
        self.page.locator("textarea[name=slip]").fill(text)
        self.page.get_by_role("button", name="Thêm").click()

    def enter_key(self, key: str) -> None:
        self.page.locator("input[name=key]").fill(key)
        self.page.keyboard.press("Tab")


def opened(windows: Opens, size: dict[str, Any] = DESKTOP) -> VerifyScreen:
    window = windows("citizen", PAGE.parent.as_uri(), {**size, "offline": True})
    return VerifyScreen(window.open(f"/{PAGE.name}"))


def is_well_shown(page: Page) -> None:
    settle(page)
    assert faults(page) + axe_faults(page) == []


def test_an_archive_is_checked_without_a_network(windows: Opens, given: Given, artifacts: Path):
    screen = opened(windows)
    screen.choose(given / "good.zip")
    expect(screen.result("good")).to_contain_text("Không thấy sai sót")
    expect(screen.result("open")).to_contain_text("Chưa biết nhật ký do ai ký")
    screen.enter_key(given.key)
    expect(screen.result("good")).to_contain_text("Khóa đã cho bảo đảm cho nhật ký này.")
    expect(screen.result("open")).to_have_count(0)
    screen.choose(given / "receipt.json", "receipts")
    screen.choose(given / "kept.txt", "kept")
    expect(screen.result("good")).to_contain_text("Biên nhận khớp: 1")
    expect(screen.result("good")).to_contain_text("Tệp điểm chốt khớp: 1")
    expect(screen.page.locator(".report")).to_contain_text("Biểu quyết 1:")
    screen.window.button("English").click()
    expect(screen.page.locator(".report")).to_contain_text("Vote 1:")
    expect(screen.result("good")).to_contain_text("Nothing wrong")
    screen.window.shot(artifacts, "good")


def test_the_text_of_a_slip_is_pasted_typed_or_chosen(
    windows: Opens, given: Given, artifacts: Path
):
    slip = slip_of(plain(), 3)
    screen = opened(windows, PHONE)
    screen.choose(given / "good.zip")
    for text in (slip, grouped(slip_of(plain(), 4)), f"5:{leaf_hash(plain().log.lines[5]).hex()}"):
        screen.type_receipt(text)
    expect(screen.result("good")).to_contain_text("Biên nhận khớp: 3")
    screen.page.locator(".typed").scroll_into_view_if_needed()
    is_well_shown(screen.page)
    screen.window.shot(artifacts, "slips")
    screen.type_receipt(slip[:-1])
    expect(screen.result("open")).to_contain_text("bị thiếu, thừa hoặc sai ký tự")
    screen.page.get_by_role("button", name=f"Bỏ DHR1:…{slip[-7:-1]}").click()
    expect(screen.result("good")).to_contain_text("Biên nhận khớp: 3")
    screen.type_receipt("4:" + "0" * 64)
    expect(screen.result("bad")).to_contain_text("Sai ở mục 4")
    screen.page.get_by_role("button", name="Bỏ 4:000…000000").click()
    file = given / "slip.txt"
    file.write_text(grouped(slip))
    screen.choose(file, "receipts")
    expect(screen.result("good")).to_contain_text("Biên nhận khớp: 4")


def test_what_is_wrong_is_named(windows: Opens, given: Given, artifacts: Path):
    screen = opened(windows, PHONE)
    screen.choose(given / "edited.zip")
    expect(screen.result("bad")).to_contain_text("Sai ở mục 4")
    expect(screen.page.locator(".report")).to_have_count(0)
    screen.window.shot(artifacts, "edited")
    screen.choose(given / "good.zip")
    expect(screen.result("good")).to_be_visible()
    screen.choose(given / "other.json", "receipts")
    expect(screen.result("open")).to_contain_text("Biên nhận của mục 3 tự mâu thuẫn")
    screen.page.get_by_role("button", name="Bỏ other.json").click()
    expect(screen.result("good")).to_be_visible()
    screen.enter_key(given.key.replace("test1234", "other123"))
    expect(screen.result("open")).to_contain_text("không phải khóa công khai")


WRONG_FILES = {
    "text.zip": "không phải tệp zip",
    "empty-member.zip": "phải có 25 mục",
    "empty.zip": "không phải tệp zip",
    "bomb.zip": "key.txt quá lớn",
}


def test_wrong_files_get_clear_words(windows: Opens, given: Given):
    screen = opened(windows)
    for name, words in WRONG_FILES.items():
        screen.choose(given / name)
        expect(screen.page.locator(".verdict")).to_contain_text(words)


def test_a_receipt_of_another_ballot_does_not_match(windows: Opens, given: Given):
    """The receipt is right in itself: the archive has another entry in its place."""
    held = plain()
    held.log.lines[3] = held.log.lines[3].replace(b'"commitment":"', b'"commitment":"0')[:-1]
    receipt = given / "of-another.json"
    receipt.write_bytes(receipt_of(held, 3))
    screen = opened(windows)
    screen.choose(receipt, "receipts")
    screen.choose(given / "good.zip")
    expect(screen.result("bad")).to_contain_text("Sai ở mục 3")
    expect(screen.result("bad")).to_contain_text("không khớp với điểm chốt đã giữ")
    expect(screen.result("bad")).to_contain_text("nằm trong biên nhận")


@pytest.mark.parametrize("size", [PHONE, DARK, DESKTOP], ids=["phone", "dark", "desktop"])
def test_the_page_is_well_shown(size: dict[str, Any], windows: Opens, given: Given, artifacts):
    screen = opened(windows, size)
    is_well_shown(screen.page)
    screen.choose(given / "good.zip")
    expect(screen.result("good")).to_be_visible()
    is_well_shown(screen.page)
    screen.choose(given / "edited.zip")
    expect(screen.result("bad")).to_be_visible()
    is_well_shown(screen.page)
    screen.window.shot(artifacts, "shown")


def test_the_server_sends_the_same_page(windows: Opens, server: RealServer, given: Given):
    answer = requests.get(f"{server.url}/verify", timeout=10)
    assert answer.content == PAGE.read_bytes()
    assert answer.headers["Content-Disposition"].startswith("inline")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    screen = VerifyScreen(windows("citizen", server.url).open("/verify"))
    screen.choose(given / "good.zip")
    expect(screen.result("good")).to_be_visible()
