"""Which count the tabs of the page are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from almoxarife.client.counts import OPEN, REVIEW, Count
from almoxarife.desktop.cadastro.count.words import count_label


@dataclass
class Running:
    """The counts that have not ended, and the chosen one; None: a new one is to be begun."""

    counts: list[Count] = field(default_factory=list)
    chosen: Count | None = None

    def take(self, counts: Sequence[Count]) -> None:
        """Take the counts that there are now; the chosen one stays if it is among them, else it is the newest."""
        self.counts = list(counts)
        known = next((one for one in counts if self.chosen is not None and one.id == self.chosen.id), None)
        self.chosen = known or (self.counts[0] if self.counts else None)

    def update(self, count: Count) -> None:
        """Take what became of a count, which is the chosen one from now on; None is when it has ended."""
        others = [one for one in self.counts if one.id != count.id]
        if count.state in (OPEN, REVIEW):
            self.counts = [count, *others] if len(others) == len(self.counts) else self._with(count)
            self.chosen = count
        else:
            self.counts, self.chosen = others, None

    def forget(self) -> None:
        """Forget what somebody else had chosen."""
        self.counts, self.chosen = [], None

    def choose(self, label: str) -> bool:
        """Choose by a label; return whether that is another one than before."""
        before = self.chosen
        self.chosen = next((one for one in self.counts if count_label(one) == label), None)
        return (before and before.id) != (self.chosen and self.chosen.id)

    def is_chosen(self, count: Count) -> bool:
        """Tell whether a count is the chosen one."""
        return self.chosen is not None and self.chosen.id == count.id

    @property
    def label(self) -> str:
        """The chosen count in one line; empty for none."""
        return count_label(self.chosen) if self.chosen is not None else ""

    @property
    def labels(self) -> list[str]:
        """What can be chosen among the counts."""
        return [count_label(one) for one in self.counts]

    def _with(self, count: Count) -> list[Count]:
        return [count if one.id == count.id else one for one in self.counts]
