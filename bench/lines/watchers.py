"""Watchers of the live feed while entries come in."""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from collections.abc import Callable
from typing import Any

from bench.commands import Failed
from bench.ground import Api, Ground
from bench.results import Measured
from bench.servers import module, rss_mb

_END_LIMIT_S = 120
_SETTLE_S = 1.0


def watched_by(watchers: Callable[[Ground], int]) -> Callable[[Ground], Measured]:
    """Return the line for a number of watchers."""
    return lambda ground: _measure(ground, watchers(ground))


def curve(ground: Ground) -> Measured:
    """Measure other numbers of watchers, for the picture."""
    measured = Measured()
    for watchers in ground.sizes.other_watchers:
        one = _measure(ground, watchers, turns=1)
        measured.points += one.points
        measured.add(f"delivery_p99_of_{watchers}_watchers_ms", *one.figures["delivery_p99_ms"].values)
    return measured


def _measure(ground: Ground, watchers: int, turns: int | None = None) -> Measured:
    data = ground.data(ground.sizes.few_movements, ground.sizes.few_products)
    with ground.api(data) as api:
        feed = api.feed()
        _post(ground, api, seconds=1)
        # Before the first of them: what the first turn's watchers have freed, the next ones' would seem not to need.
        before = rss_mb([feed])
        seen = []
        for turn in range(turns or ground.sizes.repeats):
            ground.say(f"{turn + 1}/{turns or ground.sizes.repeats}: {watchers} monitores")
            alone = _post_p50_ms(_post(ground, api, seconds=ground.sizes.seconds))
            seen.append({"alone_ms": alone, **_watch(ground, api, watchers, lambda: rss_mb([feed]) - before)})
    measured = Measured()
    measured.add("delivery_p50_ms", *(one["p50_ms"] for one in seen))
    measured.add("delivery_p99_ms", *(one["p99_ms"] for one in seen))
    measured.add("lost_or_twice", *(one["lost"] + one["twice"] for one in seen))
    measured.add("cut_off", *(one["cut_off"] for one in seen))
    measured.add("post_p50_ms", *(one["post_ms"] for one in seen))
    measured.add("post_p50_times_alone", *(one["post_ms"] / one["alone_ms"] for one in seen))
    measured.add("kb_per_watcher", *(one["kb_per_watcher"] for one in seen))
    measured.add("core_share_of_watching_process", *(one["busy"] for one in seen))
    point = {name: figure.median for name, figure in measured.figures.items()}
    measured.points.append({"watchers": watchers, **point})
    return measured


def _watch(ground: Ground, api: Api, watchers: int, grown_mb: Callable[[], float]) -> dict[str, Any]:
    """Let so many watch while entries come in; return what they saw, and how much the feed has grown by then."""
    command = module("bench.programs.watch", api.events_address(), api.token, str(api.head()), str(watchers))
    posts_file = ground.file("posts.json")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline().strip() != "ready":
                raise Failed(f"not all of {watchers} watchers could connect")
            posts = _post(ground, api, seconds=ground.sizes.watch_seconds)
            posts_file.write_text(json.dumps(posts))
            grown = grown_mb()
            order = json.dumps({"last": posts[-1][0], "posts": str(posts_file)})
            said, _ = process.communicate(f"{order}\n", timeout=_END_LIMIT_S)
        finally:
            process.kill()
    if not said:
        raise Failed("the watching process failed")
    time.sleep(_SETTLE_S)
    return {**json.loads(said), "post_ms": _post_p50_ms(posts), "kb_per_watcher": grown * 1e3 / watchers}


def _post(ground: Ground, api: Api, seconds: int) -> list[list[float]]:
    """Let entries come in; return sequence, sent and acknowledged of each."""
    words = [str(ground.sizes.few_products), str(ground.sizes.entries_per_second), str(seconds)]
    done = subprocess.run(
        module("bench.programs.post", str(api.server.port), api.token, *words),
        check=True,
        capture_output=True,
        text=True,
    )
    posts: list[list[float]] = json.loads(done.stdout)
    return posts


def _post_p50_ms(posts: list[list[float]]) -> float:
    return statistics.median(acknowledged - sent for _sequence, sent, acknowledged in posts) * 1e3
