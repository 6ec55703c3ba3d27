"""Who may do what: every route and every socket event, tried by somebody of every kind.

`+` done; `s` asked to sign in; `x` not allowed; `0` not there for this person; `g` a link that is
no longer good; for sockets `o` not in the room and `p` not the presenter.
"""

from collections.abc import Iterator

import pytest
import requests
from openapi_schema_validator import OAS31Validator

from tests.contract.app_facts import Facts
from tests.contract.matrix_requests import send
from tests.contract.matrix_sockets import answers
from tests.contract.matrix_world import KINDS, METRICS_TOKEN, World, the_world
from tests.contract.test_openapi import path_of

ROUTES = """
                                                      nobody revoked stranger guest member secretary chair admin
GET /                                                      s       s        +     +      +         +     +     +
GET /sign-in                                               +       +        +     +      +         +     +     +
GET /setup/<token>                                         g       g        +     +      +         +     +     +
GET /account                                               s       s        +     +      +         +     +     +
GET /people                                                s       s        x     x      x         x     x     +
GET /meetings/new                                          s       s        +     +      +         +     +     +
GET /meetings/<meeting_id>                                 s       s        x     +      +         +     +     x
GET /meetings/<meeting_id>/prepare                         s       s        x     x      x         +     +     +
GET /static/<path:filename>                                +       +        +     +      +         +     +     +
GET /words/<language>.js                                   +       +        +     +      +         +     +     +
GET /healthz                                               +       +        +     +      +         +     +     +
GET /readyz                                                +       +        +     +      +         +     +     +
GET /metrics                                               +       +        +     +      +         +     +     +
GET /api/v1/openapi.json                                   s       s        +     +      +         +     +     +
GET /api/v1/session                                        s       s        +     +      +         +     +     +
POST /api/v1/session                                       +       +        +     +      +         +     +     +
DELETE /api/v1/session                                     s       s        +     +      +         +     +     +
POST /api/v1/session/password                              s       s        +     +      +         +     +     +
GET /api/v1/sessions                                       s       s        +     +      +         +     +     +
DELETE /api/v1/sessions/<sign_in_id>                       s       s        +     +      +         +     +     +
DELETE /api/v1/sessions/<sign_in_id> of another person     s       s        0     0      0         0     0     0
PUT /api/v1/preferences                                    +       +        +     +      +         +     +     +
POST /api/v1/setup                                         g       g        g     g      g         g     g     g
GET /api/v1/users                                          s       s        x     x      x         x     x     +
POST /api/v1/users                                         s       s        x     x      x         x     x     +
PATCH /api/v1/users/<user_id>                              s       s        x     x      x         x     x     +
DELETE /api/v1/users/<user_id>                             s       s        x     x      x         x     x     +
POST /api/v1/users/<user_id>/password                      s       s        x     x      x         x     x     +
GET /api/v1/people                                         s       s        +     +      +         +     +     +
GET /api/v1/units                                          s       s        +     +      +         +     +     +
POST /api/v1/units                                         s       s        x     x      x         x     x     +
PATCH /api/v1/units/<unit_id>                              s       s        x     x      x         x     x     +
DELETE /api/v1/units/<unit_id>                             s       s        x     x      x         x     x     +
GET /api/v1/meeting-templates                              s       s        +     +      +         +     +     +
GET /api/v1/meetings                                       s       s        +     +      +         +     +     +
POST /api/v1/meetings                                      s       s        +     +      +         +     +     +
GET /api/v1/meetings/<meeting_id>                          s       s        x     +      +         +     +     +
GET /api/v1/meetings/<meeting_id> in draft                 s       s        x     x      x         +     +     +
PATCH /api/v1/meetings/<meeting_id>                        s       s        x     x      x         +     +     +
DELETE /api/v1/meetings/<meeting_id>                       s       s        x     x      x         +     +     +
POST /api/v1/meetings/<meeting_id>/status                  s       s        x     x      x         +     +     x
PUT /api/v1/meetings/<meeting_id>/participants/<user_id>   s       s        x     x      x         +     +     +
DELETE /api/v1/meetings/<meeting_id>/participants/<user_id> s      s        x     x      x         +     +     +
PUT /api/v1/meetings/<meeting_id>/presenter                s       s        x     x      x         +     +     x
PUT /api/v1/meetings/<meeting_id>/current-item             s       s        x     x      x         +     +     x
GET /api/v1/meetings/<meeting_id>/snapshot                 s       s        x     +      +         +     +     x
GET /api/v1/meetings/<meeting_id>/events                   s       s        x     +      +         +     +     x
POST /api/v1/meetings/<meeting_id>/agenda-items            s       s        x     x      x         +     +     +
PUT /api/v1/meetings/<meeting_id>/agenda-order             s       s        x     x      x         +     +     +
PATCH /api/v1/agenda-items/<item_id>                       s       s        x     x      x         +     +     +
DELETE /api/v1/agenda-items/<item_id>                      s       s        x     x      x         +     +     +
POST /api/v1/meetings/<meeting_id>/documents               s       s        x     x      x         +     +     +
PUT /api/v1/meetings/<meeting_id>/document-order           s       s        x     x      x         +     +     +
POST /api/v1/agenda-items/<item_id>/documents              s       s        x     x      x         +     +     +
PUT /api/v1/agenda-items/<item_id>/document-order          s       s        x     x      x         +     +     +
GET /api/v1/documents/<document_id>                        s       s        x     0      +         +     +     +
GET /api/v1/documents/<document_id> unpublished            s       s        x     0      0         +     +     +
GET /api/v1/documents/<document_id> open to guests         s       s        x     +      +         +     +     +
PATCH /api/v1/documents/<document_id>                      s       s        x     x      x         +     +     +
DELETE /api/v1/documents/<document_id>                     s       s        x     x      x         +     +     +
POST /api/v1/documents/<document_id>/versions              s       s        x     x      x         +     +     +
POST /api/v1/documents/<document_id>/publish               s       s        x     x      x         +     +     +
"""

