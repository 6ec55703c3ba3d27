"""The edge of Socket.IO: packets that are refused, whose connection counts for which network."""

from types import SimpleNamespace

import pytest

from core.actor import Actor
from core.networks import network_of
from core.realtime import socket_edge
from core.realtime.socket_edge import PacketRefused, SocketEdge, TextPacket
from core.realtime.socket_middleware import PacketJson


@pytest.fixture(autouse=True)
def _json(monkeypatch):
    monkeypatch.setattr(TextPacket, "json", PacketJson)


@pytest.mark.parametrize(
    "sent",
    [
        '59999999999-["room.join",{"_placeholder":true,"num":0}]',
        '51-["x"]',
        '450-["x"]',
        '60-["x"]',
        b"\x00\x01",
        "2[",
        '2{"a":',
        "2" + "[" * 60_000,
        "x",
        "2" + "9" * 200 + "[]",
    ],
)
def test_what_no_client_of_ours_sends_is_refused(sent):
    with pytest.raises(PacketRefused):
        TextPacket(encoded_packet=sent)


def test_events_and_acknowledgements_are_read():
    event = TextPacket(encoded_packet='27["room.join",{"meeting_id":"m"}]')
    assert (event.packet_type, event.id, event.data) == (2, 7, ["room.join", {"meeting_id": "m"}])
    assert TextPacket(encoded_packet="0").packet_type == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.168.1.20", "192.168.1.20"),
        ("::ffff:192.168.1.20", "192.168.1.20"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_address_stands_for_its_network(address, network):
    assert network_of(address) == network


class FakeEngine:
    def __init__(self):
        self.handlers, self.sockets, self.closed = {}, {}, []
        self._async = {"websocket": SimpleNamespace}

    def on(self, event, handler):
        self.handlers[event] = handler

    def disconnect(self, sid):
        self.closed.append(sid)


class FakeServer:
    """A Socket.IO server in which "joined" connections have taken their place."""

    def __init__(self):
        self.eio, self.heard = FakeEngine(), []
        self.joined: set[str] = set()
        self.manager = SimpleNamespace(
            sid_from_eio_sid=lambda sid, _namespace: sid if sid in self.joined else None
        )

    def _handle_eio_connect(self, sid, _environ):
        self.eio.sockets[sid] = None

    def _handle_eio_message(self, _sid, data):
        self.heard.append(TextPacket(encoded_packet=data))

    def _handle_eio_disconnect(self, sid, _reason):
        self.eio.sockets.pop(sid, None)


@pytest.fixture
def server():
    return FakeServer()


@pytest.fixture
def edge(server):
    actors = {
        "a": Actor("u1", "A", is_admin=False, sign_in_id="s1"),
        "c": Actor("u1", "A", is_admin=False, sign_in_id="s3"),
        "b": Actor("u2", "B", is_admin=False, sign_in_id="s2"),
    }
    socketio = SimpleNamespace(server=server)
    return SocketEdge(socketio, lambda environ: actors.get(environ.get("who") or ""))


def connect(server, sid, who, address="10.0.0.1"):
    return server.eio.handlers["connect"](sid, {"who": who, "REMOTE_ADDR": address})


def test_nobody_without_a_sign_in_is_let_in(server, edge):
    assert connect(server, "1", None) is False
    assert connect(server, "2", "a") is None
    assert list(server.eio.sockets) == ["2"]


def test_a_sign_in_and_an_address_have_so_many_connections(server, edge, monkeypatch):
    monkeypatch.setattr(socket_edge, "MOST_OF_SIGN_IN", 3)
    monkeypatch.setattr(socket_edge, "MOST_OF_ADDRESS", 4)
    assert [connect(server, f"a{n}", "a") for n in range(4)] == [None, None, None, False]
    assert [connect(server, f"b{n}", "b") for n in range(2)] == [None, False]
    assert connect(server, "b3", "b", "10.0.0.2") is None
    server.eio.handlers["disconnect"]("a0", "left")
    assert connect(server, "a4", "a") is None


def test_a_person_has_so_many_connections_with_all_sign_ins(server, edge, monkeypatch):
    """Else one password could use up what an address may open, and shut out the hall."""
    monkeypatch.setattr(socket_edge, "MOST_OF_USER", 3)
    assert [connect(server, f"a{n}", who) for n, who in enumerate("acaca")] == [
        *(None, None, None),
        *(False, False),
    ]
    assert connect(server, "b", "b") is None
    server.eio.handlers["disconnect"]("a0", "left")
    assert connect(server, "a5", "c") is None


def test_a_refused_packet_ends_its_connection_and_is_one_line(server, edge):
    connect(server, "1", "a")
    server.eio.handlers["message"]("1", '2["fine"]')
    server.eio.handlers["message"]("1", '59999999999-["x"]')
    assert [packet.data for packet in server.heard] == [["fine"]]
    assert server.eio.closed == ["1"]


def test_a_connection_that_never_takes_its_place_is_closed(server, edge, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("core.realtime.socket_edge.time.monotonic", lambda: now[0])
    connect(server, "idle", "a")
    connect(server, "joined", "a")
    server.joined.add("joined")
    sweep = edge.sweep()
    now[0] += socket_edge.CONNECT_WITHIN - 1
    sweep.run()
    assert server.eio.closed == []
    now[0] += 2
    sweep.run()
    assert server.eio.closed == ["idle"]
