"""The rows of votes and of their log: who may do what, and how each is tried."""

from collections.abc import Callable

from tests.contract.matrix_world import Body, Things, World
from tests.server.real_server import Tablet

MEETING = "/api/v1/meetings/<meeting_id>"
POLL = "/api/v1/polls/<poll_id>"
RESULT = "/meetings/<meeting_id>/polls/<poll_id>"
BALLOT = "/api/v1/ballots/<ballot_id>"

ROWS = """
GET /meetings/<meeting_id>/polls/<poll_id>                            ss x++ +++
GET /meetings/<meeting_id>/polls/<poll_id> not put yet                ss 000 +++
GET /api/v1/meetings/<meeting_id>/polls                               ss x++ +++
POST /api/v1/meetings/<meeting_id>/polls                              ss xxx +++
PUT /api/v1/meetings/<meeting_id>/poll-order                          ss xxx +++
GET /api/v1/polls/<poll_id>                                           ss x++ +++
GET /api/v1/polls/<poll_id> not put yet                               ss 000 +++
PATCH /api/v1/polls/<poll_id>                                         ss xxx +++
DELETE /api/v1/polls/<poll_id>                                        ss xxx +++
POST /api/v1/polls/<poll_id>/open                                     ss xxx ++x
POST /api/v1/polls/<poll_id>/open below quorum                        ss xxx x+x
POST /api/v1/polls/<poll_id>/remind                                   ss xxx ++x
POST /api/v1/polls/<poll_id>/close                                    ss xxx ++x
POST /api/v1/polls/<poll_id>/cancel                                   ss xxx ++x
POST /api/v1/polls/<poll_id>/ruling                                   ss xxx x+x
POST /api/v1/polls/<poll_id>/announce                                 ss xxx ++x
GET /api/v1/polls/<poll_id>/result                                    ss x++ +++
GET /api/v1/polls/<poll_id>/result not announced                      ss xww ++w
GET /api/v1/polls/<poll_id>/result.pdf                                ss x++ +++
GET /api/v1/polls/<poll_id>/result.pdf not announced                  ss xww ++w
GET /api/v1/polls/<poll_id>/result.xlsx                               ss x++ +++
GET /api/v1/polls/<poll_id>/result.xlsx not announced                 ss xww ++w
GET /api/v1/polls/<poll_id>/result.csv                                ss x++ +++
GET /api/v1/polls/<poll_id>/result.csv not announced                  ss xww ++w
GET /api/v1/polls/<poll_id>/tellers-record                            ss xxx ++x
PUT /api/v1/polls/<poll_id>/tellers-record                            ss xxx ++x
GET /api/v1/polls/<poll_id>/tellers-record.pdf                        ss x++ +++
GET /api/v1/polls/<poll_id>/tellers-record.pdf not announced          ss xww ++w
GET /api/v1/polls/<poll_id>/tellers-record.docx                       ss x++ +++
GET /api/v1/polls/<poll_id>/tellers-record.docx not announced         ss xww ++w
GET /api/v1/meetings/<meeting_id>/attendance.pdf                      ss xxx +++
POST /api/v1/polls/<poll_id>/ballots                                  ss xx+ xxx
POST /api/v1/polls/<poll_id>/ballots of the entitled                  ss xx+ ++x
GET /api/v1/polls/<poll_id>/ballots/mine                              ss x++ +++
POST /api/v1/polls/<poll_id>/ballots/for-member                       ss xxx ++x
GET /api/v1/ballots/<ballot_id>                                       ss xxx ++x
POST /api/v1/ballots/<ballot_id>/confirm                              ss xxx ++x
POST /api/v1/ballots/<ballot_id>/confirm of one's own entry           ss xxx xxx
DELETE /api/v1/ballots/<ballot_id>                                    ss xxx ++x
POST /api/v1/polls/<poll_id>/tally                                    ss xxx ++x
GET /api/v1/meetings/<meeting_id>/vote-log                            ss xx+ +++
GET /api/v1/meetings/<meeting_id>/vote-log/checkpoint                 ss x++ +++
GET /api/v1/meetings/<meeting_id>/vote-log/proof                      ss x++ +++
GET /api/v1/meetings/<meeting_id>/vote-log/consistency                ss x++ +++
GET /api/v1/meetings/<meeting_id>/vote-archive.zip                    ss xx+ +++
"""
"""An administrator prepares questions and reads all, and has no hand in a vote."""

