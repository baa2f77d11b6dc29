"""Post entries at a steady rate; print when each was sent and acknowledged (seconds of the monotonic clock)."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
import uuid

_Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Poster:
    """Sends each entry when its time has come, whether or not those before it are answered."""

    def __init__(self, port: int, token: str, products: int) -> None:
        self._port = port
        self._head = (
            f"POST /inventario HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        )
        self._products = products
        self._free: list[_Connection] = []
        self.entries: list[tuple[int, float, float]] = []

    async def run(self, rate: int, seconds: float) -> None:
        """Post so many entries a second for so long."""
        begin = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for number in range(int(rate * seconds)):
                await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
                group.create_task(self._post())

    async def _post(self) -> None:
        body = json.dumps(
            {
                "id": str(uuid.uuid4()),
                "produto_id": f"p{random.randint(1, self._products)}",
                "quantidade": 1,
            }
        )
        if self._free:
            reader, writer = self._free.pop()
        else:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        sent = time.monotonic()
        writer.write(f"{self._head}{len(body)}\r\n\r\n{body}".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        answer = await reader.readexactly(length)
        acknowledged = time.monotonic()
        if not head.startswith("http/1.1 201"):
            raise RuntimeError(f"an entry was answered with {answer!r}")
        self._free.append((reader, writer))
        self.entries.append((json.loads(answer)["sequencia"], sent, acknowledged))


def main(port: int, token: str, products: int, rate: int, seconds: float) -> None:
    """Post to the API on a port of this machine."""
    poster = Poster(port, token, products)
    asyncio.run(poster.run(rate, seconds))
    print(json.dumps(sorted(poster.entries)))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
