"""A client that has closed its connection is noticed without reading from it."""

import select
import socket

import pytest

from core.server.client_gone import has_gone


@pytest.mark.parametrize("sent", [b"", b"half a request"])
def test_a_client_has_gone_once_it_closed_whatever_it_sent(sent: bytes):
    ours, client = socket.socketpair()
    with ours:
        client.sendall(sent)
        assert not has_gone(select.poll, ours.fileno())
        client.close()
        assert has_gone(select.poll, ours.fileno())
        assert ours.recv(100) == sent


def test_a_closed_descriptor_has_no_client():
    assert has_gone(select.poll, -1)
