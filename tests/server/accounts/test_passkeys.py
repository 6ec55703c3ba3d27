"""Passkeys in place of the code: added, used, refused, removed. The server is behind a proxy."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
import requests

from tests.factories import PASSWORD, prepared
from tests.server.accounts.authenticator import PRESENT, Authenticator, decoded, encoded
from tests.server.accounts.test_second_factor import code_of, enrolled, task
from tests.server.real_server import Person, RealServer

pytestmark = [pytest.mark.slow, pytest.mark.own_server]
HOST, ORIGIN = "hop.example", "https://hop.example:8443"
PASSKEYS, FACTOR = "/session/passkeys", "/session/second-factor"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server that trusts one proxy, with TLS at the proxy."""
    folder = tmp_path_factory.mktemp("passkeys")
    made = prepared(folder / "data", *(f"daibieu{number}" for number in range(1, 10)))
    env = {"DIENHONG_TRUSTED_PROXIES": "1"}
    running = RealServer(made, folder / "server.log", env=env).start("web")
    yield running
    running.stop()


class Visitor(Person):
    """Somebody whose browser reaches the server by a host name, through the proxy."""

    def __init__(self, server: RealServer, username: str, origin: str = ORIGIN) -> None:
        super().__init__(server, username)
        scheme, _, host = origin.partition("://")
        self.http.headers["X-Forwarded-Proto"] = scheme
        self.http.headers["X-Forwarded-Host"] = host

    def tries(self, **more: Any) -> requests.Response:
        """A try at signing in."""
        return self.post("/session", username=self.username, password=PASSWORD, **more)

    def asked(self) -> dict[str, Any]:
        """What the server wants of a passkey once the password was right."""
        answer = self.tries()
        assert answer.status_code == 401, answer.text
        assert code_of(answer) == "code_needed"
        options: dict[str, Any] = answer.json()["passkey"]
        return options


def owner(server: RealServer, name: str, origin: str = ORIGIN) -> Visitor:
    """Somebody signed in whose second factor is on."""
    person = Visitor(server, name, origin)
    person.sign_in()
    enrolled(person)
    return person


def added(person: Visitor, key: Authenticator | None = None) -> Authenticator:
    """Add a passkey; the browser repeats its request."""
    key = key or Authenticator(ORIGIN, HOST)
    options = person.post(f"{PASSKEYS}/options").json()
    body = {"credential": key.creates(options)}
    once = {"Idempotency-Key": encoded(key.id)}
    made, again = (person.call("POST", PASSKEYS, json=body, headers=once) for _ in range(2))
    assert made.status_code == 200, made.text
    assert again.json() == made.json()
    return key


def told_of(server: RealServer, person: Person) -> bytes:
    """What the audit has of somebody's own acts on the second factor."""
    with closing(sqlite3.connect(server.made.data / "dienhong.sqlite3")) as database:
        rows = database.execute(
            "SELECT facts FROM audit_entry WHERE action = 'second_factor.set' AND actor_id = ?",
            (person.id,),
        ).fetchall()
    return b" ".join(row[0] for row in rows)


