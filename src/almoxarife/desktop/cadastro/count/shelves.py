"""Where is counted: the places of the chosen count, and the one that was chosen or whose label was scanned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from almoxarife.client.places import SEPARATOR, Place
from almoxarife.desktop.cadastro.count.running import Running


@dataclass
class Shelf:
    """Where what is scanned is counted; the label of a place changes it for the scans that come behind.

    ``id`` stands for it in what is kept. An empty ``place_id`` stands for the place of the count.
    """

    id: str
    place_id: str = ""


class ShelvesView(Protocol):
    """What is told to the tab about places."""

    def set_places(self, labels: Sequence[str], chosen: str) -> None:
        """Set at which places can be counted, and which one is chosen."""

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""


class Shelves:
    """Knows the places; ``here`` is where is counted from now on."""

    def __init__(self, view: ShelvesView, running: Running, new_id: Callable[[], str]) -> None:
        self._view = view
        self._running = running
        self._new_id = new_id
        self._places: list[Place] = []
        # Those inside the place of the count.
        self._inside: list[Place] = []
        self.here = Shelf(new_id())

    def take(self, places: list[Place]) -> None:
        """Take the places that there are now."""
        self._places = places
        self.show()

    def show(self) -> None:
        """Offer the places inside that of the count, its own first."""
        count = self._running.chosen
        own = next((one for one in self._places if count is not None and one.id == count.place_id), None)
        usual = own or next((one for one in self._places if one.default), None)
        self._inside = [
            one
            for one in self._places
            if own is None or one == own or one.path.startswith(f"{own.path}{SEPARATOR}")
        ]
        paths = [one.path for one in self._inside]
        self._view.set_places(paths, usual.path if usual is not None else "")

    def choose(self, path: str) -> None:
        """Count at another place from now on."""
        place_id = next((one.id for one in self._places if one.path == path), "")
        if place_id != self.here.place_id:
            # What was scanned before counts where it was scanned.
            self.here = Shelf(self._new_id(), place_id)

    def renew(self) -> None:
        """Let what somebody else has scanned, and is still kept, be of another shelf, though the place is the same."""
        self.here = Shelf(self._new_id(), self.here.place_id)

    def choose_by_id(self, place_id: str) -> None:
        """Choose a place, as if the person had; nothing when it is not inside that of the count."""
        place = self._find(place_id)
        if place is not None:
            self._view.set_place(place.path)

    def place(self, shelf: Shelf, place_id: str) -> Place | None:
        """Let a shelf be a place; return that, None when it is not inside that of the count."""
        place = self._find(place_id)
        if place is not None:
            shelf.place_id = place.id
            if shelf is self.here:
                self._view.set_place(place.path)
        return place

    def _find(self, place_id: str) -> Place | None:
        return next((one for one in self._inside if one.id == place_id), None)
