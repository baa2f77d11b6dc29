"""Figures, goals, and their way through JSON into table and documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import pages
from bench.command import chosen
from bench.lines.every import LINES, title, title_in_portuguese
from bench.results import Figure, Goal, Row, Run, at_least, at_most, read, write
from bench.sizes import FULL, QUICK
from bench.table import as_markdown, number


def row(**changes: object) -> Row:
    """Return a row of the table, with changes."""
    line = LINES[0]
    measured = Row(
        *(line.id, line.word, "Entries", line.goals),
        figures={
            "requests_per_second": Figure((3_000.0, 3_210.0, 2_900.0)),
            "bare_flask_requests_per_second": Figure((6_000.0, 6_100.0, 5_900.0)),
            "share_of_bare_flask": Figure((0.5, 0.52, 0.49)),
            "p99_times_bare_flask": Figure((4.4, 4.1, 5.0)),
        },
        points=[],
    )
    for name, value in changes.items():
        setattr(measured, name, value)
    return measured


@pytest.mark.parametrize(
    ("goal", "reached"),
    [
        (at_least("share_of_bare_flask", 0.5), True),
        (at_least("share_of_bare_flask", 0.51), False),
        (at_most("p99_times_bare_flask", 4.4), True),
        (at_most("p99_times_bare_flask", 4.3), False),
        (at_most("never_measured", 1), None),
    ],
)
def test_a_goal_is_about_the_median(goal: Goal, reached: bool | None) -> None:
    assert row().reached(goal) is reached


def test_a_run_comes_back_from_json_as_it_was_written(tmp_path: Path) -> None:
    run = Run(
        {"cores": 2},
        {"python": "3.11"},
        {"repeats": 3},
        [row(points=[{"movements": 1_000, "entry_ms": 0.5}])],
    )
    write(run, tmp_path / "run.json")
    assert read(tmp_path / "run.json") == run


def test_the_table_shows_median_spread_and_goal() -> None:
    (line,) = as_markdown([row()]).splitlines()[2:]
    assert line == (
        "| Entries | requests per second: 3,000 (2,900–3,210) | bare flask requests per second: 6,000 (5,900–6,100) "
        "| ✓ share of bare flask: 0.5 (0.49–0.52), ≥ 0.45<br>✗ p99 times bare flask: 4.4 (4.1–5), ≤ 4 |"
    )


def test_a_line_that_could_not_be_measured_says_so() -> None:
    assert "not there yet" in as_markdown([row(figures={}, missing="x")])
    assert "| failed |" in as_markdown([row(figures={}, failure="x")])


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.1234, "0.123"), (12.34, "12.3"), (9_876.5, "9,880"), (1e6, "1,000,000")]
)
def test_no_more_is_shown_than_is_known(value: float, text: str) -> None:
    assert number(value) == text


def test_every_line_has_its_own_word_and_its_titles() -> None:
    assert len({line.word for line in LINES}) == len({line.id for line in LINES}) == len(LINES)
    for line in LINES:
        for sizes in (FULL, QUICK):
            assert "{" not in title(line, sizes) + title_in_portuguese(line, sizes)


def test_a_word_chooses_its_line_and_those_that_begin_with_it() -> None:
    assert [line.word for line in chosen("busca,entrada")] == ["entrada", "entrada-postgresql", "busca"]
    assert chosen(None) == list(LINES)


def test_a_block_of_a_page_is_written_anew_and_the_rest_left_alone() -> None:
    run = Run({"cores": 2}, {"wrk": "4.1"}, {"connections": 32}, [row()])
    page = "# Page\n\n<!-- bench: unreached -->\nold\n<!-- /bench -->\n\nand so on\n"
    filled = pages.filled(page, run)
    assert filled == page.replace("old", "- **entrada**: p99 times bare flask")
    assert pages.filled(filled, run) == filled


def test_every_block_bears_a_run_that_measured_nothing() -> None:
    page = "".join(f"<!-- bench: {name} -->\n<!-- /bench -->\n" for name in pages.BLOCKS)
    assert pages.filled(page, Run({}, {}, {"connections": 32}, [row(figures={}, missing="x")]))
