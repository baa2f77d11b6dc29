"""The JSON of reports, written out because stock lists of 100,000 products and long cards pass through here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring

from almoxarife.clock import to_rfc3339
from almoxarife.contract.kinds import KIND_WORDS
from almoxarife.contract.movements import decimal_text, uuid_text
from almoxarife.features.costs.rules.lines import Basis
from almoxarife.features.reports.rules import CardLine, Entered, Stock
from almoxarife.features.reports.service import Card
from almoxarife.features.reports.store import Held
from almoxarife.ledger.rules import Kind

_KINDS = dict(zip(Kind, KIND_WORDS, strict=True))
_BASES = {
    Basis.NOTHING: "nenhum",
    Basis.STATED: "informado",
    Basis.NAMED: "estorno",
    Basis.STOCK: "estoque",
    Basis.LAST_KNOWN: "ultimo",
    Basis.UNKNOWN: "desconhecido",
}


def card_head(card: Card, place_id: str | None) -> str:
    """Return what a card says before its lines, without the closing brace."""
    return (
        f'{{"produto_id":"p{card.product_id}","nome_produto":{encode_basestring(card.product_name)},'
        f'"local_id":{_text(place_id)},"metodo":"{card.method}",'
        f'"abertura":{_stock(card.opening)},"fechamento":{_stock(card.closing)},'
        f'"continua":{"true" if card.more else "false"}'
    )


def card(card: Card, place_id: str | None) -> str:
    """Return the JSON of a ``Card``."""
    return f'{card_head(card, place_id)},"linhas":[{",".join(map(_line, card.lines))}]}}'


def explanation(card: Card, place_id: str | None, summary: Iterable[str], steps: Iterable[str]) -> str:
    """Return the JSON of an ``Explanation``."""
    return (
        f'{card_head(card, place_id)},"resumo":[{",".join(map(encode_basestring, summary))}],'
        f'"passos":[{",".join(map(encode_basestring, steps))}]}}'
    )


def balances(products: Iterable[Held]) -> Iterator[str]:
    """Yield the JSON of each ``ProductBalance``."""
    return (f"{_product(one)}}}" for one in products)


def values(method: str, products: Iterable[Held]) -> str:
    """Return the JSON of a ``StockValue``; of what is neither there nor worth anything nothing is said."""
    there = [one for one in products if one.stock != (0, 0)]
    rows = ",".join(
        f'{_product(one)},"valor":{decimal_text(one.stock.value)},'
        f'"custo_medio":{decimal_text(one.stock.unit_value)}}}'
        for one in there
    )
    total = sum(one.stock.value for one in there)
    return f'{{"metodo":"{method}","valor_total":{decimal_text(total)},"produtos":[{rows}]}}'


def _product(one: Held) -> str:
    return (
        f'{{"produto_id":"p{one.product_id}","nome_produto":{encode_basestring(one.name)},'
        f'"saldo":{decimal_text(one.stock.quantity)}'
    )


def _line(line: CardLine) -> str:
    movement = line.movement
    return (
        f'{{"sequencia":{movement.sequence},"id":"{uuid_text(movement.id)}",'
        f'"tipo":"{_KINDS[Kind(movement.kind)]}","data_efetiva":"{to_rfc3339(movement.effective_at)}",'
        f'"timestamp":"{to_rfc3339(movement.recorded_at)}",'
        f'"registrado_por":{encode_basestring(movement.username)},'
        f'"de":"l{movement.from_location}","para":"l{movement.to_location}",'
        f'"movimentado":{decimal_text(movement.moved)},"quantidade":{decimal_text(line.change)},'
        f'"saldo":{decimal_text(line.stock.quantity)},"custo":{decimal_text(line.cost)},'
        f'"custo_unitario":{decimal_text(Stock(line.change, line.cost).unit_value)},'
        f'"correcao":{decimal_text(line.correction)},"valor":{decimal_text(line.stock.value)},'
        f'"custo_medio":{decimal_text(line.stock.unit_value)},"base_do_custo":"{_basis(movement)}",'
        f'"estorna":{_number(movement.reverses)},"estornado_por":{_number(movement.reversed_by)},'
        f'"documento":{_text(movement.document)},"observacao":{_text(movement.note)},'
        f'"devolve":{_number(movement.returns)}}}'
    )


def _basis(movement: Entered) -> str:
    if movement.basis is Basis.NAMED and movement.returns is not None:
        return "devolucao"
    return _BASES[movement.basis]


def _stock(stock: Stock) -> str:
    return (
        f'{{"saldo":{decimal_text(stock.quantity)},"valor":{decimal_text(stock.value)},'
        f'"custo_medio":{decimal_text(stock.unit_value)}}}'
    )


def _text(text: str | None) -> str:
    return "null" if text is None else encode_basestring(text)


def _number(number: int | None) -> str:
    return "null" if number is None else str(number)
