"""What people read of the refusals of analyses, and of work that takes long."""

from __future__ import annotations

from http import HTTPStatus

from almoxarife.errors import DomainError
from almoxarife.features.analysis.rules import asked
from almoxarife.features.progress import rules as progress
from almoxarife.i18n import N_
from almoxarife.server.refusal import Refusal

_S = HTTPStatus
ANALYSIS_REFUSALS: dict[type[DomainError], Refusal] = {
    asked.AnalysisNotFound: Refusal(
        _S.NOT_FOUND,
        "analise_inexistente",
        N_("There is no analysis “{name}”. Choose one of: {names}."),
        "nome",
    ),
    asked.PeriodTooLong: Refusal(
        _S.BAD_REQUEST, "periodo_longo_demais", N_("The period may have at most {maximum} days."), "desde"
    ),
    asked.LimitsCrossed: Refusal(
        _S.BAD_REQUEST,
        "limites_invertidos",
        N_("The limit of class A must be below that of class B."),
        "limite_a",
    ),
    progress.WorkNotFound: Refusal(
        _S.NOT_FOUND,
        "andamento_inexistente",
        N_("Nothing is under way with this id: it has ended, or another server works at it."),
        "id",
    ),
    progress.WorkStopped: Refusal(_S.CONFLICT, "trabalho_parado", N_("Stopped, as was wished.")),
}
