"""The codes of a product: what is printed on it, and how much of it one scan stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from almoxarife.client.codes import Code, Line, NewCode, Part, Reading
from almoxarife.client.errors import Refused
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
# In place of a supplier; the kind of code, too.
SCALE = "balanca"
# Who supplies goods.
_SUPPLIERS = ("fornecedor", "ambos")
_KINDS = {
    "gtin": N_("GTIN"),
    "proprio": N_("own code"),
    "fornecedor": N_("code of a supplier"),
    SCALE: N_("scale"),
}
_WORDS = RecordWords(
    title=N_("Codes"),
    new=N_("New code"),
    empty=N_("No codes yet. Scan the first one, or type it at the right."),
    saved=N_("Code saved: {name}."),
)
# A product's id or a code of it, how much of it, and in which unit: p2 3, p7 0,5 KG, 7891000001080 2.
_PART = re.compile(r"(p\d+|\S+(?=\s|$))\s*(?:[x×]?\s*([\d.,]+)\s*([^\W\d]\w*)?)?", re.IGNORECASE)
_ID = re.compile("[pP][0-9]+")


def codes(api: Api, chosen: Chosen) -> RecordKind[Code]:
    """Return how the codes of the chosen product are listed, given and taken away; kits that it is in, too."""

    def fetch(text: str) -> list[Code]:
        found = api.codes_of(chosen.id)
        return [one for one in found if matches(text, one.text, one.supplier_name or "", _kind(one))]

    def units() -> Sequence[Choice]:
        kept = api.units_of(chosen.id)
        return [Choice(unit, unit) for unit in (kept.unit, *sorted(kept.factors))]

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
            RecordField(SUPPLIER, N_("Whose code it is"), "choice", choices=lambda: _owners(api)),
            RecordField(OTHERS, N_("Kit: also (scan, or p2 3; p7)")),
        ],
        fetch=fetch,
        values=lambda one: _values(one, chosen.id),
        create=lambda values: api.attach_code(chosen.id, _new_code(api, values)),
        actions=(removal(lambda one: api.retire_code(one.id)),),
        said_at={"tipo": CODE},
        scanned=CODE,
        gathers=OTHERS,
    )


def read_parts(text: str, read: Callable[[str], Reading]) -> list[Part]:
    """Return the further products of a kit that were typed or scanned, such as ``p2 3; 7891000001080; p7 0,5 KG``.

    ``read`` tells what a code stands for, which then counts so many times. The same again adds. Raises Refused.
    """
    parts: dict[tuple[str, str], Decimal | int] = {}
    for typed in filter(None, (one.strip() for one in text.split(";"))):
        found = _PART.fullmatch(typed)
        if found is None:
            raise wrong(OTHERS, _("Write code and quantity of each product, such as p2 3; p7 0,5 KG."))
        named, quantity, unit = found.groups()
        times = _amount(quantity or "1", OTHERS)
        if _ID.fullmatch(named):
            one = [Part(named.lower(), times, (unit or "").upper())]
        else:
            one = _parts_of(named, times, (unit or "").upper(), read)
        for part in one:
            key = (part.product_id, part.unit)
            parts[key] = parts.get(key, 0) + part.quantity
    return [Part(product_id, quantity, unit) for (product_id, unit), quantity in parts.items()]


def _parts_of(text: str, times: Decimal | int, unit: str, read: Callable[[str], Reading]) -> list[Part]:
    """Return so many times what a code stands for; in another unit where one is typed."""
    try:
        reading = read(text)
    except Refused as refusal:
        raise wrong(OTHERS, refusal.message) from None
    if reading.place_id:
        raise wrong(OTHERS, _("{text} is the label of a place.").format(text=text))
    if unit:
        return [Part(line.product.id, times, unit) for line in reading.lines]
    return [Part(line.product.id, times * (line.quantity or 1), line.unit) for line in reading.lines]


def _owners(api: Api) -> Sequence[Choice]:
    """Return whose a code can be."""
    partners = [one for one in api.every_partner("") if one.active and one.kind in _SUPPLIERS]
    return [
        Choice(_("everybody's"), ""),
        Choice(_("the scale's: number of the product"), SCALE),
        *(Choice(f"{one.name} ({one.id})", one.id) for one in partners),
    ]


def _new_code(api: Api, values: Mapping[str, str]) -> NewCode:
    """Return the code that is filled in. Raises Refused."""
    owner = values[SUPPLIER]
    return NewCode(
        new_id(),
        values[CODE],
        kind=SCALE if owner == SCALE else "",
        supplier_id="" if owner == SCALE else owner,
        quantity=_amount(values[QUANTITY] or "1", QUANTITY),
        unit=values[UNIT],
        others=read_parts(values[OTHERS], lambda text: api.read_scan(text, "")),
    )


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
        SUPPLIER: SCALE if code.kind == SCALE else code.supplier_id or "",
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
