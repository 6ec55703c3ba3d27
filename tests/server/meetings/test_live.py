"""The main job: everyone's page turns together, whatever happens to networks and servers."""

import pytest

from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper, make_room
from tests.server.real_server import RealServer, Tablet

pytestmark = pytest.mark.slow


def test_everyones_page_turns_together(room: Room) -> None:
    presenter, member = room.tablet(room.secretary), room.tablet(room.member)
    assert presenter.joined["ok"]
    assert member.joined["snapshot"]["me"]["role"] == "member"
    ack = presenter.turn(room.document, 2)
    assert ack["ok"]
    assert ack["rev"] == 1
    live = member.next("room.live", page=2)
    assert live["document_id"] == room.document
    assert (live["term"], live["rev"]) == (ack["term"], ack["rev"])
    assert live["presenter"] == room.secretary.id


def test_a_latecomer_finds_the_page(room: Room) -> None:
    room.tablet(room.secretary).turn(room.document, 3)
    assert room.tablet(room.member).joined["live"]["page"] == 3


def test_only_the_holder_turns(room: Room) -> None:
    secretary, chair, member = (
        room.tablet(person) for person in (room.secretary, room.chair, room.member)
    )
    assert member.turn(room.document, 2)["code"] == "not_presenter"
    assert chair.turn(room.document, 2)["code"] == "not_presenter"
    taken = room.chair.put(f"/meetings/{room.id}/presenter", user_id=room.chair.id)
    assert taken.status_code == 200, taken.text
    assert member.next("room.event", type="presenter_changed")["data"]["user_id"] == room.chair.id
    assert secretary.turn(room.document, 2)["code"] == "not_presenter"
    assert chair.turn(room.document, 2)["ok"]
    assert member.next("room.live", page=2)["presenter"] == room.chair.id


def test_a_turn_of_an_old_term_is_refused(room: Room) -> None:
    secretary = room.tablet(room.secretary)
    term = secretary.joined["live"]["term"]
    for person in (room.chair, room.secretary):
        room.chair.put(f"/meetings/{room.id}/presenter", user_id=person.id)
    assert secretary.turn(room.document, 2, term=term)["code"] == "stale_term"
    assert secretary.turn(room.document, 2, term=term + 2)["ok"]


def test_pages_that_do_not_exist_are_refused(room: Room) -> None:
    secretary, member = room.tablet(room.secretary), room.tablet(room.member)
    for page in (0, -1, 4, 9999):
        refusal = secretary.turn(room.document, page)
        assert refusal["code"] == "no_such_page", refusal
        assert refusal["detail"]
    assert secretary.turn("x" * 22, 1)["code"] == "no_such_page"
    assert secretary.turn(room.document, 1, version=9)["code"] == "no_such_page"
    assert secretary.turn(room.document, 2)["ok"]
    assert member.next("room.live")["page"] == 2


def test_a_paper_of_another_meeting_is_no_page_here(
    room: Room, server: RealServer, people: dict
) -> None:
    other = make_room(server, people)
    assert room.tablet(room.secretary).turn(other.document, 1)["code"] == "no_such_page"


def test_a_guest_sees_that_a_page_is_hidden(room: Room) -> None:
    guest, secretary = room.tablet(room.guest), room.tablet(room.secretary)
    secretary.turn(room.document, 2)
    live = guest.next("room.live")
    assert live["hidden"] is True
    assert "page" not in live
    opened = room.secretary.patch(f"/documents/{room.document}", open_to_guests=True)
    assert opened.status_code == 200, opened.text
    assert guest.next("room.live", document_id=room.document)["page"] == 2


def test_an_unpublished_paper_can_be_presented_to_nobody_but_the_staff(room: Room) -> None:
    late = add_paper(room.secretary, room.items[0], small_pdf(2, "late"))
    member, chair, secretary = (
        room.tablet(person) for person in (room.member, room.chair, room.secretary)
    )
    secretary.turn(late, 1)
    assert member.next("room.live")["hidden"] is True
    assert chair.next("room.live")["page"] == 1
    published = room.secretary.post(f"/documents/{late}/publish")
    assert published.status_code == 200, published.text
    assert member.next("room.live", document_id=late)["page"] == 1


