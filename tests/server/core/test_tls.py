"""A whole server that speaks TLS: signing in, a room over wss, and what is left open without it."""

import json
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
from cryptography import x509

from core import clock
from core.server.tls import TlsFiles, files_in
from core.server.tls_certificates import authority, fingerprint, make, server_certificate
from tests.factories import PASSWORD, ROOT, prepared
from tests.server.conftest import PEOPLE, Room
from tests.server.real_server import RealServer

pytestmark = pytest.mark.slow
NAMES = ["hoi-truong.local", "localhost", "127.0.0.1"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """As in conftest, over TLS."""
    folder = tmp_path_factory.mktemp("tls")
    made = prepared(folder / "data", *PEOPLE)
    make(files_in(made.data), "hội trường", NAMES, [])
    running = RealServer(made, folder / "server.log").start()
    yield running
    running.stop()


@pytest.fixture
def files(server: RealServer) -> TlsFiles:
    return files_in(server.made.data)


@pytest.fixture
def plain(server: RealServer) -> str:
    """The same address without TLS."""
    return server.url.replace("https:", "http:")


def ask(url: str, method: str = "GET", **options: object) -> requests.Response:
    """A request of nobody, which follows nothing."""
    return requests.request(method, url, allow_redirects=False, timeout=10, **options)  # type: ignore[arg-type]


def test_pages_turn_over_wss(room: Room):
    secretary, member = room.tablet(room.secretary), room.tablet(room.member)
    assert secretary.client.connection_url.startswith("https:")
    assert secretary.turn(room.document, 2)["ok"]
    assert member.next("room.live", page=2)["page"] == 2
    assert member.turn(room.document, 3)["code"] == "not_presenter"


def test_an_upload_and_its_pages_pass(room: Room):
    page = room.member.get(f"/documents/{room.document}/versions/1/pages/1/image?width=1200")
    assert page.status_code == 200
    file = room.member.get(f"/documents/{room.document}/versions/1/file")
    assert file.content.startswith(b"%PDF-")


def test_cookies_stay_on_tls_and_no_header_forces_tls(server: RealServer):
    answer = ask(f"{server.url}/sign-in", verify=server.trusts)
    (cookie,) = answer.headers["Set-Cookie"].split("\n")
    assert cookie.startswith("__Host-dienhong_session=")
    assert "; Secure;" in cookie
    assert "Strict-Transport-Security" not in answer.headers
    preferred = ask(
        f"{server.url}/api/v1/preferences", "PUT", json={"language": "en"}, verify=server.trusts
    )
    assert "Strict-Transport-Security" not in preferred.headers


def test_every_cookie_is_bound_to_this_host_and_to_tls(server: RealServer):
    def set_by(path: str, method: str = "GET", **options: object) -> dict[str, str]:
        answer = person.call(method, f"{server.url}{path}", **options)
        assert answer.ok, answer.text
        headers: list[str] = answer.raw.headers.getlist("Set-Cookie")
        for header in headers:
            facts = {fact.strip() for fact in header.split(";")[1:]}
            assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= facts
            assert len(header) < 4096
        return dict(header.split(";")[0].split("=", 1) for header in headers)

    person = server.sign_in("thuky")
    before = person.http.cookies.copy()
    made = set_by("/api/v1/session", "POST", json={"username": "thuky", "password": PASSWORD})
    assert set(made) == {"__Host-dienhong_session", "__Host-dienhong_device"}
    liked = {"language": "en", "theme": "dark", "text_size": "large"}
    person.http.headers["X-CSRF-Token"] = person.get("/session").json()["csrf_token"]
    liked_cookies = set_by("/api/v1/preferences", "PUT", json=liked)
    names = ("lang", "theme", "text_size")
    assert set(liked_cookies) == {f"__Host-dienhong_{name}" for name in names}
    page = person.get(f"{server.url}/").text
    assert '<html lang="en"' in page
    assert 'data-theme="dark" data-text-size="large"' in page
    # The sign-in before it has ended; and no signed value serves for another purpose.
    session, device = (made[f"__Host-dienhong_{name}"] for name in ("session", "device"))
    for cookie in (before["__Host-dienhong_session"], device):
        sent = {"Cookie": f"__Host-dienhong_session={cookie}"}
        answer = requests.get(f"{server.url}/api/v1/session", headers=sent, verify=server.trusts)
        assert answer.status_code == 401
    # Signed with HMAC-SHA-256: 43 characters of base64.
    signed = [session, device, person.http.headers["X-CSRF-Token"]]
    assert [len(str(one).rpartition(".")[2]) for one in signed] == [43, 43, 43]


@pytest.mark.parametrize(
    ("path", "onward"),
    [
        ("/", "/"),
        ("/meetings/abc?tab=x&y=%20", "/meetings/abc?tab=x&y=%20"),
        ("/kỳ họp", "/k%E1%BB%B3%20h%E1%BB%8Dp"),
        ("//elsewhere.example/x", "/elsewhere.example/x"),
        ("/trust/../people", "/people"),
        ("/trust/x", "/trust/x"),
    ],
)
def test_without_tls_every_page_leads_to_it(server: RealServer, plain: str, path: str, onward: str):
    answer = ask(f"{plain}{path}")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"{server.url}{onward}")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/session"),
        ("GET", "/socket.io/?EIO=4&transport=polling"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/metrics"),
    ],
)
def test_a_program_that_forgot_tls_is_told_so(plain: str, method: str, path: str):
    body = {"username": "thuky", "password": "x"}
    answer = ask(f"{plain}{path}", method, json=body)
    assert answer.status_code == 403
    assert answer.text == "HTTPS is required.\n"
    assert not {"Set-Cookie", "Location"} & set(answer.headers)


