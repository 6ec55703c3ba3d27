"""./run tls init as a person meets it, and ./run serve over what it made."""

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from core.server.tls import files_in
from core.server.tls_certificates import authority, fingerprint, make, names_of, server_certificate
from launcher import tls
from launcher.messages import Trouble
from launcher.places import DATABASE
from launcher.tls import machine_names
from tests.server.real_server import free_port
from tests.server.run_command import RUN, run

pytestmark = pytest.mark.slow
DEADLINE = 60.0


def test_the_first_time_says_what_to_do_next(tmp_path: Path):
    done = run(
        "tls", "init", "--data", "data", "--name", "PhongHop.lan", cwd=tmp_path, deadline=DEADLINE
    )
    assert (done.returncode, done.stderr) == (0, "")
    files = files_in(tmp_path / "data")
    assert fingerprint(authority(files)) in done.stdout
    assert set(names_of(server_certificate(files))) >= {"phonghop.lan", "localhost", "127.0.0.1"}
    for word in ("Đã tạo chứng chỉ gốc", "phonghop.lan", "/trust", "./run serve"):
        assert word in done.stdout
    for path in (files.ca_key, files.server):
        assert path.read_text().splitlines()[1] not in done.stdout


def test_again_keeps_the_authority_and_says_so(tmp_path: Path):
    files = files_in(tmp_path)
    make(files, "hội trường", machine_names(), [])
    before = fingerprint(authority(files)), server_certificate(files).serial_number
    done = run("tls", "init", "--data", str(tmp_path), cwd=tmp_path, deadline=DEADLINE)
    assert "Giữ chứng chỉ gốc đã có" in done.stdout
    assert fingerprint(authority(files)) == before[0]
    assert server_certificate(files).serial_number != before[1]


@pytest.mark.parametrize("name", ["https://x.lan", "a b", "-x", ""])
def test_what_is_no_name_is_one_sentence(tmp_path: Path, name: str):
    done = run(
        "tls", "init", "--data", str(tmp_path), f"--name={name}", cwd=tmp_path, deadline=DEADLINE
    )
    assert done.returncode == 2
    assert "không phải tên máy hay địa chỉ" in done.stderr
    assert not files_in(tmp_path).folder.exists()


