"""What is read again and again: the newest entries, the poll of a monitor, the search while typing."""

from __future__ import annotations

from bench.ground import Api, Ground, Target
from bench.lines.beside import add_load, add_share, beside_bare_flask
from bench.load import Load, Request
from bench.names import product_names, search_paths
from bench.results import Measured
from bench.servers import Server

_NEWEST = Request("/inventario?ultimos=100")
# A client asks as its window does: with the entry it saw last, by whose receipt it knows the ledger again.
_POLL_PAGE = 1_000


def newest(ground: Ground) -> Measured:
    """Measure the newest 100 entries of a long ledger beside a short one's, and beside bare Flask."""
    sizes = ground.sizes
    long = ground.data(sizes.movements, sizes.products)
    short = ground.data(sizes.few_movements, sizes.few_products)
    with ground.bare_flask() as flask, ground.api(long) as api, ground.api(short) as other:
        ours, theirs, floor = ground.in_turn(
            _target(ground, api, _NEWEST), _target(ground, other, _NEWEST), _flask(ground, flask)
        )
        # What is kept of the newest rows is of no use once there are newer ones.
        with ground.entries_coming_in(api):
            while_written, floor_then = ground.in_turn(_target(ground, api, _NEWEST), _flask(ground, flask))
    measured = beside_bare_flask(ours, floor)
    add_load(measured, theirs, "short_ledger_")
    add_share(measured, "share_of_short_ledger", ours, theirs)
    add_share(measured, "share_of_bare_flask_while_entries_come_in", while_written, floor_then)
    return measured


def poll(ground: Ground) -> Measured:
    """Measure a poll that brings nothing new beside bare Flask; and one that brings the entry seen last."""
    data = ground.data(ground.sizes.movements, ground.sizes.products)
    with ground.bare_flask() as flask, ground.api(data) as api:
        head = api.head()
        nothing = Request(f"/inventario?depois_de={head}")
        as_monitor = Request(f"/inventario?depois_de={head - 1}&limite={_POLL_PAGE}")
        ours, with_last, floor = ground.in_turn(
            _target(ground, api, nothing), _target(ground, api, as_monitor), _flask(ground, flask)
        )
    measured = beside_bare_flask(ours, floor)
    add_share(measured, "share_of_bare_flask_with_last_entry", with_last, floor)
    return measured


def search(ground: Ground) -> Measured:
    """Measure the search while typing, many at once beside bare Flask, and one alone."""
    sizes = ground.sizes
    addresses = ground.file("buscas.txt")
    data = ground.data(sizes.few_movements, sizes.products)
    addresses.write_text("\n".join(search_paths(product_names(sizes.products), sizes.searches)) + "\n")
    request = Request("/produtos", "search", str(addresses))
    with ground.bare_flask() as flask, ground.api(data) as api:
        ours, floor = ground.in_turn(_target(ground, api, request), _flask(ground, flask))
        alone: list[Load]
        (alone,) = ground.in_turn(Target(api.server, api.token, request, 1))
    measured = beside_bare_flask(ours, floor)
    add_load(measured, alone, "alone_")
    return measured


def _target(ground: Ground, api: Api, request: Request) -> Target:
    return Target(api.server, api.token, request, ground.sizes.connections)


def _flask(ground: Ground, flask: Server) -> Target:
    return Target(flask, "", Request("/"), ground.sizes.connections)
