"""The room comes back by itself: a server killed and started again, a browser without network."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import call_a_sitting
from tests.browser.window import LINE_IS_DOWN, TABLET
from tests.server.real_server import RealServer, wait_until

SERVER_AWAY = "Mất kết nối"
IN_FLIGHT = "() => app.context.reading.model.turning.busy"


@pytest.fixture(autouse=True)
def _server_stands_again(server: RealServer):
    """The server is shared: a test that fails half-way must not leave it dead."""
    yield
    if "web" not in server.processes:
        server.start("web")


def _two_in_the_room(enter: Opens, people):
    sitting = call_a_sitting(people, presented=2)
    presenter = RoomScreen.enter(enter("thuky").awaits(LINE_IS_DOWN), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", TABLET).awaits(LINE_IS_DOWN), sitting.path)
    presenter.shows(2)
    member.shows(2)
    member.follows()
    return sitting, presenter, member


def test_server_killed_and_started_again_both_come_back_on_the_same_page(
    enter: Opens, people, server: RealServer, artifacts
):
    _, presenter, member = _two_in_the_room(enter, people)
    presenter.next_page()
    member.shows(3)

    server.kill("web")
    expect(member.state).to_contain_text(SERVER_AWAY)
    expect(presenter.state).to_contain_text(SERVER_AWAY)
    # What was fetched can be read on; the page stays where it was.
    member.shows(3)
    member.window.shot(artifacts, "without-server")
    server.start("web")
    presenter.presents()
    member.follows()
    presenter.shows(3)
    member.shows(3)
    presenter.next_page()
    member.shows(4)


def test_server_killed_within_100_ms_of_a_turn_both_come_back_on_the_page_last_acknowledged(
    enter: Opens, people, server: RealServer
):
    """The page is written down a moment after the turn is answered; the holder's tablet says its
    last acknowledged page again."""
    _, presenter, member = _two_in_the_room(enter, people)
    for page in (3, 4, 5):
        presenter.next_page()
        # Acknowledged and broadcast, so that the room has seen it: then at once the end.
        expect(member.page.locator(".pill")).to_contain_text(f"{page} / 12")
        wait_until(lambda: not presenter.page.evaluate(IN_FLIGHT), "the turn is acknowledged")
    server.kill("web")
    server.start("web")
    presenter.presents()
    member.follows()
    presenter.shows(5)
    member.shows(5)


def test_browser_without_network_reads_on_and_comes_back_to_where_the_room_went(
    enter: Opens, people, artifacts
):
    sitting, presenter, member = _two_in_the_room(enter, people)
    member.window.context.set_offline(True)
    expect(member.state).to_contain_text(SERVER_AWAY)
    member.next_page()
    member.shows(3)
    member.window.shot(artifacts, "without-network")
    member.previous_page()
    presenter.press("PageDown", "PageDown", "PageDown")
    presenter.shows(5)
    sitting.secretary.put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[2])

    member.window.context.set_offline(False)
    member.shows(5)
    member.follows()
    expect(member.top).to_contain_text("3. Bế mạc")


def test_presenter_without_network_goes_on_alone_and_the_room_stays(enter: Opens, people):
    _, presenter, member = _two_in_the_room(enter, people)
    presenter.window.context.set_offline(True)
    expect(presenter.state).to_contain_text(SERVER_AWAY)
    presenter.next_page()
    presenter.shows(3)
    member.shows(2)
    presenter.window.context.set_offline(False)
    expect(presenter.bar).to_contain_text("Đang xem trước")
    expect(presenter.bar).to_contain_text("Cả phòng vẫn ở")
    presenter.button("Trình chiếu trang này").click()
    member.shows(3)
    member.follows()
