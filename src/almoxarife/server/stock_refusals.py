"""What people read of the refusals of stock control: movements, places, lots, reasons, reservations."""

from __future__ import annotations

from http import HTTPStatus

from almoxarife.errors import DomainError
from almoxarife.features.locations import rules as places
from almoxarife.features.lots import rules as lots
from almoxarife.features.movements import stock_rules as movements
from almoxarife.features.reasons import rules as reasons
from almoxarife.features.reservations import rules as reservations
from almoxarife.i18n import N_
from almoxarife.ledger import rules_guard as guard
from almoxarife.server.refusal import Refusal

_S = HTTPStatus
STOCK_REFUSALS: dict[type[DomainError], Refusal] = {
    guard.NotEnoughStock: Refusal(
        _S.CONFLICT,
        "estoque_insuficiente",
        N_("There is not enough: {available} available."),
        "quantidade",
    ),
    guard.AlreadyReversed: Refusal(
        _S.CONFLICT, "ja_estornado", N_("This movement has been reversed already."), "estorna"
    ),
    guard.ReversalOfReversal: Refusal(
        _S.CONFLICT,
        "estorno_de_estorno",
        N_("A reversal cannot be reversed. Register the movement anew."),
        "estorna",
    ),
    guard.ReturnExceeds: Refusal(
        _S.CONFLICT,
        "devolucao_excede",
        N_("There is not as much left to be returned of this movement: {available}."),
        "devolve",
    ),
    guard.HasReturns: Refusal(
        _S.CONFLICT,
        "estorno_com_devolucao",
        N_("Goods of this movement were returned. Reverse these returns first."),
        "estorna",
    ),
    guard.PeriodClosed: Refusal(
        _S.CONFLICT,
        "periodo_fechado",
        N_("The period up to {closed_until} is closed. Choose a later date."),
        "data_efetiva",
    ),
    guard.SerialElsewhere: Refusal(
        _S.CONFLICT,
        "serie_em_outro_lugar",
        N_("The thing with this serial number is in stock already; it can be in one place only."),
        "serie",
    ),
    guard.SerialNotHere: Refusal(
        _S.CONFLICT,
        "serie_em_outro_lugar",
        N_("The thing with this serial number is in another place, not where it is to go out."),
        "serie",
    ),
    movements.MovementNotFound: Refusal(
        _S.NOT_FOUND, "movimento_inexistente", N_("There is no movement “{movement_id}”.")
    ),
    movements.ReturnOfOther: Refusal(
        _S.CONFLICT,
        "devolucao_de_outro",
        N_(
            "What comes back from a customer was issued, what goes back to a supplier came in: the same product."
        ),
        "devolve",
    ),
    movements.DiscountExceeds: Refusal(
        _S.BAD_REQUEST,
        "desconto_excede",
        N_("The discount is more than what came in is worth with freight and tax."),
        "desconto",
    ),
    movements.OtherThanReversed: Refusal(
        _S.CONFLICT, "estorno_diferente", N_("The movement that is to be reversed says something else here.")
    ),
    movements.ReasonRequired: Refusal(
        _S.BAD_REQUEST, "motivo_obrigatorio", N_("Losses and adjustments need a reason."), "motivo_id"
    ),
    movements.SamePlace: Refusal(
        _S.CONFLICT, "mesmo_local", N_("Goods are moved from one place to another one."), "para_local_id"
    ),
    lots.LotNotFound: Refusal(_S.NOT_FOUND, "lote_inexistente", N_("The product has no lot “{lot}”.")),
    lots.LotOfOtherProduct: Refusal(
        _S.CONFLICT, "lote_de_outro_produto", N_("The lot “{lot}” is one of another product.")
    ),
    lots.LotDiffers: Refusal(
        _S.CONFLICT, "lote_diferente", N_("The lot “{lot}” is known with other dates."), "lote"
    ),
    lots.LotRequired: Refusal(
        _S.BAD_REQUEST, "lote_obrigatorio", N_("This product asks for its lot or serial number.")
    ),
    lots.LotNotTracked: Refusal(
        _S.BAD_REQUEST, "produto_sem_lote", N_("This product is not kept by lot or serial number like that.")
    ),
    lots.LotExpired: Refusal(
        _S.CONFLICT,
        "lote_vencido",
        N_("The lot “{lot}” expired on {expires_on}. It goes out with a reason only."),
        "motivo_id",
    ),
    lots.OneOfASerial: Refusal(
        _S.BAD_REQUEST, "serie_unica", N_("With a serial number the quantity is 1."), "quantidade"
    ),
    places.PlaceNotFound: Refusal(_S.NOT_FOUND, "local_inexistente", N_("There is no place “{place_id}”.")),
    places.PlaceExists: Refusal(
        _S.CONFLICT, "local_existente", N_("There is a place “{name}” here already."), "nome"
    ),
    places.PlaceInactive: Refusal(
        _S.CONFLICT, "local_inativo", N_("The place “{name}” is not in use any more.")
    ),
    places.PlaceInsideItself: Refusal(
        _S.CONFLICT, "local_dentro_de_si", N_("A place cannot be inside itself."), "dentro_de"
    ),
    places.PlaceHasStock: Refusal(
        _S.CONFLICT,
        "local_com_estoque",
        N_("There still is something in “{name}”. Move it to another place first."),
        "ativo",
    ),
    places.PlaceHasPlaces: Refusal(
        _S.CONFLICT, "local_com_locais", N_("There are places in use inside “{name}”."), "ativo"
    ),
    places.DefaultPlace: Refusal(
        _S.CONFLICT,
        "local_padrao",
        N_("Entries that name no place go here, so this place stays in use."),
        "ativo",
    ),
    reasons.ReasonExists: Refusal(
        _S.CONFLICT, "motivo_existente", N_("The reason “{name}” exists already."), "nome"
    ),
    reasons.ReasonNotFound: Refusal(
        _S.NOT_FOUND, "motivo_inexistente", N_("There is no reason “{reason_id}” in use."), "motivo_id"
    ),
    reservations.ReservationNotFound: Refusal(
        _S.NOT_FOUND,
        "reserva_inexistente",
        N_("There is no reservation “{reservation_id}” that still stands."),
        "reserva_id",
    ),
}