def test_two_tablets_of_one_person_hold_one_presentation(room: Room) -> None:
    one, two = room.tablet(room.secretary), room.tablet(room.secretary)
    first = one.turn(room.document, 2)
    second = two.turn(room.document, 3)
    assert second["rev"] == first["rev"] + 1
    assert one.next("room.live", page=3)["rev"] == second["rev"]


def test_missed_events_come_in_order(room: Room) -> None:
    member = room.tablet(room.member)
    have = {name: member.joined[name] for name in ("epoch", "seq", "mine_seq")}
    member.close()
    order = room.items[::-1]
    room.secretary.put(f"/meetings/{room.id}/agenda-order", ids=order)
    room.chair.put(f"/meetings/{room.id}/current-item", agenda_item_id=order[0])
    back = room.tablet(room.member, **have).joined
    assert "snapshot" not in back
    assert [event["type"] for event in back["events"]] == [
        "agenda_reordered",
        "current_item_changed",
    ]
    assert [event["seq"] for event in back["events"]] == [have["seq"] + 1, have["seq"] + 2]
    assert back["seq"] == have["seq"] + 2


def test_another_history_or_a_future_seq_gets_a_snapshot(room: Room) -> None:
    joined = room.tablet(room.member).joined
    for have in (
        {"epoch": "other", "seq": joined["seq"], "mine_seq": 0},
        {"epoch": joined["epoch"], "seq": joined["seq"] + 5, "mine_seq": joined["mine_seq"]},
    ):
        assert "snapshot" in room.tablet(room.member, **have).joined


def test_presence_counts_who_follows_and_who_is_lost(room: Room) -> None:
    secretary, member, other = (
        room.tablet(person) for person in (room.secretary, room.member, room.other)
    )
    member.call("presence.at", document_id=room.document, page=1, following=False)
    seen = secretary.next("room.presence", joined=3, online=3, following=2, lost=0)
    assert seen["presenter"] == "following"
    assert {"document_id": room.document, "page": 1, "people": 1} in seen["pages"]
    other.close()
    seen = secretary.next("room.presence", joined=3, online=2, lost=1)
    assert seen["lost_ids"] == [room.other.id]
    assert "lost_ids" not in member.next("room.presence", lost=1)
    room.chair.put(f"/meetings/{room.id}/presenter", user_id=room.member.id)
    secretary.next("room.presence", presenter="apart")
    room.chair.put(f"/meetings/{room.id}/presenter", user_id=room.other.id)
    secretary.next("room.presence", presenter="lost")
    room.chair.put(f"/meetings/{room.id}/presenter", user_id=room.chair.id)
    secretary.next("room.presence", presenter="away")


def test_a_removed_person_is_out_at_once(room: Room) -> None:
    member = room.tablet(room.member)
    gone = room.secretary.delete(f"/meetings/{room.id}/participants/{room.member.id}")
    assert gone.status_code == 204, gone.text
    assert member.next("resync")["reason"]
    assert member.call("room.join", protocol_version=1)["code"] == "not_allowed"
    assert room.member.get(f"/meetings/{room.id}").status_code == 403


def test_the_pointer_reaches_the_room_merged(room: Room) -> None:
    secretary, member = room.tablet(room.secretary), room.tablet(room.member)
    assert member.call("pointer.move", at=[0.5, 0.5])["code"] == "not_presenter"
    for step in range(10):
        secretary.client.emit("pointer.move", {"meeting_id": room.id, "at": [step / 10, 0.25]})
    assert member.next("room.tick", pointer=[0.9, 0.25])


def test_kill_and_restart_keep_the_page_and_raise_the_term(room: Room) -> None:
    secretary = room.tablet(room.secretary)
    before = secretary.turn(room.document, 2)
    stage_is_saved(room, secretary)
    room.server.kill("web")
    room.server.start("web")
    after = room.tablet(room.secretary)
    live = after.joined["live"]
    assert live["page"] == 2
    assert live["term"] > before["term"]
    assert after.turn(room.document, 3, term=before["term"])["code"] == "stale_term"
    assert after.turn(room.document, 3, term=live["term"])["ok"]


def stage_is_saved(room: Room, tablet: Tablet) -> None:
    """A turn is saved at most a second later; presence is told after that second."""
    tablet.next("room.presence")
    tablet.call("presence.at", document_id=room.document, page=2, following=True)
    tablet.next("room.presence")
