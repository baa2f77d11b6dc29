"""What a manager decides about a count that is closed for counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from almoxarife.client.answers import bad_answer, read
from almoxarife.client.count_calendar import Right, read_right
from almoxarife.client.counts import Item, address
from almoxarife.client.session import Session
from almoxarife.contract.counts import CountRow, Reviewed

_COUNT = TypeAdapter(CountRow)
_REVIEWED = TypeAdapter(Reviewed)


@dataclass(frozen=True)
class Decision:
    """How a count is confirmed: which of the items that nobody counted are not there any more, and what is left out.

    ``zero_missing``: all of them, else those of ``zero`` alone. ``ignore_unknown``: texts that nobody resolved.
    """

    zero_missing: bool = False
    zero: Sequence[Item] = ()
    ignore_unknown: bool = False


def review(session: Session, count_id: str, decision: str, chosen: Sequence[Item]) -> int:
    """Accept (``aceitar``) items, or have them counted anew (``recontar``); all that differ where none is named."""
    body: dict[str, object] = {"decisao": decision}
    if chosen:
        body["itens"] = [_key(item) for item in chosen]
    else:
        body["todas_divergencias"] = True
    return read(_REVIEWED, session.request("POST", f"{address(count_id)}/revisoes", body=body)).items


def confirm(session: Session, count_id: str, id: str, decision: Decision) -> Right:
    """Make the ledger right by what was counted, and return how right it was."""
    body: dict[str, object] = {
        "id": id,
        "zerar_faltantes": decision.zero_missing,
        "ignorar_desconhecidos": decision.ignore_unknown,
    }
    if decision.zero and not decision.zero_missing:
        body["zerar"] = [_key(item) for item in decision.zero]
    row = read(_COUNT, session.request("POST", f"{address(count_id)}/confirmar", body=body))
    if row.accuracy is None:
        raise bad_answer()
    return read_right(row.accuracy)


def cancel(session: Session, count_id: str) -> None:
    """End a count without making anything of it."""
    session.request("POST", f"{address(count_id)}/cancelar")


def _key(item: Item) -> dict[str, str]:
    key = {"produto_id": item.product_id, "local_id": item.place_id}
    return {**key, "lote": item.lot} if item.lot else key
