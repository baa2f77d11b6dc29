"""What people read of the refusals of levels, alerts and who is told of them."""

from __future__ import annotations

from http import HTTPStatus

from almoxarife.errors import DomainError
from almoxarife.features.levels import rules as levels
from almoxarife.i18n import N_
from almoxarife.server.refusal import Refusal

_S = HTTPStatus
ALERT_REFUSALS: dict[type[DomainError], Refusal] = {
    levels.LevelNotFound: Refusal(
        _S.NOT_FOUND,
        "nivel_inexistente",
        N_("Nobody has said how much of this product there should be there."),
        "produto_id",
    ),
    levels.LevelsContradict: Refusal(
        _S.BAD_REQUEST,
        "niveis_contraditorios",
        N_("“{lower}” is more than “{higher}”: no stock could be right."),
    ),
}
