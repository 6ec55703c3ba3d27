"""Who may do what: every route and every socket event, tried by somebody of every kind.

The columns: nobody, revoked; stranger, guest, member; secretary, chair, admin. `revoked` is the
secretary on a device that was signed out from elsewhere. `+` done; `s` asked to sign in; `x` not
allowed; `0` not there for this person (`/trust` for nobody, as this server speaks no TLS,
and a passkey, as it has no name); `g` a
link that is no longer good; `w` a result that was not announced yet; for sockets `o` not in the
room and `p` not the presenter.
"""

import re
from collections.abc import Iterator

import msgspec
import pytest
import requests
from openapi_schema_validator import OAS31Validator

from meetings.features import FEATURES
from meetings.room.acks import ACKS
from meetings.room.packets import PACKETS
from meetings.room.snapshot import snapshot_type
from meetings.shared.feature import install_features
from tests.contract.app_facts import Facts
from tests.contract.matrix_parts import PARTS
from tests.contract.matrix_requests import send
from tests.contract.matrix_sockets import answers, everything_sent
from tests.contract.matrix_world import KINDS, METRICS_TOKEN, World, the_world
from tests.contract.test_openapi import path_of

pytestmark = pytest.mark.slow

ROUTES = """
GET /                                                                 ss +++ +++
GET /sign-in                                                          ++ +++ +++
GET /setup/<token>                                                    gg +++ +++
GET /trust                                                            00 000 000
GET /trust/ca.crt                                                     00 000 000
GET /verify                                                           ++ +++ +++
GET /account                                                          ss +++ +++
GET /people                                                           ss xxx xx+
GET /vote-rules                                                       ss xxx xx+
GET /meetings/new                                                     ss xxx +x+
GET /meetings/<meeting_id>                                            ss x++ ++x
GET /meetings/<meeting_id>/prepare                                    ss xxx +++
GET /service-worker.js                                                ++ +++ +++
GET /offline                                                          ++ +++ +++
GET /static/<path:filename>                                           ++ +++ +++
GET /words/<language>.js                                              ++ +++ +++
GET /healthz                                                          ++ +++ +++
GET /readyz                                                           ++ +++ +++
GET /metrics                                                          ++ +++ +++
GET /api/v1/openapi.json                                              ss +++ +++
GET /api/v1/session                                                   ss +++ +++
POST /api/v1/session                                                  ++ +++ +++
DELETE /api/v1/session                                                ss +++ +++
POST /api/v1/session/password                                         ss +++ +++
POST /api/v1/session/confirmation                                     ss +++ +++
GET /api/v1/session/second-factor                                     ss +++ +++
POST /api/v1/session/second-factor                                    ss +++ +++
PUT /api/v1/session/second-factor                                     ss +++ +++
POST /api/v1/session/second-factor/recovery-codes                     ss +++ +++
DELETE /api/v1/session/second-factor                                  ss +++ +++
GET /api/v1/session/passkeys                                          ss +++ +++
POST /api/v1/session/passkeys/options                                 ss +++ +++
POST /api/v1/session/passkeys                                         ss +++ +++
PATCH /api/v1/session/passkeys/<passkey_id>                           ss 000 000
DELETE /api/v1/session/passkeys/<passkey_id>                          ss 000 000
GET /api/v1/sessions                                                  ss +++ +++
DELETE /api/v1/sessions/<sign_in_id>                                  ss +++ +++
DELETE /api/v1/sessions/<sign_in_id> of another person                ss 000 000
PUT /api/v1/preferences                                               ++ +++ +++
POST /api/v1/setup                                                    gg ggg ggg
GET /api/v1/users                                                     ss xxx xx+
POST /api/v1/users                                                    ss xxx xx+
PATCH /api/v1/users/<user_id>                                         ss xxx xx+
DELETE /api/v1/users/<user_id>                                        ss xxx xx+
POST /api/v1/users/<user_id>/password                                 ss xxx xx+
DELETE /api/v1/users/<user_id>/second-factor                          ss xxx xx+
GET /api/v1/people                                                    ss +++ +++
GET /api/v1/units                                                     ss +++ +++
POST /api/v1/units                                                    ss xxx xx+
PATCH /api/v1/units/<unit_id>                                         ss xxx xx+
DELETE /api/v1/units/<unit_id>                                        ss xxx xx+
GET /api/v1/vote-rules                                                ss +++ +++
GET /api/v1/vote-rules of a meeting                                   ss x++ +++
GET /api/v1/rule-packs                                                ss xxx xx+
POST /api/v1/rule-packs                                               ss xxx xx+
POST /api/v1/rule-packs only checked                                  ss xxx xx+
GET /api/v1/rule-packs/<pack_id>                                      ss xxx xx+
DELETE /api/v1/rule-packs/<pack_id>                                   ss xxx xx+
GET /api/v1/meeting-templates                                         ss +++ +++
GET /api/v1/meetings                                                  ss +++ +++
POST /api/v1/meetings                                                 ss xxx +x+
GET /api/v1/meetings/<meeting_id>                                     ss x++ +++
GET /api/v1/meetings/<meeting_id> in draft                            ss xxx +++
PATCH /api/v1/meetings/<meeting_id>                                   ss xxx +++
DELETE /api/v1/meetings/<meeting_id>                                  ss xxx +++
POST /api/v1/meetings/<meeting_id>/status                             ss xxx ++x
PUT /api/v1/meetings/<meeting_id>/participants/<user_id>              ss xxx +++
DELETE /api/v1/meetings/<meeting_id>/participants/<user_id>           ss xxx +++
GET /api/v1/meetings/<meeting_id>/attendance                          ss xxx +++
PUT /api/v1/meetings/<meeting_id>/attendance                          ss xxx ++x
PUT /api/v1/meetings/<meeting_id>/attendance/<user_id>                ss xxx ++x
PUT /api/v1/meetings/<meeting_id>/attendance/<user_id> of oneself     ss x++ ++x
PUT /api/v1/meetings/<meeting_id>/attendance/<user_id> own absence    ss xxx ++x
DELETE /api/v1/meetings/<meeting_id>/attendance/<user_id>             ss xxx ++x
PUT /api/v1/meetings/<meeting_id>/writing/<user_id>                   ss xxx ++x
PUT /api/v1/meetings/<meeting_id>/presenter                           ss xxx ++x
PUT /api/v1/meetings/<meeting_id>/current-item                        ss xxx ++x
GET /api/v1/meetings/<meeting_id>/snapshot                            ss x++ ++x
GET /api/v1/meetings/<meeting_id>/events                              ss x++ ++x
POST /api/v1/meetings/<meeting_id>/agenda-items                       ss xxx +++
PUT /api/v1/meetings/<meeting_id>/agenda-order                        ss xxx +++
PATCH /api/v1/agenda-items/<item_id>                                  ss xxx +++
DELETE /api/v1/agenda-items/<item_id>                                 ss xxx +++
POST /api/v1/meetings/<meeting_id>/documents                          ss xxx +++
PUT /api/v1/meetings/<meeting_id>/document-order                      ss xxx +++
POST /api/v1/agenda-items/<item_id>/documents                         ss xxx +++
PUT /api/v1/agenda-items/<item_id>/document-order                     ss xxx +++
GET /api/v1/documents/<document_id>                                   ss x0+ +++
GET /api/v1/documents/<document_id> unpublished                       ss x00 +++
GET /api/v1/documents/<document_id> open to guests                    ss x++ +++
PATCH /api/v1/documents/<document_id>                                 ss xxx +++
DELETE /api/v1/documents/<document_id>                                ss xxx +++
POST /api/v1/documents/<document_id>/versions                         ss xxx +++
POST /api/v1/documents/<document_id>/publish                          ss xxx +++
GET /api/v1/meetings/<meeting_id>/search                              ss x++ +++
GET /api/v1/search                                                    ss +++ +++
GET /api/v1/documents/<document_id>/comments.docx                     ss x0+ ++x
"""

