"""A house with TLS in a real browser: the page about trust, then the room over https and wss."""

import base64
import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from core.tls import files_in
from core.tls_certificates import make, server_certificate
from tests.browser.conftest import PATIENCE_MS, QUIET
from tests.browser.looks import serious
from tests.browser.window import PHONE, TABLET, Window, hold
from tests.factories import PASSWORD, prepared
from tests.server.conftest import PEOPLE, Room, make_room
from tests.server.real_server import RealServer


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server that speaks TLS."""
    folder = tmp_path_factory.mktemp("trust")
    made = prepared(folder / "data", *PEOPLE)
    make(files_in(made.data), "hội trường", ["hoi-truong.local", "127.0.0.1"], [])
    running = RealServer(made, folder / "server.log").start()
    yield running
    running.stop()