def test_a_passkey_stands_for_the_code(own: RealServer):
    person = owner(own, "daibieu1")
    assert person.get(PASSKEYS).json() == {"available": True, "items": []}
    begun = person.post(f"{PASSKEYS}/options").json()
    assert begun["rp"]["id"] == HOST
    assert (begun["attestation"], begun["excludeCredentials"]) == ("none", [])
    key = added(person)
    (shown,) = person.get(PASSKEYS).json()["items"]
    assert (shown["id"], shown["rp_id"]) == (encoded(key.id), HOST)
    assert shown["name"] == f"python-requests/{requests.__version__}"
    assert shown["last_used_at"] is None

    device = Visitor(own, "daibieu1")
    options = device.asked()
    assert (options["rpId"], options["allowCredentials"][0]["id"]) == (HOST, shown["id"])
    # Only the password was given: nobody is signed in.
    assert code_of(device.get("/session")) == "not_signed_in"
    assert code_of(device.get("/meetings")) == "not_signed_in"
    assert code_of(device.post(f"{PASSKEYS}/options")) == "not_signed_in"
    assert device.http.get(f"{own.url}/", allow_redirects=False, timeout=20).status_code == 302
    signed = device.tries(passkey=key.signs(options))
    assert signed.status_code == 200, signed.text
    assert device.get("/session").status_code == 200
    (shown,) = person.get(PASSKEYS).json()["items"]
    assert shown["last_used_at"] is not None

    renamed = person.patch(f"{PASSKEYS}/{shown['id']}", name="Máy tính bảng")
    assert renamed.json()["name"] == "Máy tính bảng"
    assert person.delete(f"{PASSKEYS}/{shown['id']}").json() == {"id": shown["id"]}
    assert person.get(PASSKEYS).json()["items"] == []
    assert "passkey" not in device.tries().json()
    told = told_of(own, person)
    assert all(step in told for step in (b"passkey added", b"passkey renamed", b"passkey removed"))
    assert shown["id"].encode() not in told


WRONG: dict[str, Callable[[Authenticator], None]] = {
    "another origin": lambda key: setattr(key, "origin", "https://hop.example"),
    "another scheme": lambda key: setattr(key, "origin", ORIGIN.replace("https", "http")),
    "another relying party": lambda key: setattr(key, "rp_id", "example"),
    "a counter that goes back": lambda key: setattr(key, "count", 1),
    "an unknown key": lambda key: setattr(key, "id", b"another"),
}


def test_other_signatures_are_wrong_codes(own: RealServer):
    person = owner(own, "daibieu2")
    key = added(person)
    known = Visitor(own, "daibieu2")
    assert known.tries(passkey=key.signs(known.asked())).status_code == 200
    assert known.tries(passkey=key.signs(known.asked())).status_code == 200
    for case, change in WRONG.items():
        before = (key.origin, key.rp_id, key.id, key.count)
        options = known.asked()
        change(key)
        assert code_of(known.tries(passkey=key.signs(options))) == "wrong_code", case
        key.origin, key.rp_id, key.id, key.count = before
    options = known.asked()
    absent = known.tries(passkey=key.signs(options, flags=0))
    assert code_of(absent) == "wrong_code"
    # A fault changes nothing for the right one.
    assert known.tries(passkey=key.signs(known.asked(), flags=PRESENT)).status_code == 200


def test_a_challenge_counts_once_also_with_a_copied_cookie(own: RealServer):
    person = owner(own, "daibieu3")
    key = added(person, Authenticator(ORIGIN, HOST, counts=False))
    device = Visitor(own, "daibieu3")
    options = device.asked()
    cookies = device.http.cookies.copy()
    signed = key.signs(options)
    assert device.tries(passkey=signed).status_code == 200
    assert code_of(device.tries(passkey=signed)) == "wrong_code"
    thief = Visitor(own, "daibieu3")
    thief.http.cookies.update(cookies)
    assert code_of(thief.tries(passkey=signed)) == "wrong_code"
    # Nor does another browser's challenge, or one for adding a key.
    other = Visitor(own, "daibieu3")
    other.asked()
    assert code_of(other.tries(passkey=key.signs(device.asked()))) == "wrong_code"
    adding = person.post(f"{PASSKEYS}/options").json()
    assert code_of(person.tries(passkey=key.signs(adding))) == "wrong_code"


def test_a_passkey_is_its_owner_s_alone(own: RealServer):
    first, second = owner(own, "daibieu4"), owner(own, "daibieu5")
    key, other = added(first), added(second)
    device = Visitor(own, "daibieu4")
    assert code_of(device.tries(passkey=other.signs(device.asked()))) == "wrong_code"
    assert code_of(second.delete(f"{PASSKEYS}/{encoded(key.id)}")) == "not_found"
    assert code_of(second.patch(f"{PASSKEYS}/{encoded(key.id)}", name="x")) == "not_found"
    options = second.post(f"{PASSKEYS}/options").json()
    assert code_of(second.post(PASSKEYS, credential=key.creates(options))) == "passkey_refused"
    assert device.tries(passkey=key.signs(device.asked())).status_code == 200


