"""What people read of the refusals of purchases."""

from __future__ import annotations

from http import HTTPStatus

from almoxarife.errors import DomainError
from almoxarife.features.replenishment.rules import orders, supply
from almoxarife.i18n import N_
from almoxarife.server.refusal import Refusal

_S = HTTPStatus
PURCHASE_REFUSALS: dict[type[DomainError], Refusal] = {
    supply.SupplyNotFound: Refusal(
        _S.NOT_FOUND,
        "compra_indefinida",
        N_("Nobody has said how this product is bought."),
        "produto_id",
    ),
    supply.NotSupplier: Refusal(
        _S.CONFLICT, "nao_fornecedor", N_("“{name}” is a customer alone, no supplier."), "parceiro_id"
    ),
    orders.OrderNotFound: Refusal(
        _S.NOT_FOUND, "pedido_inexistente", N_("There is no order “{order_id}”."), "id"
    ),
    orders.OrderEnded: Refusal(
        _S.CONFLICT, "pedido_cancelado", N_("The order “{order_id}” was cancelled."), "id"
    ),
    orders.OrderIdInUse: Refusal(
        _S.CONFLICT, "id_em_conflito", N_("This id belongs to an order with other content."), "id"
    ),
    orders.NotOrdered: Refusal(
        _S.CONFLICT,
        "produto_nao_pedido",
        N_("“{name}” is not in this order."),
        "movimento_id",
    ),
    orders.NotAnEntry: Refusal(
        _S.CONFLICT,
        "nao_e_entrada",
        N_("This movement is no entry, or was reversed: nothing came in by it."),
        "movimento_id",
    ),
    orders.EntryNotFound: Refusal(
        _S.NOT_FOUND, "movimento_inexistente", N_("There is no movement “{movement_id}”."), "movimento_id"
    ),
    orders.ReceivedElsewhere: Refusal(
        _S.CONFLICT,
        "ja_recebido",
        N_("This entry was received for the order “{order_id}” already."),
        "movimento_id",
    ),
}
