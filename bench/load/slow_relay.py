"""python -m bench.load.slow_relay PORT: a TCP relay to a port of this machine over a bad line.

It prints the port that it listens on. Each piece of data is passed on 300 ms later, in order; one
of twenty comes another 600 ms later, with all that follows it, as when a packet was lost and sent
again after a timeout. A kernel's own emulation (`tc netem`) is better where there is one.
"""

import asyncio
import random
import sys
from collections.abc import Awaitable, Callable

DELAY, LOSS = 0.3, 0.05
"""Seconds in each direction; the share of pieces that are lost."""
AGAIN = 2 * DELAY
"""Seconds until a lost piece is sent again: the time to the other end and back."""


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass one direction on until its end."""
    loop = asyncio.get_running_loop()
    pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def read() -> None:
        due = 0.0
        while True:
            piece = await reader.read(1_400)
            lost = AGAIN if random.random() < LOSS else 0.0
            due = max(due, loop.time() + DELAY + lost)
            pieces.put_nowait((due, piece))
            if not piece:
                return

    reading = asyncio.create_task(read())
    try:
        while True:
            due, piece = await pieces.get()
            await asyncio.sleep(due - loop.time())
            if not piece:
                return
            writer.write(piece)
    finally:
        reading.cancel()
        writer.close()


def _relay_to(
    port: int,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await asyncio.open_connection("127.0.0.1", port)
        both = (_pass_on(reader, back), _pass_on(onward, writer))
        await asyncio.gather(*both, return_exceptions=True)

    return relay


async def _main(port: int) -> None:
    server = await asyncio.start_server(_relay_to(port), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    random.seed(1)
    asyncio.run(_main(int(sys.argv[1])))
