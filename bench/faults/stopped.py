"""web is stopped for 20 s (SIGSTOP) and goes on (SIGCONT), with 50 tablets in the room.

As browsers do, the tablets give their connection up when they heard no ping for 13 s, and try
again; nothing answers before web goes on. What people sent meanwhile waits in the kernel.
"""

import json
import os
import signal
import time

from bench.load.crowd import Crowd
from bench.load.handwriting import strokes
from bench.load.pacing import Turns
from bench.load.person import Person
from bench.load.returning import Returning
from bench.load.writers import drawn
from bench.product import Room, product
from bench.table import OURS, Table
from core.ids import new_id

SIZE, WRITERS = 50, 10
STOPPED, SILENCE = 20.0, 13.0
"""Seconds: of the stop, and after which a browser gives up."""
CASE = f"web is stopped for {STOPPED:g} s, {SIZE} tablets"
TIMEOUT = 60.0


def measure(table: Table) -> None:
    """Under a minute."""
    with product(SIZE) as ours:
        room = ours.hall.rooms[str(SIZE)]
        crowd = Crowd(ours.port)
        for cookie in room.cookies:
            crowd.arrive(cookie, room.id)
        crowd.until_joined(TIMEOUT)
        turns = Turns(crowd, room, pages=(7, 9))
        turns.turn()
        writers = [Person(ours.port, cookie) for cookie in room.cookies[:WRITERS]]
        for one in writers:
            one.connect()
            one.learn_token()
        os.kill(ours.pid("web"), signal.SIGSTOP)
        try:
            sent = _while_stopped(crowd, writers, room)
        finally:
            went_on = time.perf_counter()
            os.kill(ours.pid("web"), signal.SIGCONT)
        _come_back(table, crowd, went_on)
        _compare_writes(table, room, writers, sent)
        turns.listen()
        turns.turn()
        table.note(CASE, OURS, "the next turn at the last tablet", turns.to_last[-1] * 1000, "ms")
        crowd.leave()


def _while_stopped(crowd: Crowd, writers: list[Person], room: Room) -> list[bytes]:
    """People send strokes, later the tablets give up; answers the requests."""
    requests = []
    for number, one in enumerate(writers):
        body = drawn(new_id(), 1, strokes(number, 1)[0], "private")
        path = f"/documents/{room.document_id}/annotations"
        key = f"Idempotency-Key: {new_id()}\r\n"
        requests.append(one.request("POST", path, json.dumps(body).encode(), key))
        one.send(requests[-1])
    crowd.pass_time(SILENCE)
    for tablet in crowd.tablets:
        tablet.close()
    returning = Returning(crowd)
    until = time.perf_counter() + STOPPED - SILENCE
    while time.perf_counter() < until:
        returning.step()
        crowd.pass_time(0.02)
    return requests


def _come_back(table: Table, crowd: Crowd, went_on: float) -> None:
    """Wait for everybody; the page that the room shows is told with the place in it."""
    returning = Returning(crowd)
    crowd.until(returning.everyone_is_back(went_on), "everybody is back", TIMEOUT)
    last = max(tablet.joined_at for tablet in crowd.tablets)
    right = sum(tablet.answer["live"]["page"] == 7 for tablet in crowd.tablets)
    table.note(CASE, OURS, "last is back and has its page", last - went_on, "s")
    table.note(CASE, OURS, "has the right page", right, "tablets")


def _compare_writes(table: Table, room: Room, writers: list[Person], requests: list[bytes]) -> None:
    kept = again = 0
    for one, request in zip(writers, requests, strict=True):
        again += not _answered(one)
        if not one.answer:
            # A connection that was idle for longer than it may be: the same again, as tablets do.
            one.send(request, anew=True)
            _answered(one)
        status, answer = one.told()
        if status != 201:
            raise RuntimeError(f"not kept: {status} {answer}")
        one.send(one.request("GET", f"/documents/{room.document_id}/annotations"), anew=True)
        _answered(one)
        kept += [mark["id"] for mark in one.told()[1]["items"]].count(str(answer["id"]))
        one.close()
    table.note(CASE, OURS, "strokes sent meanwhile", len(writers), "writes")
    table.note(CASE, OURS, "of these sent again afterwards", again, "writes")
    table.note(CASE, OURS, "of these lost or doubled", abs(len(writers) - kept), "writes")


def _answered(one: Person) -> bool:
    """Wait for the whole answer; False when the connection ended without one."""
    try:
        while not one.read():
            pass
    except ConnectionError:
        return False
    return True
