"""What people read of the refusals of labels."""

from __future__ import annotations

from http import HTTPStatus

from almoxarife.errors import DomainError
from almoxarife.features.labels.rules.layout import LabelDoesNotFit
from almoxarife.features.labels.rules.sheets import SheetDoesNotFit, SheetNotFound
from almoxarife.features.labels.rules.wishes import NoSuchMovement, TooManyLabels
from almoxarife.i18n import N_
from almoxarife.server.refusal import Refusal

_S = HTTPStatus
LABEL_REFUSALS: dict[type[DomainError], Refusal] = {
    SheetNotFound: Refusal(
        _S.NOT_FOUND,
        "formato_inexistente",
        N_("There is no format of labels “{sheet_id}”. See the list of formats."),
        "formato",
    ),
    SheetDoesNotFit: Refusal(
        _S.BAD_REQUEST,
        "etiqueta_nao_cabe",
        N_("The labels do not fit on the sheet: they take {needed}, and there are {room}."),
    ),
    LabelDoesNotFit: Refusal(
        _S.BAD_REQUEST,
        "etiqueta_nao_cabe",
        N_(
            "“{name}” does not fit on a label of {width} by {height} with this code. Choose a larger label, "
            "another kind of code, or leave the price out."
        ),
    ),
    NoSuchMovement: Refusal(
        _S.NOT_FOUND, "movimento_inexistente", N_("There is no movement “{movement_id}”."), "movimento"
    ),
    TooManyLabels: Refusal(
        _S.BAD_REQUEST,
        "etiquetas_demais",
        N_("These are {wanted} labels. Ask for at most {maximum} at once."),
        "itens",
    ),
}
