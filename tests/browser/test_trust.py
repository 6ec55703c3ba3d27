"""A server with TLS in a real browser: the page about trust, then the room over https and wss."""

import base64
import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Error, Playwright, expect

from core.server.tls import files_in
from core.server.tls_certificates import make, server_certificate
from launcher import announce
from tests.browser.conftest import QUIET, Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import call_a_sitting
from tests.browser.window import DESKTOP, PHONE, TABLET
from tests.factories import PASSWORD, prepared
from tests.server.conftest import PEOPLE
from tests.server.real_server import Person, RealServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """As in conftest, over TLS."""
    folder = tmp_path_factory.mktemp("trust")
    made = prepared(folder / "data", *PEOPLE)
    make(files_in(made.data), "hội trường", ["hoi-truong.local", "127.0.0.1"], [])
    running = RealServer(made, folder / "server.log").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium(driver: Playwright, server: RealServer) -> Iterator[Browser]:
    """A Chromium that trusts this server's key and, as any other, no other unknown one."""
    certificate = server_certificate(files_in(server.made.data))
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    trusted = base64.b64encode(hashlib.sha256(key).digest()).decode()
    flag = f"--ignore-certificate-errors-spki-list={trusted}"
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    browser = driver.chromium.launch(executable_path=path, args=[*QUIET, flag])
    yield browser
    browser.close()


@pytest.mark.parametrize(("name", "size"), [("tablet", TABLET), ("phone", PHONE)])
def test_a_device_installs_the_certificate_of_the_server(
    windows: Opens, server: RealServer, artifacts: Path, name: str, size: dict[str, Any]
):
    window = windows(name, server.url.replace("https:", "http:"), size)
    page = window.open("/trust").page
    settle(page)
    window.shot(artifacts, name)
    page.screenshot(path=artifacts / f"{name}-whole.png", full_page=True, animations="disabled")
    assert faults(page) + axe_faults(page) == []

    with page.expect_download() as downloading:
        page.get_by_role("link", name="Tải chứng chỉ").click()
    assert downloading.value.suggested_filename == "dienhong.crt"
    assert downloading.value.path().read_bytes() == files_in(server.made.data).ca.read_bytes()

    page.get_by_role("link", name="Mở phòng họp").click()
    expect(page).to_have_url(f"{server.url}/sign-in")


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_the_page_is_readable_in_every_theme(
    windows: Opens, server: RealServer, artifacts: Path, theme: str
):
    window = windows(theme, server.url, TABLET)
    window.keep_cookie("dienhong_theme", theme, server.url)
    page = window.open("/trust").page
    settle(page)
    window.shot(artifacts, theme)
    assert faults(page) + axe_faults(page) == []


def test_an_old_address_leads_into_the_room(windows: Opens, server: RealServer):
    window = windows("daibieu1", server.url.replace("https:", "http:"), TABLET)
    page = window.open("/").page
    expect(page).to_have_url(re.compile(f"^{server.url}/sign-in"))
    page.get_by_label("Tài khoản").fill("daibieu1")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_url(f"{server.url}/")
    assert page.evaluate("isSecureContext")
    (session,) = [one for one in window.context.cookies() if "session" in str(one.get("name"))]
    assert session.get("name") == "__Host-dienhong_session"
    assert session.get("secure")


def test_a_new_phone_scans_trusts_signs_in_and_sees_the_page(
    driver: Playwright,
    windows: Opens,
    server: RealServer,
    people: dict[str, Person],
    artifacts: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """What ./run serve prints as a QR code leads somebody with a new phone into the room."""
    sitting = call_a_sitting(people, presented=1)
    scanned: list[str] = []
    monkeypatch.setattr(announce, "tablet_hosts", lambda _host: [("127.0.0.1", "hall")])
    monkeypatch.setattr(subprocess, "run", lambda words, **_how: scanned.append(words[-1]))
    ca = files_in(server.made.data).ca
    announce.show_serve(announce.Endpoint("0.0.0.0", server.port, ca), None)
    (address,) = scanned
    assert address in capsys.readouterr().out

    stranger = driver.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
    new_phone = stranger.new_page()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        new_phone.goto(f"{server.url}{sitting.path}")
    new_phone = stranger.new_page()  # the first one is still showing its warning
    new_phone.goto(address)
    with new_phone.expect_download() as downloading:
        new_phone.get_by_role("link", name="Tải chứng chỉ").click()
    assert downloading.value.path().read_bytes() == ca.read_bytes()
    stranger.close()

    # From here the phone has installed it: this Chromium trusts the server.
    phone = windows("phone", address.removesuffix("/trust"), PHONE)
    page = phone.open("/trust").page
    page.get_by_role("link", name="Mở phòng họp").click()
    expect(page).to_have_url(f"{server.url}/sign-in")
    page.get_by_label("Tài khoản").fill("daibieu1")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("link", name="Vào họp").first.click()
    RoomScreen(phone).shows(1)
    phone.shot(artifacts, "in-the-room")


def test_pages_turn_over_wss(enter: Opens, people: dict[str, Person], artifacts: Path):
    sitting = call_a_sitting(people, presented=1)
    presenter = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    member.shows(1)
    presenter.next_page()
    member.shows(2)
    member.follows()
    member.window.shot(artifacts, "member-follows")