def test_what_the_authority_may_not_sign_for_is_one_sentence(tmp_path: Path):
    make(files_in(tmp_path), "hội trường", ["localhost"], [])
    done = run(
        "tls", "init", "--data", str(tmp_path), "--name", "hop.vn", cwd=tmp_path, deadline=DEADLINE
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "hop.vn" in done.stderr


def test_broken_files_stop_the_start_with_one_sentence(tmp_path: Path):
    files = files_in(tmp_path)
    make(files, "hội trường", ["localhost"], [])
    files.ca.write_text("nothing")
    done = run(
        "serve",
        "--port",
        str(free_port()),
        "--data",
        str(tmp_path),
        cwd=tmp_path,
        deadline=DEADLINE,
    )
    assert done.returncode == 2
    assert str(files.ca) in done.stderr


@contextmanager
def serving(folder: Path, port: int, *more: str) -> Iterator[str]:
    """./run serve of the data in a folder; what it printed until it was up."""
    words = ["serve", "--host", "0.0.0.0", "--port", str(port), "--data", str(folder), *more]
    with subprocess.Popen(
        [sys.executable, str(RUN), *words], cwd=folder, stdout=subprocess.PIPE, text=True
    ) as process:
        too_late = threading.Timer(3 * DEADLINE, process.kill)
        too_late.start()
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        try:
            yield said
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()
            too_late.cancel()


def test_serve_renews_the_certificate_and_prints_https(tmp_path: Path):
    files = files_in(tmp_path)
    make(files, "hội trường", machine_names(), [])
    make(files, "hội trường", ["localhost"], [])
    port = free_port()
    with serving(tmp_path, port) as said:
        answer = requests.get(f"https://127.0.0.1:{port}/healthz", verify=str(files.ca), timeout=10)
    assert answer.ok
    assert "Địa chỉ máy đã đổi" in said
    assert f"  https://127.0.0.1:{port}/\n" in said
    assert re.search(rf"https://127\.0\.0\.1:{port}/setup/", said)
    assert set(names_of(server_certificate(files))) >= set(machine_names())


def test_a_new_folder_is_served_over_https(tmp_path: Path):
    port = free_port()
    with serving(tmp_path, port) as said:
        files = files_in(tmp_path)
        answer = requests.get(f"https://127.0.0.1:{port}/healthz", verify=str(files.ca), timeout=10)
    assert answer.ok
    assert fingerprint(authority(files)) in said
    assert f"  https://127.0.0.1:{port}/\n" in said
    assert "không mã hóa" not in said


def test_a_new_folder_is_served_over_http_only_when_that_is_asked_for(tmp_path: Path):
    port = free_port()
    with serving(tmp_path, port, "--insecure-http") as said:
        assert requests.get(f"http://127.0.0.1:{port}/healthz", timeout=10).ok
    assert "HTTP không mã hóa" in said
    assert not files_in(tmp_path).folder.exists()


def test_an_existing_folder_and_a_proxy_keep_plain_http(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    old, behind_proxy = tmp_path / "old", tmp_path / "proxy"
    for folder in (old, behind_proxy):
        folder.mkdir()
    (old / DATABASE).touch()
    tls.make_for_new_data(old)
    monkeypatch.setenv("DIENHONG_TRUSTED_PROXIES", "1")
    tls.make_for_new_data(behind_proxy)
    tls.make_if_missing(behind_proxy)
    assert [*behind_proxy.iterdir(), *old.iterdir()] == [old / DATABASE]
    monkeypatch.setenv("DIENHONG_TRUSTED_PROXIES", "0")
    assert not tls.ended_by_a_proxy()


def test_threads_need_the_word_for_plain_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DIENHONG_ASYNC_MODE", "threading")
    with pytest.raises(Trouble, match="--insecure-http"):
        tls.make_for_new_data(tmp_path)
    tls.make_if_missing(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_certificate_is_renewed_while_the_server_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    make(files_in(tmp_path), "hội trường", ["localhost"], [])
    moved = iter([["localhost"], ["localhost"], ["localhost", "192.168.7.7"]])
    ended = threading.Event()

    def names() -> list[str]:
        found = next(moved, None)
        if found is None:
            ended.set()
        return found or ["localhost", "192.168.7.7"]

    monkeypatch.setattr(tls, "machine_names", names)
    monkeypatch.setattr(tls, "ADDRESSES_SECONDS", 0.01)
    tls.keep_renewed(tmp_path, ended)
    assert names_of(server_certificate(files_in(tmp_path))) == ("localhost", "192.168.7.7")


def test_the_key_of_the_authority_is_moved_away_and_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    files, away = files_in(tmp_path), tmp_path / "usb.key"
    make(files, "hội trường", ["localhost"], [])
    key = files.ca_key.read_bytes()
    monkeypatch.setenv("DIENHONG_KEY_PASSPHRASE", "long enough for anybody")
    away.write_text("of somebody else")
    with pytest.raises(Trouble, match=r"usb\.key"):
        tls.seal(tmp_path, away)
    assert (files.ca_key.read_bytes(), away.read_text()) == (key, "of somebody else")
    away.unlink()
    assert tls.seal(tmp_path, away) == 0
    assert not files.ca_key.exists()
    assert away.stat().st_mode & 0o777 == 0o600
    assert away.read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY")
    again = load_pem_private_key(away.read_bytes(), b"long enough for anybody")
    assert again.public_key() == load_pem_private_key(key, None).public_key()
    tls.renew(tmp_path)
    assert capsys.readouterr().out.count("usb.key") == 1
    with pytest.raises(Trouble, match="--data"):
        tls.seal(tmp_path, away)
