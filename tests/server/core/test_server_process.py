"""The server as a process: its port, its limits, its native threads, its end."""

import os
import resource
import signal
import socket
import subprocess
import sys

import pytest

from core.paths import ROOT
from core.server.listener import CannotListen, bind, raise_descriptor_limit
from core.server.parent_death import EXIT_CODE
from tests.server.core.limits_process import (
    LimitedServer,
    read_to_end,
    running,
    wait_until,
    websocket,
)

pytestmark = pytest.mark.slow

STUBBORN = """
import signal, sys, threading
from core.server import parent_death
signal.signal(signal.SIGTERM, signal.SIG_IGN)
parent_death.watch(int(sys.argv[1]), grace=0.1)
print("ready", flush=True)
threading.Event().wait(60)
"""


@pytest.fixture(scope="module", params=["eventlet", "tls", "threading"])
def server(request, tmp_path_factory):
    with running(request.param, tmp_path_factory.mktemp(request.param)) as started:
        yield started


def test_a_port_in_use_is_one_sentence():
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen) as refused:
            bind("127.0.0.1", port)
    assert str(refused.value).startswith(f"Port {port} is already in use: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("host", ["203.0.113.7", "no such name", "\x00", "a" * 300])
def test_an_address_of_no_one_is_one_sentence(host):
    with pytest.raises(CannotListen, match="is not an address of this machine"):
        bind(host, 0)


def test_accepted_connections_send_at_once_and_many_may_wait():
    with bind("127.0.0.1", 0) as listener:
        waiting = [socket.create_connection(listener.getsockname()) for _ in range(1100)]
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
        for sock in waiting:
            sock.close()


def test_the_limit_of_descriptors_is_raised_as_far_as_allowed(server: LimitedServer):
    soft, hard = server.about()["descriptors"]
    assert soft == min(hard, 65_536) or hard == resource.RLIM_INFINITY


def test_raising_the_limit_never_lowers_it():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    raise_descriptor_limit(64)
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == before


def test_native_work_comes_back(server: LimitedServer):
    about = server.about()
    assert about["native"] == [3, 1]
    assert about["cooperative"] is (server.mode != "threading")


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_stop_lets_a_running_request_end(mode, tmp_path):
    with running(mode, tmp_path) as server, server.connect() as sock, websocket(server):
        sock.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        if mode == "threading":
            # Its requests are not waited for: the stop itself is what is promised there.
            assert read_to_end(sock).endswith(b"slow")
        else:
            wait_until(lambda: server.about()["pause"] >= 0)
        server.process.send_signal(signal.SIGTERM)
        if mode == "eventlet":
            assert read_to_end(sock).endswith(b"slow")
        assert server.process.wait(10) == 0
        assert "stopped" in server.output()


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_the_process_ends_with_its_parent(mode, tmp_path):
    with running(mode, tmp_path) as server, websocket(server):
        server.assert_well()
        os.close(server.parent_pipe[1])
        assert server.process.wait(10) == 0
        assert "stopped" in server.output()


def test_a_process_that_will_not_end_is_ended_with_its_parent():
    heard, kept_open = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-c", STUBBORN, str(heard)],
        cwd=ROOT,
        pass_fds=[heard],
        stdout=subprocess.PIPE,
    )
    os.close(heard)
    assert child.stdout is not None
    with child.stdout as said:
        assert said.readline() == b"ready\n"
        os.close(kept_open)
        assert child.wait(10) == EXIT_CODE


def test_the_watchdog_tells_who_held_the_hub(tmp_path):
    with running("eventlet", tmp_path) as server:
        server.about()
        assert server.request("GET", "/hold") == (200, b"held")
        wait_until(lambda: "hub_held" in server.stderr.read_text() or server.about()["pause"] > 0.2)
        about = server.about()
        held = sum(
            float(line.split()[-1])
            for line in about["metrics"].splitlines()
            if line.startswith("dienhong_hub_pause_seconds_sum")
        )
        assert held > 0.2
        server.process.terminate()
        server.process.wait(10)
        told = server.output()
        assert "hub_held" in told
        assert "hold_the_hub" in told
