"""Rules of votes in administration: an own pack is written wrongly, mended, used and withdrawn."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opens
from tests.browser.window import DESKTOP, PHONE, TABLET, Window
from tests.factories import later
from tests.pack_texts import own_pack

TITLE = "Hội đồng trường"


def written(name: str, kind: str) -> str:
    """A pack of a school council under a title of its own."""
    return own_pack(name, kind=kind).replace('vi = "Cuộc họp chung"', f'vi = "{TITLE} {name}"')


def editor(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Thêm bộ quy tắc")


def type_over(page: Page, line: int, text: str) -> None:
    """Go to a line as the sheet offers it, and write it anew."""
    editor(page).get_by_role("button", name=f"Đến dòng {line}").click()
    page.keyboard.type(text)


def pack_named(page: Page, title: str) -> Locator:
    return page.locator("tbody[data-pack]").filter(has=page.get_by_role("heading", name=title))


def offered(page: Page, meeting: str) -> Locator:
    """The rules that the page shows of one meeting."""
    choice = page.get_by_label("Xem quy tắc của")
    label = choice.locator("option", has_text=meeting).inner_text()
    choice.select_option(label=label)
    expect(page.get_by_role("heading", name=meeting)).to_be_visible()
    return page.locator("tr.rule")


def add_button(page: Page) -> Locator:
    return editor(page).get_by_role("button", name="Thêm bộ quy tắc này")


def write_wrongly_and_mend(window: Window, artifacts: Path) -> None:
    """A pack with two faults: each is named with its line, gone to, and written anew."""
    page, sheet = window.page, editor(window.page)
    text = written("quarter", "school_quarter")
    wrong = text.replace('base = "cast"', "base = “cast”").replace('tie = "not_', 'tie = "nót_')
    sheet.get_by_label("Nội dung bộ quy tắc").fill(wrong)
    said = sheet.locator(".notice.bad")
    expect(said).to_contain_text("Dòng 42")
    expect(said).to_contain_text("ngoặc kép thẳng")
    expect(sheet.locator(".wrong-line")).to_have_text("42")
    expect(add_button(page)).to_be_disabled()
    window.shot(artifacts, "wrong")
    type_over(page, 42, 'base = "cast"')
    expect(said).to_contain_text("Dòng 46, mục tie của quy tắc thứ 1")
    type_over(page, 46, 'tie = "not_adopted"')
    expect(sheet.get_by_text("Bộ quy tắc dùng được")).to_be_visible()
    rule = sheet.locator(".rule-said").first
    for words in ("Được thông qua khi số tán thành", "cần ít nhất 16 tán thành", "Chưa đối chiếu"):
        expect(rule).to_contain_text(words)
    window.shot(artifacts, "read-over")


def withdraw(page: Page, pack: Locator) -> None:
    pack.get_by_role("button", name=re.compile("^Việc khác với bộ quy tắc")).click()
    page.get_by_role("menuitem", name="Ngừng áp dụng").click()
    expect(pack).to_have_count(0)


def asked_once_to_check_the_packs(admin: Window, artifacts: Path) -> None:
    """Where an administrator starts, until it is put away; and where the packs are, always."""
    notice = admin.open("/").page.locator(".packs-to-check")
    expect(notice).to_contain_text("Cần đối chiếu bộ quy tắc biểu quyết")
    admin.shot(artifacts, "start")
    notice.get_by_role("button", name="Đã biết").click()
    admin.page.reload()
    expect(admin.page.get_by_role("heading", level=1)).to_be_visible()
    expect(notice).to_be_hidden()
    admin.open("/vote-rules")
    expect(admin.page.locator(".rules-body > .notice")).to_contain_text("Hội đồng nhân dân")


def test_an_own_pack_is_mended_used_and_withdrawn(enter: Opens, people, artifacts: Path):
    title = "Họp Hội đồng trường quý IV"
    facts = {"title": title, "kind": "school_quarter", "starts_at": later(hours=30)}
    assert people["thuky"].post("/meetings", **facts).status_code == 201
    # The check answers a wrong pack with a refusal, which a browser reports on its console.
    admin: Window = enter("quantri", DESKTOP).awaits("status of 422")
    page = admin.page
    asked_once_to_check_the_packs(admin, artifacts)
    expect(offered(page, title).first).to_contain_text("committee_general")
    page.get_by_label("Xem quy tắc của").select_option("")

    page.get_by_role("button", name="Thêm bộ quy tắc").first.click()
    expect(editor(page).get_by_role("heading", name="Bắt đầu từ đâu")).to_be_visible()
    write_wrongly_and_mend(admin, artifacts)
    # What was begun is still there after a wrong tap.
    page.keyboard.press("Escape")
    expect(page.locator(".toast")).to_contain_text("được giữ lại")
    page.get_by_role("button", name="Thêm bộ quy tắc").first.click()
    add_button(page).click()
    expect(editor(page)).to_be_hidden()
    pack = pack_named(page, f"{TITLE} quarter")
    expect(pack).to_contain_text("Toàn hệ thống")
    admin.shot(artifacts, "added")
    expect(offered(page, title).first).to_contain_text("quarter_decision")
    expect(page.locator("tr.rule").first).to_contain_text("Chọn sẵn")
    admin.shot(artifacts, "offered")

    page.get_by_label("Xem quy tắc của").select_option("")
    withdraw(page, pack)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(pack).to_be_visible()
    withdraw(page, pack)
    page.get_by_text("Bộ quy tắc đã ngừng áp dụng").click()
    expect(page.locator(".withdrawn li", has_text=f"{TITLE} quarter")).to_be_visible()
    expect(offered(page, title).first).to_contain_text("committee_general")


def test_a_built_in_pack_is_copied_and_the_next_version_written(enter: Opens, people, artifacts):
    admin: Window = enter("quantri", TABLET).awaits("status of 422")
    page = admin.page
    admin.open("/vote-rules")
    pack_named(page, "Ủy ban nhân dân").get_by_role("button", name="Sao chép làm mẫu").tap()
    sheet = editor(page)
    field = sheet.get_by_label("Nội dung bộ quy tắc")
    expect(field).to_have_value(re.compile('^# Bộ quy tắc riêng.*id = "ubnd_rieng"', re.DOTALL))
    expect(sheet.get_by_text("Bộ quy tắc dùng được")).to_be_visible()
    field.fill(field.input_value().replace('{ vi = "Ủy ban nhân dân",', '{ vi = "Ủy ban xã",', 1))
    unit = people["quantri"].get("/units").json()["items"][0]["name"]
    sheet.get_by_label("Áp dụng cho").select_option(label=unit)
    expect(sheet.get_by_text("Bộ quy tắc dùng được")).to_be_visible()
    sheet.get_by_role("button", name="Thêm bộ quy tắc này").tap()
    pack = pack_named(page, "Ủy ban xã")
    expect(pack).to_contain_text(unit)
    expect(pack).to_contain_text("Theo bên mà chủ trì đã biểu quyết")

    pack.get_by_role("button", name=re.compile("^Việc khác với bộ quy tắc")).tap()
    page.get_by_role("menuitem", name="Soạn bản mới").tap()
    expect(field).to_have_value(re.compile("version = 2"))
    expect(sheet.get_by_label("Áp dụng cho").locator("option:checked")).to_have_text(unit)
    expect(sheet.get_by_text("Bộ quy tắc dùng được")).to_be_visible()
    # The same version again is refused in words, before it is added.
    field.fill(field.input_value().replace("version = 2", "version = 1"))
    expect(sheet.locator(".notice.bad")).to_contain_text("bản 1 đã có")
    admin.shot(artifacts, "there-already")


def test_a_file_is_taken_and_one_that_is_no_text_is_refused(enter: Opens, tmp_path, artifacts):
    admin: Window = enter("quantri", PHONE).awaits("status of 422")
    page = admin.page
    admin.open("/vote-rules")
    page.get_by_role("button", name="Thêm bộ quy tắc").first.tap()
    sheet = editor(page)
    good, bad = tmp_path / "goi.toml", tmp_path / "goi.docx"
    good.write_text(written("from_file", "no_such_kind"))
    bad.write_bytes(b"PK\x03\x04\xff\xfe")
    for file in (bad, good):
        with page.expect_file_chooser() as chosen:
            sheet.get_by_role("button", name="Chọn tệp").tap()
        chosen.value.set_files(file)
        if file is bad:
            expect(page.locator(".toast")).to_contain_text("không phải là tệp chữ")
    expect(sheet.get_by_text("Bộ quy tắc dùng được")).to_be_visible()
    expect(sheet.get_by_text("Chưa có cuộc họp nào thuộc loại “no_such_kind”")).to_be_visible()
    sheet.get_by_text("Bộ quy tắc dùng được").scroll_into_view_if_needed()
    admin.shot(artifacts, "phone")


def test_a_meeting_is_given_its_kind_where_it_is_prepared(enter: Opens, people):
    made = people["thuky"].post("/meetings", title="Họp bất thường", starts_at=later(hours=40))
    meeting_id = made.json()["id"]
    secretary: Window = enter("thuky", DESKTOP).open(f"/meetings/{meeting_id}/prepare")
    page = secretary.page
    page.get_by_role("button", name="Sửa").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Loại cuộc họp").select_option(label="Kỳ họp Hội đồng nhân dân")
    form.get_by_role("button", name="Lưu").click()
    expect(form).to_be_hidden()
    expect(page.locator(".prepare-side")).to_contain_text("Kỳ họp Hội đồng nhân dân")
    rules = people["thuky"].get(f"/vote-rules?meeting_id={meeting_id}").json()["items"]
    assert rules[0]["id"] == "hdnd_resolution"


def test_the_page_is_for_administrators(enter: Opens):
    member: Window = enter("daibieu1", TABLET).awaits("status of 403")
    member.open("/vote-rules")
    expect(member.page.locator("main")).to_contain_text("Không có quyền xem trang này")
