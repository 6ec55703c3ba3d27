"""What everybody behind one address shares: how many passwords are hashed for it."""

from contextlib import closing
from http.client import HTTPConnection

import pytest

from tests.server.real_server import RealServer

pytestmark = pytest.mark.slow


def test_what_reaches_no_hash_does_not_use_up_what_an_address_may(server: RealServer):
    """Else anybody in the hall could keep everybody from signing in, at no cost."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=10)) as line:
        for _ in range(1_250):
            line.request("POST", "/api/v1/session", b"{", {"Content-Type": "application/json"})
            answer = line.getresponse()
            answer.read()
            assert answer.status == 400
    assert server.sign_in("thuky").get("/session").ok
