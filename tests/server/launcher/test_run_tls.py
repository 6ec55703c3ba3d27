"""./run tls init as a person meets it, and ./run serve over what it made."""

import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests

from core.server.tls import files_in
from core.server.tls_certificates import authority, fingerprint, make, names_of, server_certificate
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


def test_serve_renews_the_certificate_and_prints_https(tmp_path: Path):
    files = files_in(tmp_path)
    make(files, "hội trường", machine_names(), [])
    make(files, "hội trường", ["localhost"], [])
    port = free_port()
    words = ["serve", "--host", "0.0.0.0", "--port", str(port), "--data", str(tmp_path)]
    with subprocess.Popen(
        [sys.executable, str(RUN), *words], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as process:
        too_late = threading.Timer(3 * DEADLINE, process.kill)
        too_late.start()
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        answer = requests.get(f"https://127.0.0.1:{port}/healthz", verify=str(files.ca), timeout=10)
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        too_late.cancel()
    assert answer.ok
    assert "Địa chỉ máy đã đổi" in said
    assert f"  https://127.0.0.1:{port}/\n" in said
    assert re.search(rf"https://127\.0\.0\.1:{port}/setup/", said)
    assert set(names_of(server_certificate(files))) >= set(machine_names())
