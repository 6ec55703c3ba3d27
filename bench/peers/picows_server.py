"""The floor of `turn`: a bare picows server that speaks just enough Socket.IO to be turned.

No library of Socket.IO, no rooms, no people: one ready frame, written to every connection. Prints
its port, ends when its standard input does.
"""

import asyncio
import json
import os
import sys

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_create_server

OPENED = b'0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'


class Floor(WSListener):
    """One connection."""

    joined: set[WSTransport] = set()  # noqa: RUF012 - one room for the process
    rev = 0

    def on_ws_connected(self, transport: WSTransport) -> None:
        transport.send(WSMsgType.TEXT, OPENED)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.joined.discard(transport)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type is not WSMsgType.TEXT:
            return
        payload = frame.get_payload_as_bytes()
        if payload.startswith(b"42"):
            number, _, rest = payload[2:].partition(b"[")
            event, data = json.loads(b"[" + rest)
            answer = self._turn(data) if event == "page.turn" else self._join(transport)
            ack = b"43" + number + json.dumps([answer]).encode()
            transport.send(WSMsgType.TEXT, ack)
        elif payload == b"40":
            transport.send(WSMsgType.TEXT, b'40{"sid":"x"}')

    def _join(self, transport: WSTransport) -> dict[str, object]:
        self.joined.add(transport)
        return {"ok": True}

    def _turn(self, data: dict[str, object]) -> dict[str, object]:
        Floor.rev += 1
        live = {
            "term": 1,
            "rev": self.rev,
            "document_id": data["document_id"],
            "version": data["version"],
            "page": data["page"],
            "view": None,
            "presenter": data["meeting_id"],
        }
        packet = b"42" + json.dumps(["room.live", live], separators=(",", ":")).encode()
        for transport in self.joined:
            transport.send(WSMsgType.TEXT, packet)
        return {"ok": True, "term": 1, "rev": self.rev}


async def main() -> None:
    """Serve until nobody holds the other end of standard input."""
    server = await ws_create_server(lambda _request: Floor(), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.buffer.read)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
