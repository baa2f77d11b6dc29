"""The documents show what was measured."""

from __future__ import annotations

import pytest

from bench import pages
from bench.command import LAST_FULL_RUN
from bench.results import read


@pytest.mark.parametrize("name", pages.PAGES)
def test_a_page_shows_the_last_full_run_and_nothing_else(name: str) -> None:
    text = LAST_FULL_RUN.with_name(name).read_text(encoding="utf-8")
    assert pages.filled(text, read(LAST_FULL_RUN)) == text


@pytest.mark.parametrize("name", pages.PAGES)
def test_every_block_of_a_page_has_its_end(name: str) -> None:
    text = LAST_FULL_RUN.with_name(name).read_text(encoding="utf-8")
    assert text.count("<!-- bench: ") == text.count("<!-- /bench -->") > 0
