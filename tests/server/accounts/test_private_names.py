"""The private names that direct writes lean on, in the versions that are pinned. One that is gone,
or means another thing, fails here first, by its name."""

import inspect
import socket
import time
from typing import Any

import engineio
import eventlet
import eventlet.queue
import eventlet.semaphore
import eventlet.websocket
import pytest
import socketio
from engineio.async_drivers import eventlet as driver
from engineio.packet import MESSAGE, NOOP, Packet
from engineio.socket import Socket

from core.realtime.broadcast import Broadcaster
from core.server.eventlet_fastpath import LARGE, CountingQueue, DirectWrites, KnownWebSocket


@pytest.fixture
def sockets() -> socketio.Server:
    """A Socket.IO server that writes directly."""
    return socketio.Server(async_mode="eventlet", client_manager=Broadcaster(DirectWrites()))


@pytest.fixture
def session(sockets: socketio.Server) -> Socket:
    """An Engine.IO session of it, not connected."""
    return Socket(sockets.eio, "sid")


def test_async_holds_the_classes_of_this_engine_alone(sockets: socketio.Server):
    assert sockets.eio._async["queue"] is CountingQueue
    assert sockets.eio._async["websocket"] is KnownWebSocket
    assert driver._async["queue"] is eventlet.queue.Queue
    assert driver._async["websocket"] is driver.WebSocketWSGI
    assert set(sockets.eio._async) == set(driver._async)


def test_a_session_has_the_state_that_is_looked_at(session: Socket):
    assert isinstance(session.queue, CountingQueue)
    for name in ("upgraded", "upgrading", "closing", "closed"):
        assert getattr(session, name) is False, name
    assert session.last_ping <= time.time()
    assert session.server.ping_timeout > 0
    assert {"wait", "abort"} <= inspect.signature(session.close).parameters.keys()


def test_a_websocket_is_made_with_the_bound_handler_of_its_session(session: Socket):
    made: list[Any] = []

    def make(handler: Any, server: Any) -> Any:
        made.append((handler, server))
        return lambda _environ, _start: []

    session.server._async["websocket"] = make
    session._upgrade_websocket({}, None)
    ((handler, server),) = made
    assert handler.__self__ is session
    assert server is session.server


def test_parked_is_a_queue_that_is_empty_and_waited_at():
    queue = CountingQueue()
    assert not queue.parked(), "nobody waits yet"
    got: list[Any] = []
    waiting = eventlet.spawn(lambda: got.append(queue.get()))
    eventlet.sleep(0)
    assert queue.parked()
    queue.put("packet")
    assert not queue.parked(), "the getter is still there, and will be woken"
    assert queue.getters
    assert queue._event_unlock is not None
    waiting.wait()
    assert got == ["packet"]
    assert not queue.parked()


def test_a_getter_is_switched_to_as_soon_as_it_has_its_item():
    """Nothing can come between what a writer takes and its sending of it."""
    queue = CountingQueue()
    seen: list[str] = []
    waiting = eventlet.spawn(lambda: seen.append(queue.get()))
    eventlet.sleep(0)
    queue.put("taken")
    eventlet.hubs.get_hub().schedule_call_global(0, lambda: seen.append("after"))
    waiting.wait()
    eventlet.sleep(0)
    assert seen == ["taken", "after"]


def test_what_waits_is_counted():
    queue = CountingQueue()
    packets = [engineio.packet.Packet(engineio.packet.MESSAGE, "x" * size) for size in (10, 5)]
    for packet in (*packets, None):
        queue.put(packet)
    assert (queue.qsize(), queue.bytes) == (3, 15)
    assert [queue.get() for _ in range(3)] == [*packets, None]
    assert (queue.qsize(), queue.bytes) == (0, 0)