BODIES: dict[str, Callable[[World, str], Body]] = {
    f"POST {MEETING}/polls": lambda w, kind: {"question": "Thông qua chương trình họp?"},
    f"PUT {MEETING}/poll-order": lambda w, kind: {"ids": _drafts(w)},
    f"PATCH {POLL}": lambda w, kind: {"timer_seconds": 60},
    f"POST {POLL}/open": lambda w, kind: {},
    f"POST {POLL}/open below quorum": lambda w, kind: {"override_reason": "Việc gấp"},
    f"POST {POLL}/remind": lambda w, kind: {},
    f"POST {POLL}/close": lambda w, kind: {},
    f"POST {POLL}/cancel": lambda w, kind: {"reason": "Câu hỏi có lỗi"},
    f"POST {POLL}/ruling": lambda w, kind: {"side": "for", "reason": "Theo quy chế"},
    f"POST {POLL}/announce": lambda w, kind: {},
    f"PUT {POLL}/tellers-record": lambda w, kind: {"tellers": ["Ông Nguyễn Văn Tư"]},
    f"POST {POLL}/ballots": lambda w, kind: {"choice": "for"},
    f"POST {POLL}/ballots/for-member": lambda w, kind: {
        "user_id": w.room.other.id,
        "choice": "against",
        "reason": "Máy tính bảng hỏng",
    },
    f"POST {BALLOT}/confirm": lambda w, kind: {},
    f"POST {POLL}/tally": lambda w, kind: {"counts": {"for": 1, "against": 1}},
}
"""See matrix_requests."""

PAPERS = (
    "result",
    "result.pdf",
    "result.xlsx",
    "result.csv",
    "tellers-record",
    "tellers-record.pdf",
    "tellers-record.docx",
)
NUMBERS = {"voted", "present", "n"}
"""All that everybody may know of an open vote."""

PARAMETERS: dict[str, Callable[[World], Things]] = {
    f"GET {MEETING}/vote-log/proof": lambda w: {"index": "0"},
    f"GET {MEETING}/vote-log/consistency": lambda w: {"from": "1"},
}


def _drafts(world: World) -> list[str]:
    """Every question that was not put yet, the last first."""
    items = world.secretary.get(f"/meetings/{world.room.id}/polls").json()["items"]
    return [poll["id"] for poll in items if poll["status"] == "draft"][::-1]


def _poll(status: str) -> Callable[[World, str], Things]:
    return lambda world, kind: {"poll_id": world.new_poll(status)}


def _to_be_opened(world: World, kind: str) -> Things:
    world.everybody_is_here()
    return {"poll_id": world.new_poll()}


def _below_quorum(world: World, kind: str) -> Things:
    world.everybody_is_here(False)
    return {"poll_id": world.new_poll()}


def _to_be_closed(world: World, kind: str) -> Things:
    poll = world.new_poll("open")
    assert world.secretary.post(f"/polls/{poll}/tally", counts={}).ok
    return {"poll_id": poll}


def _with_a_tie(world: World, kind: str) -> Things:
    """By the rule of a People's Committee a tie by hands waits for the chair's ruling."""
    poll = world.new_poll()
    assert world.secretary.patch(f"/polls/{poll}", rule_id="ubnd_decision").ok
    world.everybody_is_here()
    for path, body in (
        ("open", {}),
        ("tally", {"counts": {"for": 1, "against": 1}}),
        ("close", {}),
    ):
        assert world.secretary.post(f"/polls/{poll}/{path}", **body).ok
    return {"poll_id": poll}


def _all_entitled(world: World, kind: str) -> Things:
    """A poll in which whoever runs the meeting is entitled to vote."""
    for who in ("chair", "secretary"):
        person = world.people[who]
        place = f"/meetings/{world.room.id}/participants/{person.id}"
        assert world.secretary.put(place, role=who, entitled_to_vote=True).ok
        roll = f"/meetings/{world.room.id}/attendance/{person.id}"
        assert world.secretary.put(roll, status="present").ok
    return {"poll_id": world.new_poll("open")}