PAGES = """
                 nobody revoked stranger guest member secretary chair admin
file                  s       s        x     0      +         +     +     +
pages/<int:page>      s       s        x     0      +         +     +     +
pages/<int:page>/image s      s        x     0      +         +     +     +
pages/<int:page>/text s       s        x     0      +         +     +     +
"""
"""Below /api/v1/documents/<document_id>/versions/<int:number>/."""

EVENTS = """
              nobody revoked stranger guest member secretary chair admin
room.join          s       s        x     +      +         +     +     x
room.leave         s       s        o     +      +         +     +     o
page.turn          s       s        o     p      p         +     p     o
pointer.move       s       s        o     p      p         +     p     o
presence.at        s       s        o     +      +         +     +     o
"""
"""Sent in the room by those who may enter; the secretary holds the presentation."""

MEETS = {"POST /api/v1/session/password": "wrong_password"}
"""Rows that are allowed and then refused for what was sent: the code."""

BELOW_A_VERSION = "GET /api/v1/documents/<document_id>/versions/<int:number>/"


def table(text: str, before: str = "") -> dict[str, dict[str, str]]:
    """Row → kind → what is expected."""
    head, *lines = text.strip("\n").splitlines()
    assert tuple(head.split()) == KINDS
    rows = {}
    for line in lines:
        parts = line.split()
        cells = parts[-len(KINDS) :]
        name = before + " ".join(parts[: -len(KINDS)])
        assert name not in rows, f"two rows: {name}"
        rows[name] = dict(zip(KINDS, cells, strict=True))
    return rows


ROWS = {**table(ROUTES), **table(PAGES, BELOW_A_VERSION)}
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


@pytest.mark.parametrize("row", [row for row in ROWS if "_id>" in row and row.count(" ") == 1])
def test_what_does_not_exist_is_not_found(world: World, row: str):
    things = {"meeting_id", "item_id", "document_id", "user_id", "unit_id", "sign_in_id"}
    nothing = dict.fromkeys(things, "no-such-thing")
    response = send(world, "admin", row, **nothing)
    expected = 422 if row.startswith("PUT") and "participants" in row else 404
    assert response.status_code == expected or (response.status_code == 404), response.text


def test_metrics_are_for_this_machine_or_a_token(world: World):
    address = f"{world.server.url}/metrics"
    elsewhere = {"X-Forwarded-For": "192.0.2.7"}
    for person in world.people.values():
        assert person.get(address, headers=elsewhere).status_code == 403
    for token, status in ((METRICS_TOKEN, 200), ("another", 403), ("", 403)):
        headers = {**elsewhere, "Authorization": f"Bearer {token}"}
        assert world.people["nobody"].get(address, headers=headers).status_code == status


@pytest.mark.parametrize("path", ["/demo", "/demo/state", "/phone/x", "/as/chair/", "/as/chair/people"])
def test_the_doors_of_the_demo_are_not_there(world: World, path: str):
    for kind in ("nobody", "admin"):
        answer = world.people[kind].get(f"{world.server.url}{path}")
        assert answer.status_code == 404, kind
