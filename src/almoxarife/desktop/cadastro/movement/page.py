"""A page that registers movements: the form, and the list of the last ones."""

from __future__ import annotations

from collections.abc import Callable

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.movements import Entry
from almoxarife.client.partners import Partner
from almoxarife.desktop.cadastro.movement.last import LastEntries
from almoxarife.desktop.cadastro.movement.presenter import MovementPresenter
from almoxarife.desktop.cadastro.movement.readings.filling import Filling
from almoxarife.desktop.cadastro.movement.readings.items import items_of
from almoxarife.desktop.cadastro.movement.readings.places import ScannedPlaces
from almoxarife.desktop.cadastro.movement.readings.presenter import ReadingsPresenter
from almoxarife.desktop.cadastro.pages import Page


class MovementPage(Page):
    """Form, what was scanned, and list together."""

    def __init__(
        self,
        form: MovementPresenter,
        last: LastEntries,
        filling: Filling,
        readings: ReadingsPresenter,
        places: ScannedPlaces,
        supplier: Callable[[], None] | None = None,
    ) -> None:
        """``supplier``: puts the cursor where the supplier is chosen, on the pages that have one."""
        self.form = form
        self.last = last
        self.readings = readings
        self._filling = filling
        self._places = places
        self._supplier = supplier

    @property
    def busy(self) -> bool:
        """Whether something is being registered."""
        return self.form.busy or self.readings.busy

    @property
    def is_sending(self) -> bool:
        """Whether something is being registered."""
        return self.busy

    @property
    def has_scanned(self) -> bool:
        """Whether something that was scanned is not registered yet."""
        return len(self.readings.lines) > 0

    @property
    def is_free(self) -> bool:
        """Whether nothing stands in form and list that would be lost."""
        return not self.busy and not self.has_scanned and not self.form.picker.text.strip()

    def begin(self, account: Account) -> None:
        """Show the movements of who works now."""
        self.last.start(account.username)

    def start(self) -> None:
        """Get ready for the next movement."""
        self.form.start()
        self.last.load()
        self.readings.start()

    def reset(self) -> None:
        """Forget what somebody else had typed and scanned."""
        self.readings.reset()
        self.form.reset()

    def resume(self) -> None:
        """Ask again for what was not answered."""
        self.last.load()
        self.form.picker.resume()

    @property
    def supplier(self) -> Partner | None:
        """Whose goods are scanned."""
        partner = self.form.partner
        return None if self._supplier is None or partner is None else partner.chosen

    def ask_supplier(self) -> None:
        """Ask whose goods they are."""
        if self._supplier is not None:
            self._supplier()

    def scan(self, reading: Reading) -> bool:
        """Count what was scanned, or choose a place."""
        if reading.place_id:
            return self._places.take(reading)
        # Each of a kit counts, whatever becomes of the others.
        taken = [self._filling.take(item) for item in items_of(reading)]
        return all(taken)

    def registered(self, entry: Entry) -> None:
        """Show a new movement in the list."""
        self.last.add(entry)
