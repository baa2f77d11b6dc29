"""The codes of a product: what is printed on it, and how much of it one scan stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from almoxarife.client.codes import Code, Line, NewCode, Part
from almoxarife.client.movements import new_id
from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches, removal, wrong
from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _, format_quantity

CODE, QUANTITY, UNIT, SUPPLIER, OTHERS = "codigo", "quantidade", "unidade", "fornecedor_id", "outros"
DECIMALS = 4
# Who supplies goods.
_SUPPLIERS = ("fornecedor", "ambos")
_KINDS = {
    "gtin": N_("GTIN"),
    "proprio": N_("own code"),
    "fornecedor": N_("code of a supplier"),
    "balanca": N_("scale"),
}
_WORDS = RecordWords(
    title=N_("Codes"),
    new=N_("New code"),
    empty=N_("No codes yet. Scan the first one, or type it at the right."),
    saved=N_("Code saved: {name}."),
)
# A product's code, how much of it, and in which unit: p2 3, p7 0,5 KG.
_PART = re.compile(r"(p\d+)\s*(?:[x×]?\s*([\d.,]+)\s*([^\W\d]\w*)?)?", re.IGNORECASE)


def codes(api: Api, chosen: Chosen) -> RecordKind[Code]:
    """Return how the codes of the chosen product are listed, given and taken away; kits that it is in, too."""

    def fetch(text: str) -> list[Code]:
        found = api.codes_of(chosen.id)
        return [one for one in found if matches(text, one.text, one.supplier_name or "", _kind(one))]

    def units() -> Sequence[Choice]:
        kept = api.units_of(chosen.id)
        return [Choice(unit, unit) for unit in (kept.unit, *sorted(kept.factors))]

    def suppliers() -> Sequence[Choice]:
        partners = [one for one in api.every_partner("") if one.active and one.kind in _SUPPLIERS]
        return [Choice(_("(none)"), ""), *(Choice(f"{one.name} ({one.id})", one.id) for one in partners)]

    def create(values: Mapping[str, str]) -> None:
        new = NewCode(
            new_id(),
            values[CODE],
            supplier_id=values[SUPPLIER],
            quantity=_amount(values[QUANTITY] or "1", QUANTITY),
            unit=values[UNIT],
            others=read_parts(values[OTHERS]),
        )
        api.attach_code(chosen.id, new)

    return RecordKind(
        words=_WORDS,
        columns=[
            Column(_("Code"), "0" * 14),
            Column(_("One scan is"), "m" * 4, stretch=True),
            Column(_("Kind"), "m" * 8, spare=1),
        ],
        row=lambda one: (one.text, _stands_for(one), _kind(one)),
        name=lambda one: one.text,
        is_active=lambda one: one.active,
        fields=[
            RecordField(CODE, N_("Code (scan it)"), missing=N_("Scan or type the code.")),
            RecordField(QUANTITY, N_("How many one scan is (1 when empty)")),
            RecordField(UNIT, N_("In the unit"), "choice", choices=units),
            RecordField(SUPPLIER, N_("Code of the supplier"), "choice", choices=suppliers),
            RecordField(OTHERS, N_("Kit: also (such as p2 3; p7 0,5 KG)")),
        ],
        fetch=fetch,
        values=lambda one: _values(one, chosen.id),
        create=create,
        actions=(removal(lambda one: api.retire_code(one.id)),),
        said_at={"tipo": CODE},
        scanned=CODE,
    )


def read_parts(text: str) -> list[Part]:
    """Return the further products of a kit that were typed, such as ``p2 3; p7 0,5 KG``. Raises Refused."""
    parts = []
    for typed in filter(None, (one.strip() for one in text.split(";"))):
        found = _PART.fullmatch(typed)
        if found is None:
            raise wrong(OTHERS, _("Write code and quantity of each product, such as p2 3; p7 0,5 KG."))
        product, quantity, unit = found.groups()
        parts.append(Part(product.lower(), _amount(quantity or "1", OTHERS), (unit or "").upper()))
    return parts


def _amount(text: str, field: str) -> Decimal | int:
    try:
        return parse_quantity(text, decimals=DECIMALS, maximum=MAX_WHOLE_QUANTITY)
    except NumberError as error:
        raise wrong(field, str(error)) from None


def _values(code: Code, product_id: str) -> dict[str, str]:
    mine = next((line for line in code.lines if line.product_id == product_id), code.lines[0])
    others = [line for line in code.lines if line is not mine]
    return {
        CODE: code.text,
        QUANTITY: format_quantity(mine.quantity),
        UNIT: mine.unit,
        SUPPLIER: code.supplier_id or "",
        OTHERS: "; ".join(f"{line.product_id} {_quantity(line)}" for line in others),
    }


def _stands_for(code: Code) -> str:
    if len(code.lines) == 1:
        return _quantity(code.lines[0])
    return _("Kit: {lines}").format(
        lines=" + ".join(f"{_quantity(line)} {line.product_name}" for line in code.lines)
    )


def _quantity(line: Line) -> str:
    return f"{format_quantity(line.quantity)} {line.unit}"


def _kind(code: Code) -> str:
    word = _(_KINDS[code.kind]) if code.kind in _KINDS else code.kind
    return f"{word} · {code.supplier_name}" if code.supplier_name else word
