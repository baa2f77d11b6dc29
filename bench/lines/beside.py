"""Figures of a load beside the load of the floor."""

from __future__ import annotations

from collections.abc import Sequence

from bench.load import Load
from bench.results import Measured


def add_load(measured: Measured, loads: Sequence[Load], prefix: str = "") -> None:
    """Add what a load has seen."""
    measured.add(f"{prefix}requests_per_second", *(load.requests_per_second for load in loads))
    measured.add(f"{prefix}p50_ms", *(load.p50_ms for load in loads))
    measured.add(f"{prefix}p99_ms", *(load.p99_ms for load in loads))
    measured.add(f"{prefix}core_share_of_load", *(load.core_share for load in loads))


def add_share(measured: Measured, name: str, ours: Sequence[Load], floor: Sequence[Load]) -> None:
    """Add what share of the floor's requests per second ours are, turn by turn."""
    measured.add(
        name,
        *(our.requests_per_second / its.requests_per_second for our, its in zip(ours, floor, strict=True)),
    )


def beside_bare_flask(ours: Sequence[Load], flask: Sequence[Load]) -> Measured:
    """Return the figures of a load beside those of the bare Flask route."""
    measured = Measured()
    add_load(measured, ours)
    add_load(measured, flask, "bare_flask_")
    add_share(measured, "share_of_bare_flask", ours, flask)
    return measured
