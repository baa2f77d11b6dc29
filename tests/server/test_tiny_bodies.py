"""Bodies of entries, received on the loop: one that does not come is given up, and nobody else with it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from almoxarife.server.tiny_bodies import TinyBodies


def bodies() -> TinyBodies:
    return TinyBodies(limit_s=0.1, look_every_s=0.02)


async def come(body: bytes, after_s: float) -> bytes:
    await asyncio.sleep(after_s)
    return body


def test_a_body_that_does_not_come_is_given_up_alone() -> None:
    async def receive() -> list[Any]:
        tiny = bodies()
        waiting = [tiny.received(lambda wait=wait: come(b"{}", wait)) for wait in (60, 0, 60, 0.01)]
        found = await asyncio.gather(*waiting, return_exceptions=True)
        # Once more, after nobody was looked after any more.
        await asyncio.sleep(0.1)
        with pytest.raises(TimeoutError):
            await tiny.received(lambda: come(b"{}", 60))
        task = asyncio.current_task()
        assert task is not None
        assert not task.cancelling()
        return [*found, await tiny.received(lambda: come(b"[]", 0))]

    first, second, third, fourth, last = asyncio.run(receive())
    assert {type(first), type(third)} == {TimeoutError}
    assert (second, fourth, last) == (b"{}", b"{}", b"[]")


def test_who_ends_a_request_itself_is_not_told_of_a_body_that_was_late() -> None:
    async def receive() -> None:
        tiny = bodies()
        task = asyncio.ensure_future(tiny.received(lambda: come(b"{}", 60)))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(receive())


def test_a_connection_that_breaks_is_no_body_that_was_late() -> None:
    async def broken() -> bytes:
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        asyncio.run(bodies().received(broken))
