"""Work in threads, outcomes in the window's loop."""

from __future__ import annotations

import gc
import threading
import time
import tkinter as tk
import weakref
from collections.abc import Callable, Iterator

import pytest

from almoxarife.desktop.kit import jobs as jobs_module
from almoxarife.desktop.kit.jobs import Jobs, TooMuchWork


class Runner:
    """A window without anything in it, and jobs that run for it."""

    def __init__(self) -> None:
        self.root = tk.Tk()
        self.root.withdraw()
        self.jobs = Jobs(self.root, threads=2)
        self.heard: list[object] = []
        self.gate = threading.Event()

    def run(self, work: Callable[[], object], owner: object = "owner") -> None:
        self.jobs.run(work, self.heard.append, self.heard.append, owner)

    def hang(self) -> str:
        self.gate.wait(10)
        return "late"

    def loop(self, seconds: float = 0.1) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.root.update()
            time.sleep(0.002)

    def wait(self, count: int) -> None:
        end = time.monotonic() + 5
        while len(self.heard) < count:
            assert time.monotonic() < end
            self.loop(0.01)


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.gate.set()
    runner.jobs.close()
    runner.root.destroy()


def test_work_is_done_elsewhere_and_told_in_the_loop(runner: Runner) -> None:
    threads: list[threading.Thread] = []
    runner.jobs.run(
        lambda: threads.append(threading.current_thread()),
        lambda nothing: runner.heard.append(threading.current_thread()),
        runner.heard.append,
        runner,
    )
    assert runner.heard == []
    runner.wait(1)
    assert runner.heard == [threading.main_thread()]
    assert threads[0] is not threading.main_thread()


def test_an_exception_arrives_as_an_object(runner: Runner) -> None:
    error = ValueError("x")

    def fail() -> None:
        raise error

    runner.run(fail)
    runner.wait(1)
    assert runner.heard == [error]


def test_the_loop_goes_on_while_work_hangs(runner: Runner) -> None:
    runner.run(runner.hang)
    runner.run(lambda: "quick")
    runner.wait(1)
    assert runner.heard == ["quick"]
    runner.gate.set()
    runner.wait(2)
    assert runner.heard == ["quick", "late"]


def test_what_comes_late_for_a_dropped_owner_is_discarded(runner: Runner) -> None:
    begun: list[int] = []
    for _ in range(2):
        runner.run(runner.hang, "dropped")
    runner.run(lambda: begun.append(1), "dropped")
    runner.run(lambda: "kept", "kept")
    runner.loop(0.05)
    runner.jobs.drop("dropped")
    runner.gate.set()
    runner.wait(1)
    runner.loop()
    assert runner.heard == ["kept"]
    assert begun == []


def test_too_much_work_is_refused_through_the_same_door(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2 + jobs_module.WAITING_LIMIT):
        runner.run(runner.hang)
        runner.loop(0.001)
    runner.run(lambda: "refused")
    assert runner.heard == []
    runner.wait(1)
    assert [type(outcome) for outcome in runner.heard] == [TooMuchWork]


def test_outcomes_are_told_a_few_at_a_time(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "OUTCOMES_PER_POLL", 3)
    for number in range(10):
        runner.run(lambda number=number: number)  # type: ignore[misc]
    runner.wait(10)
    assert sorted(runner.heard, key=str) == list(range(10))


def test_after_the_end_nothing_is_told_or_begun(runner: Runner) -> None:
    runner.run(runner.hang)
    runner.loop(0.05)
    runner.jobs.close()
    runner.gate.set()
    runner.run(lambda: "too late")
    runner.loop()
    assert runner.heard == []


def test_a_thread_is_never_the_last_to_let_go_of_a_window() -> None:
    before = set(threading.enumerate())
    runner = Runner()
    window, gate = weakref.ref(runner.root), runner.gate
    runner.run(runner.hang)
    runner.jobs.close()
    runner.root.destroy()
    del runner
    gc.collect()
    gate.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
    gc.collect()
    # Freed in the thread, it would have ended all tests.
    assert window() is not None
    another = Runner()
    another.jobs.close()
    another.root.destroy()
    gc.collect()
    assert window() is None
