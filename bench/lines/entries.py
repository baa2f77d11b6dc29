"""One durable entry per request."""

from __future__ import annotations

from contextlib import ExitStack

from bench.ground import Api, Ground, Target
from bench.lines.beside import add_load, add_share, beside_bare_flask
from bench.load import Load, Request
from bench.results import Measured
from bench.servers import Server


class Lost(Exception):
    """Entries were acknowledged that the ledger does not have."""


def on_sqlite(ground: Ground) -> Measured:
    """Measure entries on SQLite beside bare Flask."""
    with ground.api(ground.data(0, ground.sizes.few_products)) as api:
        return _beside_flask(ground, api)


def on_postgresql(ground: Ground) -> Measured:
    """Measure entries on PostgreSQL beside bare Flask."""
    with (
        ground.postgresql(0, ground.sizes.few_products) as url,
        ground.api(ground.folder(), "--banco", url) as api,
    ):
        return _beside_flask(ground, api)


def beside_original(ground: Ground) -> Measured:
    """Measure entries beside those of the original's design."""
    products = ground.sizes.few_products
    data = ground.data(0, products)
    with ground.api(data) as api, ground.original(0, products) as original:
        ours, theirs = _in_turn(
            ground,
            api,
            _entries(ground, api, products),
            _entries(ground, original, products),
        )
    measured = Measured()
    add_load(measured, ours)
    add_load(measured, theirs, "original_")
    add_share(measured, "times_original", ours, theirs)
    return measured


def with_history(ground: Ground) -> Measured:
    """Measure entries into a long ledger with many products beside those into an empty one with a single product.

    A third one, empty with as many products, tells what of the difference comes from the ledger's length.
    """
    sizes = ground.sizes
    cases = ((sizes.movements, sizes.products), (0, 1), (0, sizes.products))
    with ExitStack() as stack:
        apis = [stack.enter_context(ground.api(ground.data(*case))) for case in cases]
        targets = [
            _entries(ground, api, products) for api, (_movements, products) in zip(apis, cases, strict=True)
        ]
        full, empty, without_history = _in_turn(ground, apis[0], *targets)
    measured = Measured()
    add_load(measured, full)
    add_load(measured, empty, "empty_")
    add_share(measured, "share_of_empty", full, empty)
    add_share(measured, "share_of_as_many_products", full, without_history)
    return measured


def _beside_flask(ground: Ground, api: Api) -> Measured:
    with ground.bare_flask() as flask:
        ours, floor = _in_turn(
            ground, api, _entries(ground, api, ground.sizes.few_products), _flask(ground, flask)
        )
    measured = beside_bare_flask(ours, floor)
    measured.add(
        "p99_times_bare_flask",
        *(our.p99_ms / its.p99_ms for our, its in zip(ours, floor, strict=True)),
    )
    return measured


def _in_turn(ground: Ground, api: Api, *targets: Target) -> list[list[Load]]:
    """Measure, and see that the ledger of the first has what was acknowledged. Raises Lost."""
    before = api.head()
    loads = ground.in_turn(*targets)
    acknowledged = sum(load.requests for load in loads[0])
    if api.head() - before < acknowledged:
        raise Lost(f"{acknowledged} acknowledged, {api.head() - before} in the ledger")
    return loads


def _entries(ground: Ground, api: Api, products: int) -> Target:
    request = Request("/inventario", "entry", str(products))
    return Target(api.server, api.token, request, ground.sizes.connections)


def _flask(ground: Ground, flask: Server) -> Target:
    return Target(flask, "", Request("/"), ground.sizes.connections)
