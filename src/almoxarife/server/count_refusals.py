"""What people read of the refusals of counts."""

from __future__ import annotations

from http import HTTPStatus

from almoxarife.errors import DomainError
from almoxarife.features.counts import rules
from almoxarife.i18n import N_
from almoxarife.server.refusal import Refusal

_S = HTTPStatus
COUNT_REFUSALS: dict[type[DomainError], Refusal] = {
    rules.CountNotFound: Refusal(
        _S.NOT_FOUND, "contagem_inexistente", N_("There is no count “{count_id}”."), "contagem_id"
    ),
    rules.CountOverlaps: Refusal(
        _S.CONFLICT,
        "contagem_sobreposta",
        N_("The count “{count_id}” is about the same already. Finish or cancel it first."),
        "local_id",
    ),
    rules.CountClosed: Refusal(
        _S.CONFLICT,
        "contagem_fechada",
        N_("Nothing more is counted in “{count_id}”: it is “{state}”."),
        "contagem_id",
    ),
    rules.CountStillOpen: Refusal(
        _S.CONFLICT,
        "contagem_aberta",
        N_("People are still counting. Close the count first."),
        "contagem_id",
    ),
    rules.CountConfirmed: Refusal(
        _S.CONFLICT,
        "contagem_confirmada",
        N_("The count “{count_id}” has been confirmed already."),
        "contagem_id",
    ),
    rules.CountCancelled: Refusal(
        _S.CONFLICT, "contagem_cancelada", N_("The count “{count_id}” was cancelled."), "contagem_id"
    ),
    rules.CountIdConflict: Refusal(
        _S.CONFLICT,
        "id_de_outro_registro",
        N_("This id belongs to something else that was said. Make a new one."),
        "id",
    ),
    rules.OutsideCount: Refusal(
        _S.CONFLICT,
        "produto_fora_da_contagem",
        N_("“{name}” is not part of this count."),
        "produto_id",
    ),
    rules.PlaceOutsideCount: Refusal(
        _S.CONFLICT,
        "local_fora_da_contagem",
        N_("The place “{name}” is not part of this count."),
        "local_id",
    ),
    rules.NothingToCount: Refusal(
        _S.CONFLICT, "nada_a_contar", N_("There is no product in what is to be counted.")
    ),
    rules.LineNotFound: Refusal(
        _S.NOT_FOUND,
        "linha_inexistente",
        N_("The count has no line “{line}” that can still be corrected."),
        "substitui",
    ),
    rules.ItemNotFound: Refusal(_S.NOT_FOUND, "item_inexistente", N_("The count has no such item."), "itens"),
    rules.RecountByAnother: Refusal(
        _S.CONFLICT,
        "recontagem_por_outra_pessoa",
        N_("You have counted “{name}” before. Somebody else counts it anew."),
        "recontagem",
    ),
    rules.RecountNotAsked: Refusal(
        _S.CONFLICT,
        "recontagem_nao_pedida",
        N_("“{name}” is not to be counted anew here."),
        "recontagem",
    ),
    rules.RecountPending: Refusal(
        _S.CONFLICT,
        "recontagem_pendente",
        N_("“{name}” is to be counted anew first. Or accept it as it was counted."),
        "itens",
    ),
    rules.UnknownLeft: Refusal(
        _S.CONFLICT,
        "desconhecidos_pendentes",
        N_("“{text}” was scanned and is no product ({number} of them). Say what it is, or leave it out."),
        "ignorar_desconhecidos",
    ),
    rules.HiddenWhileBlind: Refusal(
        _S.FORBIDDEN,
        "contagem_cega",
        N_("This count is blind: what is expected is shown after a manager has reviewed it."),
        "situacao",
    ),
    rules.AdjustmentExceeds: Refusal(
        _S.CONFLICT,
        "ajuste_sem_saldo",
        N_(
            "“{name}” in “{place}”: there is less by now ({available}) than is to be taken out. Count it anew."
        ),
        "itens",
    ),
    rules.CountedSerialElsewhere: Refusal(
        _S.CONFLICT,
        "serie_contada_em_outro_lugar",
        N_(
            "“{name}”, serial number {serial}: it is in stock at another place. Transfer it, or count it there."
        ),
        "itens",
    ),
}