PAGES = """
file                    ss x0+ +++
source                  ss xxx +++
pages/<int:page>        ss x0+ +++
pages/<int:page>/image  ss x0+ +++
pages/<int:page>/tiles/<int:width>/<int:column>/<int:row>  ss x0+ +++
pages/<int:page>/text   ss x0+ +++
pages/<int:page>/notes  ss x0+ +++
annotated.pdf           ss x0+ ++x
"""
"""Below /api/v1/documents/<document_id>/versions/<int:number>/."""

EVENTS = """
room.join               ss x++ ++x
room.leave              ss o++ ++o
page.turn               ss opp +po
pointer.move            ss opp +po
presence.at             ss o++ ++o
ink.wet                 ss ox+ ++o
"""
"""Sent in the room by those who may enter; the secretary holds the presentation."""

MEETS = {
    "POST /api/v1/session/password": "wrong_password",
    "POST /api/v1/session/confirmation": "wrong_password",
    "PUT /api/v1/session/second-factor": "wrong_code",
    "POST /api/v1/session/second-factor/recovery-codes": "no_second_factor",
    "DELETE /api/v1/session/second-factor": "no_second_factor",
    "DELETE /api/v1/users/<user_id>/second-factor": "no_second_factor",
    "POST /api/v1/session/passkeys/options": "no_passkeys_here",
    "POST /api/v1/session/passkeys": "no_passkeys_here",
}
"""Rows that are allowed and then refused for what was sent: the code."""

BELOW_A_VERSION = "GET /api/v1/documents/<document_id>/versions/<int:number>/"


def table(text: str, before: str = "") -> dict[str, dict[str, str]]:
    """Row → kind → what is expected."""
    rows = {}
    for line in text.strip().splitlines():
        name, *groups = line.rsplit(maxsplit=3)
        name, cells = before + name.rstrip(), "".join(groups)
        assert name not in rows, f"two rows: {name}"
        rows[name] = dict(zip(KINDS, cells, strict=True))
    return rows


