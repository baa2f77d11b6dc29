"""Work under way that somebody waits for: how far it is, and whether it is still wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import NamedTuple

from almoxarife import long_work
from almoxarife.features.progress.rules import WorkNotFound, WorkStopped
from almoxarife.identity import Identity
from almoxarife.long_work import Stage


class Progress(NamedTuple):
    """How many parts of a stage are done, and of how many; 0: nobody knows."""

    stage: Stage
    done: int
    total: int


class _Work:
    """One request that takes long."""

    def __init__(self) -> None:
        self.progress = Progress(Stage.COSTS, 0, 0)
        self._stopped = Event()

    def stop(self) -> None:
        self._stopped.set()

    def tell(self, stage: Stage, done: int, total: int) -> None:
        if self._stopped.is_set():
            raise WorkStopped
        self.progress = Progress(stage, done, total)


class Works:
    """The work that this process does at present, of those who said by which id they would ask for it.

    Each is known to who asked for it alone. There are never more than requests under way.
    """

    def __init__(self) -> None:
        self._works: dict[tuple[int, str], _Work] = {}
        self._lock = Lock()

    @contextmanager
    def followed(self, who: Identity, work_id: str | None) -> Iterator[None]:
        """Let what is done within the block be asked for and stopped under an id; without one it cannot be.

        Raises WorkStopped in the block. The same id again, because an answer was lost, stands for the newer one.
        """
        if work_id is None:
            yield
            return
        key, work = (who.account_id, work_id), _Work()
        with self._lock:
            self._works[key] = work
        try:
            with long_work.told(work.tell):
                yield
        finally:
            with self._lock:
                if self._works.get(key) is work:
                    del self._works[key]

    def progress(self, who: Identity, work_id: str) -> Progress:
        """Return how far somebody's work is. Raises WorkNotFound."""
        return self._find(who, work_id).progress

    def stop(self, who: Identity, work_id: str) -> None:
        """Let somebody's work end at its next step. Raises WorkNotFound."""
        self._find(who, work_id).stop()

    def _find(self, who: Identity, work_id: str) -> _Work:
        with self._lock:
            work = self._works.get((who.account_id, work_id))
        if work is None:
            raise WorkNotFound
        return work
