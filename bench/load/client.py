"""One signed-in person's HTTP: the product's API over one kept-alive connection."""

import json
import select
import time
from http.client import HTTPConnection
from typing import Any, Protocol


class Served(Protocol):
    """A server on this machine."""

    port: int


class Client:
    """A person by cookie. Raises RuntimeError for answers that are no 2xx, unless asked not to."""

    def __init__(self, running: Served, cookie: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", running.port, timeout=60)
        self._connection.connect()
        self._headers = {"Cookie": cookie}
        self._learn_token()

    def _learn_token(self) -> None:
        status, body = self.ask("GET", "/session")
        if status != 200:
            raise RuntimeError(f"not signed in: {body[:200]!r}")
        self._headers["X-CSRF-Token"] = json.loads(body)["csrf_token"]

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> tuple[int, bytes]:
        """Status and body of one request under /api/v1."""
        self.send(method, path, body, kind)
        return self.answer()

    def send(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> float:
        """Send a request whose answer is fetched later; answers when it was sent."""
        headers = self._headers if body is None else {**self._headers, "Content-Type": kind}
        at = time.perf_counter()
        self._connection.request(method, f"/api/v1{path}", body, headers)
        return at

    def answer(self) -> tuple[int, bytes]:
        """Status and body of the answer to what was sent."""
        answer = self._connection.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            pair = cookie.partition(";")[0]
            if pair.startswith("dienhong_session="):
                self._headers["Cookie"] = pair
        return answer.status, content

    def answered(self) -> bool:
        """Whether an answer to what was sent has begun to come."""
        return bool(select.select([self._connection.sock], [], [], 0)[0])

    def get(self, path: str) -> Any:
        """The JSON of an answer."""
        return self._right("GET", path, *self.ask("GET", path))

    def post(self, path: str, **body: object) -> Any:
        """Send JSON; the JSON of the answer."""
        return self._right("POST", path, *self.ask("POST", path, json.dumps(body).encode()))

    def posted(self) -> Any:
        """The JSON of the answer to a POST sent before."""
        return self._right("POST", "sent before", *self.answer())

    def _right(self, method: str, path: str, status: int, content: bytes) -> Any:
        if status not in (200, 201):
            raise RuntimeError(f"{method} {path}: {status} {content[:300]!r}")
        return json.loads(content)

    def upload(self, path: str, name: str, content: bytes) -> str:
        """Upload one paper; its id."""
        head = (
            f'--bench\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        body = head.encode() + content + b"\r\n--bench--\r\n"
        kind = "multipart/form-data; boundary=bench"
        status, answer = self.ask("POST", path, body, kind)
        if status != 202:
            raise RuntimeError(f"POST {path}: {status} {answer[:300]!r}")
        document_id: str = json.loads(answer)["id"]
        return document_id

    def close(self) -> None:
        """End the connection."""
        self._connection.close()
