"""Uploads that a test sends in parts."""

import json
from http.client import HTTPConnection

from tests.server.real_server import Person, RealServer


class SlowUpload:
    """One upload of which the caller sends each half."""

    def __init__(
        self, person: Person, path: str, content: bytes, announced: int | None = None
    ) -> None:
        """announced: of the body, where it is not what is sent."""
        head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        self._body = head + content + b"\r\n--edge--\r\n"
        self._connection = HTTPConnection("127.0.0.1", person.server.port, timeout=20)
        self._connection.putrequest("POST", f"/api/v1{path}")
        cookies = "; ".join(f"{one.name}={one.value}" for one in person.http.cookies)
        for name, value in (
            ("Cookie", cookies),
            ("X-CSRF-Token", str(person.http.headers["X-CSRF-Token"])),
            ("Content-Type", "multipart/form-data; boundary=edge"),
            ("Content-Length", str(announced or len(self._body))),
        ):
            self._connection.putheader(name, value)
        self._connection.endheaders()

    def send_half(self) -> None:
        """Send the first half of the body."""
        self._connection.send(self._body[: len(self._body) // 2])

    def finish(self) -> tuple[int, str]:
        """Send the rest; return status and code."""
        self._connection.send(self._body[len(self._body) // 2 :])
        return self.answer()

    def answer(self) -> tuple[int, str]:
        """The status and code of the answer."""
        answer = self._connection.getresponse()
        body = json.loads(answer.read())
        self.close()
        return answer.status, body.get("code", "")

    def close(self) -> None:
        """Break off."""
        self._connection.close()


def files_of(server: RealServer, folder: str) -> int:
    """The number of files in a folder of the server's data, and below it."""
    return sum(one.is_file() for one in (server.made.data / folder).rglob("*"))
