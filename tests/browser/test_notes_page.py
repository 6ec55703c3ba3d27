"""All that one wrote, on one page: found, gone back to, written there, also without a network."""

import re

import pytest
from playwright.sync_api import expect

from core.ids import new_id
from tests.browser.conftest import Opens
from tests.browser.notes_screen import ME, NotesScreen, kept, wait_kept, write
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.window import LINE_IS_DOWN, PHONE, TABLET
from tests.factories import PASSWORD, small_pdf
from tests.server.conftest import wait_ready
from tests.server.real_server import Person, wait_until


@pytest.fixture
def sitting(people: dict[str, Person]) -> Sitting:
    """A meeting with a presented paper on which the first member has written."""
    made = call_a_sitting(people, presented=2, title=f"Kỳ họp {new_id()[:6]}")
    write(people[ME], made.paper)
    return made


def test_what_was_written_is_found_and_gone_back_to(enter: Opens, people, sitting, artifacts):
    window = enter(ME, TABLET)
    screen = NotesScreen(window)
    group = screen.page.locator(".notes-group", has=screen.page.get_by_text(sitting_title(sitting)))
    rows = group.locator(".entry")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("Đề nghị giải trình tiến độ")
    expect(rows.nth(0)).to_contain_text("Cả phòng thấy")
    expect(rows.nth(1)).to_contain_text("3 nét")
    expect(rows.nth(1).locator("svg.drawing path")).to_have_count(3)
    expect(rows.nth(2)).to_contain_text("«dự toán ngân sách địa phương»")
    expect(rows.nth(2)).to_contain_text("Chỉ mình tôi thấy")
    expect(rows.nth(2)).to_contain_text(re.compile(r"\d\d:\d\d, \S+ \S+ \d\d/\d\d/\d{4}"))
    screen.search("ngan SACH")
    expect(screen.entries).to_have_count(group_count(screen, sitting))
    expect(rows).to_have_count(1)
    window.shot(artifacts, "found")
    rows.nth(0).get_by_role("link", name="Mở trang 7").click()
    room = RoomScreen(window)
    room.shows(7)
    room.reads_apart(7, 2)
    window.page.go_back()
    expect(screen.page.get_by_label("Tìm trong ghi chú")).to_have_value("ngan SACH")
    expect(rows).to_have_count(1)


def sitting_title(sitting: Sitting) -> str:
    title: str = sitting.secretary.get(sitting.path).json()["title"]
    return title


def group_count(screen: NotesScreen, sitting: Sitting) -> int:
    """How many entries the server finds for the words in the search (none of them is ink)."""
    found = sitting.people[ME].get("/annotations", params={"q": "ngan sach"}).json()
    return len(found["items"])


def test_it_is_narrowed_by_paper_and_kind_and_says_when_nothing_is_left(enter, people, sitting):
    screen = NotesScreen(enter(ME))
    link = f"/meetings/{sitting.id}"
    own = screen.page.locator(f'.entry:has(a[href*="{link}"])')
    expect(own).to_have_count(3)
    # Whatever else the same person wrote on other papers stays out.
    screen.page.get_by_label("Tài liệu", exact=True).select_option(value=sitting.paper)
    screen.choose("Loại", "^Nét bút$")
    expect(own).to_have_count(1)
    expect(own).to_have_attribute("data-kind", "ink")
    screen.choose("Loại", "Mũi tên")
    expect(screen.page.get_by_text("Không tìm thấy ghi chú nào")).to_be_visible()
    screen.page.get_by_role("button", name="Bỏ bộ lọc").click()
    expect(own).to_have_count(3)
    expect(screen.page.get_by_label("Tìm trong ghi chú")).to_be_focused()
    screen.page.get_by_label("Tài liệu", exact=True).select_option(value=sitting.paper)
    expect(screen.entries).to_have_count(3)
    expect(screen.cards).to_have_count(0)
    assert f"document={sitting.paper}" in screen.page.url


def test_the_link_never_moves_the_room_of_who_presents(enter, people, sitting):
    presenter = enter("thuky", TABLET)
    presenter.open(f"{sitting.path}#paper={sitting.paper}&page=9")
    room = RoomScreen(presenter)
    room.shows(9)
    expect(room.state).to_contain_text("Đang xem trước")
    assert "#" not in presenter.page.url
    member = RoomScreen.enter(enter(ME), sitting.path)
    member.shows(2)
    presenter.page.evaluate("location.hash = 'paper=gone&page=1'")
    expect(presenter.page.get_by_text("tài liệu không còn trong cuộc họp")).to_be_visible()
    room.shows(9)


