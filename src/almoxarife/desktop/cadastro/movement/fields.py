"""The fields of a form besides the product: which are shown, what stands in them, what is sent of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.movement.facts import Facts
from almoxarife.desktop.cadastro.movement.form import PRODUCT, QUANTITY, Detail, MovementForm
from almoxarife.desktop.cadastro.movement.reading import FieldError, Option, read_details
from almoxarife.desktop.kit.formats import NumberError, format_date, parse_quantity
from almoxarife.desktop.kit.kinds import ENTRY

# Fewer choices than that leave nothing to choose.
_LEAST = {"units": 1, "kinds": 1, "places": 2, "reasons": 1, "returned": 1}


class FieldsView(Protocol):
    """What the fields are told to do."""

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field."""

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        """Set what can be chosen in a field."""

    def show_fields(self, fields: Collection[str]) -> None:
        """Show these details and no others."""

    def show_unit(self, text: str) -> None:
        """Say in what the quantity is counted."""

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""


class Fields:
    """Follows what is typed and chosen."""

    def __init__(self, form: MovementForm, facts: Facts, view: FieldsView) -> None:
        self._form = form
        self._facts = facts
        self._view = view
        self._details = {detail.name: detail for detail in form.details}
        self._options: dict[str, list[Option]] = {}
        self._shown: list[str] = []
        # What is to be chosen as soon as it is offered, by the names of fields.
        self._preferred: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def type(self, name: str, text: str) -> None:
        """Take a text typed or chosen in a field."""
        if self.texts.get(name, "") != text:
            self.texts[name] = text
            self._view.show_error(name, "")
            if name == "kind":
                self._facts.follow(self._kind)
                self.show()

    def show(self) -> None:
        """Show what is asked for now, and what can be chosen."""
        for detail in self._details.values():
            self._offer(detail)
        asked = self._facts.asked
        self._shown = [d.name for d in self._details.values() if d.asked in asked and not self._is_idle(d)]
        self._view.show_fields(self._shown)
        unit = self._facts.product.unit if self._facts.product and "unit" not in self._shown else ""
        self._view.show_unit(unit)

    def clear(self) -> None:
        """Empty every field."""
        self._empty((QUANTITY, *self._details))

    def clear_product(self) -> None:
        """Empty what is about one product alone."""
        self._empty((QUANTITY, *(detail.name for detail in self._details.values() if detail.of_product)))

    def fill(self, quantity: str, body: Mapping[str, object], *, every: bool = False) -> None:
        """Fill in a quantity and what is known of the product, by the keys of the request; or all that is known."""
        self._view.set_text(QUANTITY, quantity)
        lot = body.get("lote")
        known = {
            **body,
            **{f"lote.{name}": one for name, one in (lot if isinstance(lot, Mapping) else {}).items()},
        }
        # What goes out is chosen among the lots in stock, by its number.
        known.setdefault("lote_id", known.get("lote.numero"))
        for detail in self._details.values():
            value = known.get(detail.wire)
            if value is None or detail.kind == "partner" or not (detail.of_product or every):
                continue
            if detail.kind == "choice":
                self._preferred[detail.name] = str(value)
                self._prefer(detail)
            else:
                self._view.set_text(detail.name, _shown(detail, str(value)))

    def choose(self, name: str, value: str) -> bool:
        """Choose something by its value; return whether it is offered."""
        label = next((one.label for one in self._options.get(name, []) if one.value == value), None)
        if label is not None:
            self._view.set_text(name, label)
        return label is not None

    def chosen(self, name: str) -> str | None:
        """Return the value of what is chosen in a field, None for nothing or what stands for nothing."""
        text = self.texts.get(name, "")
        return next((option.value for option in self._options.get(name, []) if option.label == text), None)

    def field_of(self, wire: str, code: str) -> str | None:
        """Return the field that a refusal is about."""
        if wire == "produto_id" or code == "produto_inexistente":
            return PRODUCT
        if wire in ("quantidade", "unidade") or code == "estoque_insuficiente":
            return QUANTITY
        key = wire.partition(".")[0].removesuffix("_id")
        fields = (d.name for d in self._details.values() if _key(d) == key and d.name in self._shown)
        return next(fields, None)

    def read(self, today: date) -> tuple[Decimal | int, dict[str, object]]:
        """Return the quantity and the keys of the request that the fields stand for. Raises FieldError."""
        quantity = self.quantity()
        return quantity, self._read(today, self._details.values())

    def read_of_product(self, today: date) -> tuple[Decimal | int, dict[str, object]]:
        """Return the quantity and the keys that are about the product alone. Raises FieldError."""
        of_product = [detail for detail in self._details.values() if detail.of_product]
        body = self._read(today, of_product)
        body.pop("tipo", None)
        return self.quantity(), body

    def read_common(self, today: date) -> dict[str, object]:
        """Return the keys that are about all that is registered together. Raises FieldError."""
        return self._read(today, [detail for detail in self._details.values() if not detail.of_product])

    @property
    def _kind(self) -> str:
        return self.chosen("kind") or self._form.kinds[0]

    def quantity(self) -> Decimal | int:
        """Return the quantity that was typed. Raises FieldError."""
        try:
            return parse_quantity(
                self.texts.get(QUANTITY, ""),
                decimals=self._facts.decimals(self.chosen("unit") or ""),
                maximum=MAX_WHOLE_QUANTITY,
                signed=self._form.signed and self.chosen("kind") is None,
            )
        except NumberError as error:
            raise FieldError(QUANTITY, str(error)) from None

    def _read(self, today: date, details: Iterable[Detail]) -> dict[str, object]:
        read = [detail for detail in details if detail.name in self._shown and detail.name != "kind"]
        body = read_details(read, self.texts, self._options, today)
        kind = self._kind
        return body if kind == ENTRY else {"tipo": kind, **body}

    def _empty(self, names: Iterable[str]) -> None:
        self._preferred.clear()
        for name in names:
            options = self._options.get(name)
            self._view.set_text(name, options[0].label if options else "")
            self._view.show_error(name, "")

    def _offer(self, detail: Detail) -> None:
        if detail.choices is None:
            return
        options = self._facts.options(detail.choices, detail.blank)
        if options == self._options.get(detail.name):
            return
        self._options[detail.name] = options
        self._view.set_options(detail.name, [option.label for option in options])
        if detail.choices == "lots" and len(options) > 1:
            # What expires first goes out first.
            self._view.set_text(detail.name, options[1].label)
        self._prefer(detail)

    def _prefer(self, detail: Detail) -> None:
        wanted = self._preferred.get(detail.name)
        if wanted is not None and detail.choices == "lots":
            wanted = self._facts.lot_id(wanted)
        label = next((one.label for one in self._options.get(detail.name, []) if one.value == wanted), None)
        if wanted is not None and label is not None:
            self._view.set_text(detail.name, label)

    def _is_idle(self, detail: Detail) -> bool:
        """Tell whether a detail means nothing here or leaves nothing to choose, so that it would only take room."""
        real = [option for option in self._options.get(detail.name, []) if option.value is not None]
        if detail.of_kind not in ("", self._kind):
            return True
        return len(real) < _LEAST.get(detail.choices or "", 0) and not detail.missing


def _shown(detail: Detail, text: str) -> str:
    """Return what was sent as it is typed."""
    if detail.kind == "money":
        return text.replace(".", ",")
    if detail.kind != "date":
        return text
    return format_date(
        datetime.fromisoformat(text).astimezone().date() if "T" in text else date.fromisoformat(text)
    )


def _key(detail: Detail) -> str:
    return detail.wire.partition(".")[0].removesuffix("_id")
