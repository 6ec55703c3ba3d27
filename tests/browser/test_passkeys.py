"""A passkey in a real browser over TLS, with Chromium's own device for tests."""

import base64
import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, Playwright, expect

from core.server.tls import files_in
from core.server.tls_certificates import make, server_certificate
from tests.browser.conftest import QUIET, Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.window import PHONE, UPRIGHT, Window
from tests.factories import PASSWORD, prepared
from tests.server.accounts.test_second_factor import enrolled
from tests.server.real_server import Person, RealServer

HOST = "hoi-truong.local"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server with a certificate for a host name."""
    folder = tmp_path_factory.mktemp("passkeys")
    made = prepared(folder / "data", "daibieu1")
    make(files_in(made.data), "hội trường", [HOST, "127.0.0.1"], [])
    running = RealServer(made, folder / "server.log").start("web")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium(driver: Playwright, server: RealServer) -> Iterator[Browser]:
    """A Chromium that finds the host name here and trusts this server's key. Passkeys are refused
    on pages whose certificate has errors that were overridden in any other way."""
    certificate = server_certificate(files_in(server.made.data))
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    trusted = base64.b64encode(hashlib.sha256(key).digest()).decode()
    flags = [
        f"--ignore-certificate-errors-spki-list={trusted}",
        f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
    ]
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    browser = driver.chromium.launch(executable_path=path, args=[*QUIET, *flags])
    yield browser
    browser.close()


def give_password(page: Page) -> None:
    page.get_by_label("Tài khoản").fill("daibieu1")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def sign_out(window: Window) -> None:
    window.context.clear_cookies()
    window.open("/sign-in")


def shown_well(window: Window, artifacts: Path, name: str) -> None:
    """At a phone's and an upright tablet's size."""
    for size, how in (("phone", PHONE), ("upright", UPRIGHT)):
        window.page.set_viewport_size(how["viewport"])
        settle(window.page)
        window.shot(artifacts, f"{name}-{size}")
        assert faults(window.page) + axe_faults(window.page) == []


def turn_present(window: Window, device: str, *, present: bool) -> None:
    """Whether somebody touches the device when it asks."""
    asked = {"authenticatorId": device, "enabled": present}
    window.devtools.send("WebAuthn.setAutomaticPresenceSimulation", asked)


def with_device(window: Window) -> str:
    """Plug a device into this browser; answers its id."""
    window.devtools.send("WebAuthn.enable", {"enableUI": False})
    made: dict[str, Any] = window.devtools.send(
        "WebAuthn.addVirtualAuthenticator", {"options": DEVICE}
    )
    return str(made["authenticatorId"])


def with_second_factor(window: Window, server: RealServer) -> Person:
    """Turn the second factor on and sign in with a code; answers another session of the person."""
    person = server.sign_in("daibieu1")
    phone, _codes = enrolled(person)
    window.open("/sign-in")
    give_password(window.page)
    expect(window.page.get_by_label("Mã đăng nhập hai bước")).to_be_visible()
    expect(window.page.get_by_role("button", name="Dùng khóa truy cập")).to_be_hidden()
    window.page.get_by_label("Mã đăng nhập hai bước").fill(phone.code())
    window.page.get_by_role("button", name="Đăng nhập").click()
    is_in(window.page)
    return person


def add_and_rename(window: Window) -> None:
    """Add the device's passkey on the account page, which takes one of a device, and name it."""
    page = window.open("/account").page
    part = page.locator("#passkeys")
    part.get_by_role("button", name="Thêm khóa truy cập").click()
    expect(part.get_by_role("listitem")).to_contain_text("Chưa dùng lần nào")
    part.get_by_role("button", name="Thêm khóa truy cập").click()
    known = page.locator(".toast.bad")
    expect(known).to_contain_text("đã có khóa truy cập")
    known.get_by_role("button", name="Đóng").click()
    part.get_by_role("button", name=re.compile("^Đổi tên khóa")).click()
    page.get_by_role("textbox", name="Tên khóa").fill("Máy tính bảng hội trường")
    page.get_by_role("button", name="Lưu").click()
    expect(part.get_by_role("listitem")).to_contain_text("Máy tính bảng hội trường")
    part.scroll_into_view_if_needed()


def remove_used(window: Window) -> None:
    """Remove the passkey, which was used."""
    page = window.open("/account").page
    part = page.locator("#passkeys")
    expect(part.get_by_role("listitem")).to_contain_text("Dùng lần cuối")
    part.get_by_role("button", name=re.compile("^Bỏ khóa")).click()
    page.get_by_role("dialog").get_by_role("button", name="Bỏ khóa").click()
    expect(part.get_by_role("listitem")).to_have_count(0)


def is_in(page: Page) -> None:
    expect(page.get_by_role("heading", name="Cuộc họp", exact=True)).to_be_visible()


def test_a_passkey_is_added_used_and_removed(windows: Opens, server: RealServer, artifacts: Path):
    base = server.url.replace("127.0.0.1", HOST)
    window: Window = windows("passkey", base, PHONE).awaits("status of 401", "status of 422")
    page = window.page
    device = with_device(window)
    person = with_second_factor(window, server)
    add_and_rename(window)
    shown_well(window, artifacts, "account")

    # Nobody touches the device: the field for the code is there all the same.
    sign_out(window)
    turn_present(window, device, present=False)
    give_password(page)
    expect(page.get_by_role("button", name="Dùng khóa truy cập")).to_be_visible()
    shown_well(window, artifacts, "sign-in")
    page.get_by_label("Mã đăng nhập hai bước").fill("000000")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("#refused")).to_contain_text("Mã không đúng")

    # Its button asks for a new challenge.
    turn_present(window, device, present=True)
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    is_in(page)

    # Where it answers at once, the password is all that is typed.
    sign_out(window)
    give_password(page)
    is_in(page)
    remove_used(window)

    # An IP address cannot have passkeys.
    address = windows("address", server.url, PHONE).signed_in(person).open("/account")
    expect(address.page.get_by_role("button", name="Tắt đăng nhập hai bước")).to_be_visible()
    expect(address.page.locator("#passkeys")).to_have_count(0)