def test_a_meeting_that_is_over_opens_at_the_page_too(enter, people, sitting):
    sitting.to("closed")
    screen = NotesScreen(enter(ME))
    row = screen.page.locator(f'.entry:has(a[href*="/meetings/{sitting.id}"])').nth(2)
    row.get_by_role("link", name="Mở trang 7").click()
    RoomScreen(screen.window).shows(7)


def test_marks_of_an_earlier_version_say_so(enter, people, sitting):
    secretary = people["thuky"]
    path = f"/documents/{sitting.paper}/versions"
    assert secretary.upload(path, "moi.pdf", small_pdf(4, "moi")).status_code == 202
    wait_ready(secretary, sitting.paper, 2)
    screen = NotesScreen(enter(ME))
    row = screen.page.locator(f'.entry:has(a[href*="/meetings/{sitting.id}"])').nth(2)
    expect(row).to_contain_text("Bản trước (bản 1)")
    row.get_by_role("link", name="Mở trang 7").click()
    expect(screen.page.get_by_text(re.compile("Đang xem bản trước"))).to_be_visible()


def test_a_note_is_written_changed_and_deleted_where_it_stands(enter, people):
    me = people[ME]
    screen = NotesScreen(enter(ME))
    mark = new_id()
    screen.add(f"Hỏi kinh phí {mark}")
    note = wait_kept(me, mark)
    assert note["text"] == f"Hỏi kinh phí {mark}"
    field = screen.card(mark).locator("textarea")
    field.click()
    screen.page.keyboard.press("End")
    field.type("\nđã hỏi")
    # Safe while the field is still being written in, without leaving it.
    wait_until(lambda: kept(me, f"{mark}\nđã hỏi"), "the change is kept")
    expect(field).to_be_focused()
    screen.page.keyboard.press("Escape")
    screen.card(mark).get_by_role("button", name="Xóa ghi chú").click()
    wait_until(lambda: not kept(me, mark), "the note is deleted")
    assert not any(mark in text for text in screen.texts())
    screen.page.get_by_role("button", name="Hoàn tác").click()
    assert wait_kept(me, mark)["text"] == f"Hỏi kinh phí {mark}\nđã hỏi"
    # Emptied and left: that is a deletion too, and is taken back the same way.
    field = screen.card(mark).locator("textarea")
    field.fill("")
    screen.page.keyboard.press("Escape")
    wait_until(lambda: not kept(me, mark), "the emptied note is deleted")
    screen.page.get_by_role("button", name="Hoàn tác").last.click()
    wait_kept(me, mark)


def test_tags_are_refused_in_words_and_the_text_stays(enter, people):
    screen = NotesScreen(enter(ME))
    mark = new_id()
    screen.add(f"<b>{mark}</b>")
    card = screen.card(mark)
    expect(card.get_by_text(re.compile("không nhận thẻ"))).to_be_visible()
    expect(card.locator("textarea")).to_have_attribute("aria-invalid", "true")
    card.locator("textarea").fill(f"{mark} không thẻ")
    screen.page.keyboard.press("Escape")
    assert wait_kept(people[ME], mark)["text"] == f"{mark} không thẻ"


def test_what_is_written_without_a_network_arrives_once_when_it_is_back(enter, people, artifacts):
    me = people[ME]
    window = enter(ME, PHONE).awaits(LINE_IS_DOWN)
    mark = new_id()
    before = me.post("/notes", id=new_id(), text=f"có sẵn {mark}").json()
    screen = NotesScreen(window)
    old = screen.card(mark).locator("textarea")
    window.context.set_offline(True)
    screen.add(f"mới {mark}")
    old.fill(f"có sẵn, đã sửa {mark}")
    screen.page.keyboard.press("Escape")
    expect(screen.page.get_by_text("Đã lưu trên máy này, sẽ gửi khi có mạng")).to_have_count(2)
    window.shot(artifacts, "offline")
    assert [note["text"] for note in kept(me, mark)] == [f"có sẵn {mark}"]
    # The tab is closed without a network; another one finds what waits.
    window.page.close()
    window.context.set_offline(False)
    window.page = window.context.new_page()
    again = NotesScreen(window)
    wanted = {f"mới {mark}", f"có sẵn, đã sửa {mark}"}
    wait_until(lambda: {note["text"] for note in kept(me, mark)} == wanted, "both arrived", 20)
    assert len(kept(me, mark)) == 2
    changed = next(note for note in kept(me, mark) if note["id"] == before["id"])
    assert changed["revision"] == 2
    expect(again.page.get_by_text("sẽ gửi khi có mạng")).to_have_count(0)
    wait_until(lambda: sum(mark in text for text in again.texts()) == 2, "both are shown, once")