def _recorded(by: str, instead: str | None = None) -> Callable[[World, str], Things]:
    """A ballot recorded by somebody of a kind; by `instead` when it is tried by that one."""

    def made(world: World, kind: str) -> Things:
        poll = world.new_poll("open")
        clerk = world.people[instead if instead and kind == by else by]
        entered = clerk.post(
            f"/polls/{poll}/ballots/for-member",
            user_id=world.room.other.id,
            choice="for",
            reason="Máy tính bảng hỏng",
        )
        assert entered.status_code == 201, entered.text
        return {"ballot_id": entered.json()["id"], "poll_id": poll}

    return made


def _by_oneself(world: World, kind: str) -> Things:
    by = "chair" if kind == "chair" else "secretary"
    return _recorded(by)(world, kind)


def _until_used(make: Callable[[World, str], Things]) -> Callable[[World, str], Things]:
    """The same thing again until somebody changed it: who is refused leaves it as it was."""

    def kept(world: World, kind: str) -> Things:
        if make not in world.unused:
            world.unused[make] = make(world, kind)
        return world.unused[make]

    return kept


def hear_of_a_vote(world: World, staff: Tablet, guest: Tablet) -> None:
    """Let tablets hear how far an open vote has come: recorded, counted by hand, sent."""
    poll = _recorded("secretary")(world, "")["poll_id"]
    assert world.secretary.post(f"/polls/{poll}/tally", counts={"for": 1}).ok
    assert world.room.member.post(f"/polls/{poll}/ballots", choice="for").status_code == 201
    told = staff.next("room.votes", poll_id=poll, voted=2)
    assert told["tallied"]
    assert told["unconfirmed"]
    assert world.room.other.id in told["waiting"]
    assert world.room.member.id not in told["waiting"]
    assert guest.next("room.votes", poll_id=poll, voted=2).keys() == {"poll_id", *NUMBERS}
    assert world.secretary.post(f"/polls/{poll}/cancel", reason="Thử").ok


OPEN, CLOSED, DRAFT, ANNOUNCED = (
    _until_used(_poll(status)) for status in ("open", "closed", "draft", "announced")
)

THINGS: dict[str, Callable[[World, str], Things]] = {
    f"GET {RESULT}": CLOSED,
    f"GET {RESULT} not put yet": DRAFT,
    f"GET {POLL}": OPEN,
    f"GET {POLL} not put yet": DRAFT,
    f"PATCH {POLL}": DRAFT,
    f"DELETE {POLL}": DRAFT,
    f"POST {POLL}/open": _until_used(_to_be_opened),
    f"POST {POLL}/open below quorum": _until_used(_below_quorum),
    f"POST {POLL}/remind": OPEN,
    f"POST {POLL}/close": _until_used(_to_be_closed),
    f"POST {POLL}/cancel": OPEN,
    f"POST {POLL}/ruling": _until_used(_with_a_tie),
    f"POST {POLL}/announce": CLOSED,
    **{f"GET {POLL}/{paper}": ANNOUNCED for paper in PAPERS},
    **{f"GET {POLL}/{paper} not announced": CLOSED for paper in PAPERS},
    f"PUT {POLL}/tellers-record": CLOSED,
    f"POST {POLL}/ballots": OPEN,
    f"POST {POLL}/ballots of the entitled": _until_used(_all_entitled),
    f"GET {POLL}/ballots/mine": OPEN,
    f"POST {POLL}/ballots/for-member": OPEN,
    f"GET {BALLOT}": _until_used(_recorded("secretary")),
    f"POST {BALLOT}/confirm": _recorded("secretary", instead="chair"),
    f"POST {BALLOT}/confirm of one's own entry": _by_oneself,
    f"DELETE {BALLOT}": _until_used(_recorded("secretary")),
    f"POST {POLL}/tally": OPEN,
}
"""What a row is tried on."""
