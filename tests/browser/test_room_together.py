"""Two and more browsers in a room: the presenter turns, others follow, leaf away and return."""

from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import call_a_sitting
from tests.browser.window import DESKTOP, PHONE, TABLET, UPRIGHT


def test_presenter_turns_and_every_page_turns(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people, presented=1)
    presenter = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    phone = RoomScreen.enter(enter("daibieu2", PHONE), sitting.path)
    for screen in (presenter, member, phone):
        screen.shows(1)
    presenter.presents()
    # Each tablet decodes a page for its own screen: pictures of different ones are not compared.
    before = {screen: screen.picture() for screen in (member, phone)}

    presenter.next_page()
    for screen in (presenter, member, phone):
        screen.shows(2)
    presenter.next_page()
    for screen in (presenter, member, phone):
        screen.shows(3)
    member.follows()
    phone.follows()
    for screen, first in before.items():
        assert screen.picture() != first
    member.window.shot(artifacts, "member-follows")
    phone.window.shot(artifacts, "phone-follows")
    presenter.window.shot(artifacts, "secretary-presents")


def test_member_leafs_away_is_told_where_the_room_is_and_returns_with_one_tap(
    enter: Opens, people, artifacts
):
    sitting = call_a_sitting(people, presented=2)
    member = RoomScreen.enter(enter("daibieu1", UPRIGHT), sitting.path)
    member.shows(2)
    member.next_page()
    member.reads_apart(3, 2)
    member.previous_page()
    member.follows()
    member.previous_page()
    member.reads_apart(1, 2)

    sitting.turn(7)
    member.reads_apart(1, 7)
    member.shows(1)
    member.window.shot(artifacts, "reads-apart")
    member.button("Về trang 7").tap()
    member.shows(7)
    member.follows()
    sitting.turn(8)
    member.shows(8)


def test_reload_brings_everything_back_for_who_follows_and_who_reads_apart(enter: Opens, people):
    sitting = call_a_sitting(people, presented=4)
    follower = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    apart = RoomScreen.enter(enter("daibieu2", TABLET), sitting.path)
    follower.shows(4)
    apart.previous_page()
    apart.reads_apart(3, 4)
    sitting.turn(5)
    apart.reads_apart(3, 5)

    follower.reload()
    apart.reload()
    follower.shows(5)
    follower.follows()
    apart.shows(3)
    apart.reads_apart(3, 5)


def test_two_tabs_of_one_person_read_for_themselves_and_count_once(enter: Opens, people):
    sitting = call_a_sitting(people, presented=2)
    first = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    chair = RoomScreen.enter(enter("chutoa", TABLET), sitting.path)
    first.shows(2)
    other_tab = first.window.context.new_page()
    other_tab.goto(first.page.url)
    expect(other_tab.locator(".pill")).to_contain_text("2 / 12")
    other_tab.get_by_role("button", name="Trang sau").click()
    expect(other_tab.locator(".state-bar")).to_contain_text("Đang xem")
    first.shows(2)
    first.follows()
    sitting.turn(6)
    first.shows(6)
    expect(other_tab.locator(".pill")).to_contain_text("3 / 12")
    # The chair and the member with two tabs: two people, and the secretary who turned and left.
    chair.page.locator(".people-button").click()
    facts = chair.page.locator(".people-facts dd")
    expect(facts.first).to_have_text("3")
    # Whoever presents is named, and is not one of those whom the numbers are about.
    expect(facts.last).to_have_text("0")
    expect(chair.page.locator(".people-holder")).to_contain_text("Thuky giữ quyền trình chiếu")
