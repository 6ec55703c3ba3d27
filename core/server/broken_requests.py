"""The answer to bytes that are no HTTP request, of both servers."""

from typing import Any

_ANSWER = (
    b"HTTP/1.1 %d Broken Request\r\nConnection: close\r\nContent-Length: 0\r\n"
    b"X-Content-Type-Options: nosniff\r\n\r\n"
)


class BriefErrors:
    """For a `BaseHTTPRequestHandler`, whose own answer is a page that repeats what was sent."""

    close_connection: bool
    wfile: Any

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer the status alone, and end the connection."""
        self.close_connection = True
        self.wfile.write(_ANSWER % code)
