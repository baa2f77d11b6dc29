"""The start of the server: time to its first answer, and its memory then."""

from __future__ import annotations

import time

from bench.ground import Ground
from bench.results import Measured

# What is loaded with the first requests is there by then.
_SETTLE_S = 2.0


def start(ground: Ground) -> Measured:
    """Measure starts on a small database."""
    data = ground.data(ground.sizes.few_movements, ground.sizes.few_products)
    answers, pss, rss = [], [], []
    for turn in range(ground.sizes.starts):
        ground.say(f"{turn + 1}/{ground.sizes.starts}")
        with ground.api(data) as api:
            answers.append(api.server.first_answer_s)
            time.sleep(_SETTLE_S)
            # Its memory counts, too.
            api.feed()
            pss.append(api.server.pss_mb())
            rss.append(api.server.rss_mb())
    measured = Measured()
    measured.add("first_answer_s", *answers)
    measured.add("memory_mb", *pss)
    measured.add("memory_with_shared_pages_in_each_mb", *rss)
    return measured
