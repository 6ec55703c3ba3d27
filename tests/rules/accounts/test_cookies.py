"""The session cookie: signed, and as good after the clock was set as before."""

import time

import pytest
from flask import Flask, session
from itsdangerous import BadSignature

from accounts.sign_in.sessions import CookieAtRoot, cookie_value, payload_of

DAY = 86_400


@pytest.fixture
def app() -> Flask:
    made = Flask("cookies")
    made.secret_key = "of this test alone, and long enough"
    made.session_interface = CookieAtRoot()
    return made


def header(app: Flask, value: str) -> str:
    return f"{CookieAtRoot().get_cookie_name(app)}={value}"


@pytest.mark.parametrize("step", [-400 * DAY, -DAY, -1, 0, DAY])
def test_a_clock_that_is_set_signs_nobody_out(app, monkeypatch, step):
    """The server's clock was wrong until a time server put it right, and web started again."""
    cookie = header(app, cookie_value(app, "token"))
    then = time.time() + step
    monkeypatch.setattr(time, "time", lambda: then)
    assert payload_of(app, cookie)["_user_id"] == "token"
    with app.test_request_context(headers={"Cookie": cookie}):
        assert session["_user_id"] == "token"


def test_a_changed_cookie_is_no_session(app):
    value = cookie_value(app, "token")
    changed = value[:5] + ("A" if value[5] != "A" else "B") + value[6:]
    with pytest.raises(BadSignature):
        payload_of(app, header(app, changed))
    with app.test_request_context(headers={"Cookie": header(app, changed)}):
        assert not session