def test_the_lock_of_a_websocket_is_taken_without_waiting():
    near, far = socket.socketpair()
    with near, far:
        websocket = eventlet.websocket.RFC6455WebSocket(eventlet.greenio.GreenSocket(near), {}, 13)
        assert type(websocket.socket) is eventlet.greenio.GreenSocket
        assert websocket.socket.fd.send(b"raw") == 3
        assert far.recv(3) == b"raw"
        assert not websocket._sendlock.locked()
        assert websocket._sendlock.acquire(blocking=False)
        assert websocket._sendlock.locked()
        sending = eventlet.spawn(websocket.send, "text")
        eventlet.sleep(0)
        assert not sending.dead, "it waits for the lock"
        websocket._sendlock.release()
        sending.wait()
        assert far.recv(100) == DirectWrites().frame("text")


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_a_frame_is_what_eventlet_would_send(size: int):
    websocket = eventlet.websocket.RFC6455WebSocket(None, {}, 13)
    text = "đ" * (size // 2) + "x" * (size % 2)
    assert DirectWrites().frame(text) == websocket._pack_message(text)


def test_a_packet_is_what_socketio_would_send(sockets: socketio.Server):
    sent: list[tuple[str, Any]] = []
    sockets._send_eio_packet = lambda eio_sid, packet: sent.append((eio_sid, packet))
    sockets.eio.sockets["eio"] = Socket(sockets.eio, "eio")
    sockets.manager.connect("eio", "/")
    sid = sockets.manager.sid_from_eio_sid("eio", "/")
    sockets.manager.enter_room(sid, "/", "hall")
    sockets.emit("tick", {"n": 1, "words": "chữ"}, to="hall")
    assert [eio_sid for eio_sid, _ in sent] == ["eio"]
    stock = sockets.packet_class(socketio.packet.EVENT, ["tick", {"n": 1, "words": "chữ"}], "/")
    assert sent[0][1].encode() == f"4{stock.encode()}"


def test_who_is_in_several_groups_is_told_once(sockets: socketio.Server):
    sent: list[str] = []
    sockets._send_eio_packet = lambda eio_sid, _packet: sent.append(eio_sid)
    for eio_sid in ("one", "two"):
        sockets.eio.sockets[eio_sid] = Socket(sockets.eio, eio_sid)
        sockets.manager.connect(eio_sid, "/")
        sid = sockets.manager.sid_from_eio_sid(eio_sid, "/")
        for group in ("left", "right"):
            sockets.manager.enter_room(sid, "/", group)
    sockets.emit("tick", {}, to=["left", "right", "nobody"])
    assert sorted(sent) == ["one", "two"]


def test_binary_and_what_needs_an_answer_go_the_stock_way(sockets: socketio.Server):
    sent: list[Any] = []
    sockets._send_eio_packet = lambda _eio_sid, packet: sent.append(packet.data)
    sockets.manager.connect("eio", "/")
    sid = sockets.manager.sid_from_eio_sid("eio", "/")
    sockets.emit("bytes", {"b": b"12"}, to=sid)
    assert sent == ['51-["bytes",{"b":{"_placeholder":true,"num":0}}]', b"12"]
    sockets.emit("asked", {"n": 1}, to=sid, callback=print)
    assert print in sockets.manager.callbacks[sid].values()


def test_the_writer_takes_an_empty_packet_after_a_large_one(session: Socket):
    """`poll` takes all that waits; the writer keeps the last of it until the next packet."""
    for text, expected in (("x" * LARGE, [MESSAGE]), ("x" * (LARGE + 1), [MESSAGE, NOOP])):
        session.queue.put(Packet(MESSAGE, text))
        assert [packet.packet_type for packet in session.poll()] == expected


def test_what_waits_is_counted_over_all_queues_until_it_is_taken_or_its_client_has_gone():
    before = DirectWrites().waiting()
    first, second = CountingQueue(), CountingQueue()
    first.put(Packet(MESSAGE, "x" * 100))
    second.put(Packet(MESSAGE, "x" * 20))
    assert DirectWrites().waiting() == before + 120
    first.get()
    assert DirectWrites().waiting() == before + 20
    del second
    assert DirectWrites().waiting() == before
