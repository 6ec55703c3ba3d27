"""Very many ballots of one person, quickly: requests written to sockets by hand, from threads."""

import json
import secrets
import socket
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.server.real_server import Person


@dataclass(frozen=True)
class Sent:
    """One request: which choice, under which key (None: without one)."""

    choice: str
    key: str | None


@dataclass(frozen=True)
class Heard:
    """What came back. `receipt` of a refusal: None; then `code` says why."""

    sent: Sent
    status: int
    receipt: tuple[int, str] | None
    code: str | None


class Line:
    """One connection of one tablet, which is made anew after so many requests."""

    def __init__(self, person: Person, poll: str, renew: int) -> None:
        self._port, self._renew, self._done = person.server.port, renew, 0
        cookies = "; ".join(f"{one.name}={one.value}" for one in person.http.cookies)
        token = person.http.headers["X-CSRF-Token"]
        self._head = (
            f"POST /api/v1/polls/{poll}/ballots HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: {cookies}\r\nX-CSRF-Token: {token!s}\r\n"
            "Content-Type: application/json\r\n"
        )
        self._connect()

    def _connect(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")
        self._over = False

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def send(self, sent: Sent) -> Heard:
        """Send a ballot and wait for the answer."""
        if self._over or (self._done and self._done % self._renew == 0):
            self.close()
            self._connect()
        self._done += 1
        body = json.dumps({"choice": sent.choice})
        key = f"Idempotency-Key: {sent.key}\r\n" if sent.key else ""
        words = f"{self._head}{key}Content-Length: {len(body)}\r\n\r\n{body}"
        self._socket.sendall(words.encode())
        return self._answer(sent)

    def _answer(self, sent: Sent) -> Heard:
        version, code, *_ = self._file.readline().split()
        status, length, self._over = int(code), 0, version == b"HTTP/1.0"
        while (header := self._file.readline().strip()) != b"":
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif name.lower() == b"connection":
                self._over = value.strip().lower() == b"close"
        answer = json.loads(self._file.read(length))
        found = answer.get("receipt")
        receipt = (found["log_index"], found["leaf_hash"]) if found else None
        return Heard(sent, status, receipt, answer.get("code"))


def mixed(number: int, choices: Sequence[str]) -> Iterator[Sent]:
    """Retries of two requests, requests without a key, requests with a key of their own."""
    retried = [Sent(choices[0], "retried-1"), Sent(choices[0], "retried-2")]
    for n in range(number):
        choice = choices[n // 4 % len(choices)]
        fresh = [Sent(choice, None), Sent(choice, secrets.token_hex(8))]
        yield (retried + fresh)[n % 4]


def storm(people: Sequence[Person], poll: str, number: int, choices: Sequence[str]) -> list[Heard]:
    """Everybody sends `number` ballots on a line of their own, all beginning at the same moment."""
    gate = threading.Barrier(len(people))

    def run(place: int) -> list[Heard]:
        line = Line(people[place], poll, renew=50 + 7 * place)
        try:
            gate.wait(30)
            return list(map(line.send, mixed(number, choices)))
        finally:
            line.close()

    with ThreadPoolExecutor(len(people)) as pool:
        lines = pool.map(run, range(len(people)))
        return [heard for line in lines for heard in line]
