"""What a request costs as the ledger grows, for the picture."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack

from bench.ground import Api, Ground, Target
from bench.ledgers import DATABASE_NAME
from bench.load import Request
from bench.results import Measured, Point
from bench.servers import ask

_TIMES = 3


def curve(ground: Ground) -> Measured:
    """Measure requests of one client at several lengths of the ledger, and the original's poll as far as it goes."""
    sizes = ground.sizes
    points: list[Point] = []
    with ExitStack() as stack:
        apis = []
        for movements in sizes.histories:
            data = ground.data(movements, sizes.few_products)
            points.append(
                {"movements": movements, "database_mb": (data / DATABASE_NAME).stat().st_size / 1e6}
            )
            apis.append(stack.enter_context(ground.api(data)))
        # Polls come first: entries move the end of the ledger.
        _add(ground, apis, points, "poll_ms", lambda api: Request(f"/inventario?depois_de={api.head()}"))
        _add(ground, apis, points, "newest_ms", lambda _api: Request("/inventario?ultimos=100"))
        _add(
            *(ground, apis, points, "entry_ms"),
            lambda _api: Request("/inventario", "entry", str(sizes.few_products)),
        )
    for point in points:
        if point["movements"] in sizes.original_histories:
            with ground.original(int(point["movements"]), sizes.few_products) as original:
                point["original_poll_ms"] = _whole_list_ms(original)
    measured = Measured(points=points)
    for name in ("entry_ms", "newest_ms", "poll_ms"):
        measured.add(name, *(point[name] for point in points))
    return measured


def _add(
    ground: Ground, apis: list[Api], points: list[Point], name: str, request: Callable[[Api], Request]
) -> None:
    """Measure one request at all lengths in turn, and add its p50 to the points."""
    loads = ground.in_turn(*(Target(api.server, api.token, request(api), 1) for api in apis))
    for point, seen in zip(points, loads, strict=True):
        point[name] = statistics.median(load.p50_ms for load in seen)


def _whole_list_ms(original: Api) -> float:
    """Return how long the original takes to answer what its monitor asks every five seconds."""
    seen = []
    for _ in range(_TIMES):
        begin = time.perf_counter()
        ask(original.server.host, original.server.port, "/inventario", token=original.token)
        seen.append((time.perf_counter() - begin) * 1e3)
    return statistics.median(seen)