ROWS = {
    **table(ROUTES),
    **{row: cells for part in PARTS for row, cells in table(part.ROWS).items()},
    **table(PAGES, BELOW_A_VERSION),
}
SOCKETS = table(EVENTS)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One server for all cells."""
    with the_world(tmp_path_factory.mktemp("matrix")) as made:
        yield made


def seen(response: requests.Response, row: str) -> str:
    """What became of a request, in the letters of the tables."""
    code = code_of(response)
    if response.status_code == 401 or "/sign-in" in response.headers.get("Location", ""):
        return "s"
    if response.status_code < 400 or (code is not None and code == MEETS.get(row)):
        return "+"
    if code == "not_announced":
        return "w"
    letter = {403: "x", 404: "0", 410: "g"}.get(response.status_code)
    return letter if letter and code != "csrf_failed" else f"{response.status_code} {code}"


def code_of(response: requests.Response) -> str | None:
    """The code of a problem."""
    if response.headers["Content-Type"] != "application/problem+json":
        return None
    code: str = response.json()["code"]
    return code


@pytest.mark.parametrize("row", ROWS)
def test_row(world: World, facts: Facts, row: str):
    found = {}
    for kind in KINDS:
        response = send(world, kind, row)
        found[kind] = seen(response, row)
        check_shape(facts, row, response)
    assert found == ROWS[row], world.server.log.read_text()[-3000:]


def check_shape(facts: Facts, row: str, response: requests.Response) -> None:
    """The description of the API says this status, and this shape of answer."""
    method, rule, *_ = row.split(" ")
    if not rule.startswith("/api/v1/"):
        return
    operation = facts.openapi["paths"][path_of(rule)][method.lower()]
    said = operation["responses"].get(str(response.status_code))
    assert said is not None, f"{row}: {response.status_code} is not described"
    media = response.headers.get("Content-Type", "").partition(";")[0]
    schema = said.get("content", {}).get(media, {}).get("schema")
    if media.endswith("json"):
        whole = {**schema, "components": facts.openapi["components"]}
        OAS31Validator(whole).validate(response.json())
    if response.status_code >= 400:
        assert f"`{response.json()['code']}`" in said["description"], row


def test_every_route_stands_in_the_table(facts: Facts):
    routes = {f"{route.method} {route.rule}" for route in facts.routes}
    assert {" ".join(row.split(" ")[:2]) for row in ROWS} == routes


def test_every_socket_event_stands_in_the_table(facts: Facts):
    assert set(SOCKETS) == set(facts.socket_events)


@pytest.mark.parametrize("kind", KINDS)
def test_sockets(world: World, kind: str):
    assert answers(world, kind) == {event: cells[kind] for event, cells in SOCKETS.items()}


def test_what_a_server_sends_has_the_described_shapes(world: World):
    install_features(FEATURES)
    sent = everything_sent(world)
    for kind, name, data in sent:
        if kind == "ack":
            assert data.pop("ok") is True
        msgspec.convert(data, (ACKS if kind == "ack" else PACKETS)[name])
        if name == "room.join" and "snapshot" in data:
            msgspec.convert(data["snapshot"], snapshot_type())
    assert {name for kind, name, _ in sent if kind == "packet"} == set(PACKETS)
    ticks = [data for _, name, data in sent if name == "room.tick"]
    assert {name for tick in ticks for name in tick} == {"pointer", "ink"}


@pytest.mark.parametrize("row", [row for row in ROWS if "_id>" in row and row.count(" ") == 1])
def test_what_does_not_exist_is_not_found(world: World, row: str):
    nothing = dict.fromkeys(re.findall(r"\w+_id", row), "no-such-thing")
    response = send(world, "admin", row, **nothing)
    assert response.status_code == 404, response.text


def test_metrics_are_for_this_machine_or_a_token(world: World):
    address = f"{world.server.url}/metrics"
    elsewhere = {"X-Forwarded-For": "192.0.2.7"}
    for person in world.people.values():
        assert person.get(address, headers=elsewhere).status_code == 403
    for token, status in ((METRICS_TOKEN, 200), ("another", 403), ("", 403)):
        headers = {**elsewhere, "Authorization": f"Bearer {token}"}
        assert world.people["nobody"].get(address, headers=headers).status_code == status


def test_the_gate_before_flask_was_tried_with_the_rest(world: World):
    image = f"{BELOW_A_VERSION}pages/<int:page>/image"
    name = "dienhong_page_gate_answers_total"
    asked = [send(world, kind, image).status_code for kind in KINDS]
    figures = world.people["nobody"].get(f"{world.server.url}/metrics").text.splitlines()
    told = next(line for line in figures if line.startswith(f"{name} "))
    assert float(told.removeprefix(name)) >= asked.count(200) > 0


@pytest.mark.parametrize(
    "path", ["/demo", "/demo/state", "/phone/x", "/as/chair/", "/as/chair/people"]
)
def test_the_routes_of_the_demo_are_absent(world: World, path: str):
    for kind in ("nobody", "admin"):
        answer = world.people[kind].get(f"{world.server.url}{path}")
        assert answer.status_code == 404, kind