@pytest.mark.parametrize("host", ["a b", "x/y", "a@b", "", "x:y:z"])
def test_a_host_that_is_none_leads_nowhere(plain: str, host: str):
    answer = ask(f"{plain}/", headers={"Host": host})
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_the_page_about_trust_is_there_with_and_without_tls(
    server: RealServer, plain: str, files: TlsFiles
):
    pairs = fingerprint(authority(files)).split(":")
    for base in (plain, server.url):
        answer = ask(f"{base}/trust", verify=server.trusts)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert re.findall(r"<span>([0-9A-F]{2})</span>", answer.text) == pairs * 2
        assert f'href="{server.url}/"' in answer.text
        for words in ("Để máy này tin", "Make this device trust", "iPad", "Android", "Windows"):
            assert words in answer.text
        for asset in re.findall(r'(?:href|src)="(/static/[^"#]+)', answer.text):
            assert ask(f"{base}{asset}", verify=server.trusts).status_code == 200, asset


def test_the_certificate_is_handed_out_with_and_without_tls(
    server: RealServer, plain: str, files: TlsFiles
):
    for base in (plain, server.url):
        answer = ask(f"{base}/trust/ca.crt", verify=server.trusts)
        assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
        assert "PRIVATE" not in answer.text
        assert x509.load_pem_x509_certificate(answer.content) == authority(files)


def test_a_certificate_of_another_authority_has_no_page_about_trust(
    server: RealServer, plain: str, files: TlsFiles
):
    kept = files.ca.read_bytes()
    files.ca.unlink()
    try:
        for path in ("/trust", "/trust/ca.crt"):
            assert ask(f"{plain}{path}").status_code == 404
    finally:
        files.ca.write_bytes(kept)


@pytest.mark.parametrize(("scheme", "refused"), [("http", True), ("https", False)])
def test_a_page_without_tls_is_another_site(server: RealServer, scheme: str, refused: bool):
    host = server.url.removeprefix("https://")
    answer = ask(
        f"{server.url}/api/v1/session",
        "POST",
        json={"username": "thuky", "password": "sai"},
        headers={"Origin": f"{scheme}://{host}"},
        verify=server.trusts,
    )
    assert (answer.json()["code"] == "csrf_failed") is refused


@pytest.mark.parametrize(("scheme", "status"), [("http", 400), ("https", 200)])
def test_a_socket_of_a_page_without_tls_is_refused(
    server: RealServer, room: Room, scheme: str, status: int
):
    host = server.url.removeprefix("https://")
    answer = room.member.call(
        "GET",
        f"{server.url}/socket.io/?EIO=4&transport=polling",
        headers={"Origin": f"{scheme}://{host}"},
    )
    assert answer.status_code == status


def test_keys_are_in_no_log(server: RealServer, files: TlsFiles):
    said = server.log.read_text()
    for path in (files.ca_key, files.server):
        for line in path.read_text().splitlines():
            assert line.startswith("-----") or line not in said


def test_threads_serve_no_tls(files: TlsFiles):
    done = subprocess.run(
        [sys.executable, "app.py", "web", "--data", str(files.folder.parent), "--port", "0"],
        cwd=ROOT,
        env={"DIENHONG_ASYNC_MODE": "threading", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "threading serves no HTTPS" in done.stderr


def test_without_certificates_there_is_nothing_to_trust(tmp_path):
    said = subprocess.run(
        [sys.executable, "-m", "launcher.tls_files", "show", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert json.loads(said)["outcome"] == "broken"


def test_a_new_certificate_is_used_without_a_restart(server: RealServer, files: TlsFiles):
    port = int(server.url.rpartition(":")[2])

    def serial() -> int:
        pem = ssl.get_server_certificate(("127.0.0.1", port), timeout=10)
        return x509.load_pem_x509_certificate(pem.encode()).serial_number

    assert serial() == server_certificate(files).serial_number
    make(files, "hội trường", NAMES, [])
    made = server_certificate(files).serial_number
    assert serial() == made
    left = server_certificate(files).not_valid_after_utc - clock.now()
    assert left > timedelta(days=390)
    good = files.server.read_bytes()
    files.server.write_text("broken")
    assert [serial(), serial()] == [made, made]
    files.server.write_bytes(good)
    assert serial() == made
    assert ask(f"{server.url}/healthz", verify=server.trusts).ok
