"""Download a list of any length and throw it away; print how many rows it had and the seconds that it took."""

from __future__ import annotations

import json
import socket
import sys
import time

_PIECE_BYTES = 1 << 18
_LIMIT_S = 600


def main(port: int, path: str, token: str) -> None:
    """Ask the API on a port of this machine."""
    fields = (f"Host: 127.0.0.1:{port}", f"Authorization: Bearer {token}", "Connection: close", "", "")
    request = "\r\n".join((f"GET {path} HTTP/1.1", *fields))
    rows, size, status = 0, 0, 0
    piece = bytearray(_PIECE_BYTES)
    with socket.create_connection(("127.0.0.1", port), timeout=_LIMIT_S) as connection:
        begin = time.perf_counter()
        connection.sendall(request.encode())
        while received := connection.recv_into(piece):
            # Every row begins with a brace, and nothing else has one.
            rows += piece.count(b"{", 0, received)
            size += received
            if size == received:
                status = int(bytes(piece[9:12]))
        seconds = time.perf_counter() - begin
    print(json.dumps({"rows": rows, "bytes": size, "seconds": seconds, "status": status}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