def test_a_note_written_on_two_devices_is_offered_and_not_lost(enter, people, artifacts):
    me = people[ME]
    window = enter(ME, TABLET).awaits(LINE_IS_DOWN, "status of 409")
    mark = new_id()
    note = me.post("/notes", id=new_id(), text=f"gốc {mark}").json()
    screen = NotesScreen(window)
    field = screen.card(mark).locator("textarea")
    window.context.set_offline(True)
    field.fill(f"máy này {mark}")
    screen.page.keyboard.press("Escape")
    expect(screen.page.get_by_text("sẽ gửi khi có mạng")).to_be_visible()
    assert me.patch(f"/notes/{note['id']}", revision=1, text=f"máy khác {mark}").ok
    window.context.set_offline(False)
    offer = screen.page.locator(".note-choice")
    expect(offer).to_contain_text("vừa được sửa trên máy khác")
    expect(offer.locator("blockquote")).to_have_text(f"máy này {mark}")
    wait_until(lambda: f"máy khác {mark}" in screen.texts(), "what stands is shown")
    window.shot(artifacts, "offer")
    offer.get_by_role("button", name="Dùng bản này").click()
    expect(offer).to_have_count(0)
    wait_until(lambda: kept(me, f"máy này {mark}"), "the chosen words stand")
    assert me.get("/notes").status_code == 200


def test_nobody_else_sees_any_of_it(enter, people, sitting):
    mark = new_id()
    assert people[ME].post("/notes", id=new_id(), text=mark, meeting_id=sitting.id).ok
    for name in ("daibieu2", "thuky", "chutoa", "quantri"):
        screen = NotesScreen(enter(name))
        expect(screen.page.get_by_text("Đang tải ghi chú…")).to_have_count(0)
        assert not any(mark in text for text in screen.texts()), name
        expect(screen.page.locator(f'a[href*="{sitting.paper}"]')).to_have_count(0)


def test_everything_is_done_with_keys_alone(enter, people):
    screen = NotesScreen(enter(ME))
    mark = new_id()
    add = screen.page.get_by_role("button", name="Thêm ghi chú", exact=True)
    add.focus()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator(".own-note textarea:focus")).to_be_visible()
    screen.page.keyboard.type(f"phím {mark}")
    screen.page.keyboard.press("Tab")
    expect(screen.page.locator("button:focus")).to_have_attribute("aria-label", "Xóa ghi chú")
    wait_kept(people[ME], mark)
    screen.page.keyboard.press("Enter")
    wait_until(lambda: not kept(people[ME], mark), "deleted with keys")


def test_what_is_written_on_a_paper_is_taken_away_from_there_too(enter, people, sitting):
    screen = NotesScreen(enter(ME, TABLET))
    card = screen.page.locator(".notes-paper", has=screen.page.locator(f'a[href*="{sitting.id}"]'))
    card.get_by_role("button", name=re.compile("^Tải ghi chú trên")).click()
    with screen.page.expect_download() as coming:
        screen.page.get_by_role("menuitem", name="Xuất góp ý (DOCX)").click()
    assert coming.value.suggested_filename.endswith(".docx")


def test_signing_out_asks_before_unsent_notes_are_lost_and_leaves_nothing(
    windows: Opens, server, people
):
    window = windows("ra", server.url).awaits(LINE_IS_DOWN, "status of 5")
    window.open("/sign-in")
    window.page.get_by_label("Tài khoản").fill(server.made.logins[ME])
    window.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    window.page.get_by_role("button", name="Đăng nhập").click()
    expect(window.page.get_by_role("heading", name="Cuộc họp").first).to_be_visible()
    screen = NotesScreen(window)
    expect(screen.page.get_by_text("Đang tải ghi chú…")).to_have_count(0)
    mark = new_id()
    # Only notes do not get through: signing out does.
    window.page.route("**/api/v1/notes", lambda route: route.abort("connectionfailed"))
    screen.add(f"chưa gửi {mark}")
    expect(screen.page.get_by_text("sẽ gửi khi có mạng")).to_be_visible()
    window.button(re.compile("^Tài khoản|Daibieu1"), exact=False).click()
    window.page.get_by_role("menuitem", name="Đăng xuất").click()
    asked = window.page.locator("dialog[open]")
    expect(asked).to_be_visible()
    asked.get_by_role("button", name="Đăng xuất").click()
    expect(window.page).to_have_url(re.compile("/sign-in"))
    left = window.page.evaluate(
        """async () => (await indexedDB.databases())
             .map(one => one.name).filter(one => /:ink/.test(one))"""
    )
    assert left == []
    assert kept(people[ME], mark) == []