def test_what_is_no_new_passkey_of_this_page_is_refused(own: RealServer):
    person = owner(own, "daibieu6")

    def tried(key: Authenticator, change: Callable[[dict[str, Any]], None] = lambda _: None) -> Any:
        made = key.creates(person.post(f"{PASSKEYS}/options").json())
        change(made["response"])
        return code_of(person.post(PASSKEYS, credential=made))

    assert tried(Authenticator("https://hop.example", HOST)) == "passkey_refused"
    assert tried(Authenticator(ORIGIN, "other.example")) == "passkey_refused"
    key = Authenticator(ORIGIN, HOST)
    made = key.creates(person.post(f"{PASSKEYS}/options").json())
    assert person.post(PASSKEYS, credential=made).status_code == 200
    assert code_of(person.post(PASSKEYS, credential=made)) == "passkey_refused"
    whole = decoded(made["response"]["attestationObject"])
    for at in range(0, len(whole), 7):
        broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]

        def breaks(response: dict[str, Any], broken: bytes = broken) -> None:
            response["attestationObject"] = encoded(broken)

        assert tried(key, breaks) == "passkey_refused", at
    assert code_of(Visitor(own, "daibieu6").post(f"{PASSKEYS}/options")) == "not_signed_in"


def test_an_account_has_ten_at_most_and_needs_the_app_first(own: RealServer):
    person = Visitor(own, "daibieu7")
    person.sign_in()
    assert code_of(person.post(f"{PASSKEYS}/options")) == "no_second_factor"
    enrolled(person)
    for _ in range(10):
        added(person)
    assert code_of(person.post(f"{PASSKEYS}/options")) == "too_many_passkeys"


@pytest.mark.parametrize("origin", ["https://192.168.1.20", "http://hop.example", "https://[::1]"])
def test_an_address_without_a_name_or_tls_offers_nothing(own: RealServer, origin: str):
    person = Visitor(own, "quantri", origin)
    person.sign_in()
    assert person.get(PASSKEYS).json() == {"available": False, "items": []}
    assert code_of(person.post(f"{PASSKEYS}/options")) == "no_passkeys_here"


def test_removal_of_the_factor_removes_them(own: RealServer):
    person, admin = owner(own, "daibieu8"), Visitor(own, "quantri")
    admin.sign_in()
    removals: list[Callable[[], object]] = [
        lambda: person.delete(FACTOR),
        lambda: admin.delete(f"/users/{person.id}/second-factor"),
        lambda: task(own.made.data, "daibieu8"),
    ]
    for remove in removals:
        key = added(person)
        options = Visitor(own, "daibieu8").asked()
        assert options["allowCredentials"][0]["id"] == encoded(key.id)
        remove()
        assert person.get(PASSKEYS).json()["items"] == []
        assert Visitor(own, "daibieu8").tries().status_code == 200
        enrolled(person)
        assert "passkey" not in Visitor(own, "daibieu8").tries().json()


def test_it_works_only_at_the_name_that_it_was_made_for(own: RealServer):
    person = owner(own, "daibieu9")
    key = added(person)
    elsewhere = Visitor(own, "daibieu9", "https://other.example")
    assert "passkey" not in elsewhere.tries().json()
    options = Visitor(own, "daibieu9").asked()
    assert code_of(elsewhere.tries(passkey=key.signs(options))) == "wrong_code"
    # It can be removed there.
    assert len(person.get(PASSKEYS).json()["items"]) == 1
    moved = Visitor(own, "daibieu9", "https://other.example")
    moved.http.cookies.update(person.http.cookies)
    moved.http.headers["X-CSRF-Token"] = person.http.headers["X-CSRF-Token"]
    assert moved.delete(f"{PASSKEYS}/{encoded(key.id)}").status_code == 200
