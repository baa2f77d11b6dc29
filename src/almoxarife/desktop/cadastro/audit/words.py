"""Acts of the audit list in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from almoxarife.client.audit import Act
from almoxarife.desktop.kit.formats import format_date
from almoxarife.i18n import N_, _

# Action of the wire → what it is called, and the sentence about one.
ACTIONS = {
    "usuario.aprovar": (N_("user approved"), N_("Approved user {subject}")),
    "usuario.papel": (N_("role changed"), N_("Role of {subject}: {before} → {after}")),
    "usuario.desativar": (N_("user shut out"), N_("Shut out user {subject}")),
    "usuario.reativar": (N_("user let in again"), N_("Let user {subject} in again")),
    "usuario.senha": (N_("password set"), N_("Set a new password for {subject}")),
    "usuario.sessao": (N_("session ended"), N_("Ended a session of {subject}")),
    "usuario.sessoes": (N_("sessions ended"), N_("Ended all sessions of {subject}")),
    "configuracao.alterar": (N_("setting changed"), N_("{subject}: {before} → {after}")),
    "webhook.criar": (N_("webhook made"), N_("Webhook to {url}")),
    "webhook.situacao": (N_("webhook switched"), N_("Webhook to {url}, active: {active}")),
    "regra.criar": (N_("alert rule made"), N_("Alert rule “{name}”")),
    "regra.situacao": (N_("alert rule switched"), N_("Alert rule “{name}”, active: {active}")),
    "periodo.fechar": (N_("period closed"), N_("Closed up to {subject} (before: {before})")),
    "periodo.reabrir": (N_("period opened again"), N_("Opened again from {subject} on: {reason}")),
    "contagem.encerrar": (N_("count closed"), N_("Closed count {subject}")),
    "contagem.confirmar": (N_("count confirmed"), N_("Confirmed count {subject}")),
    "contagem.cancelar": (N_("count cancelled"), N_("Cancelled count {subject}")),
    "contagem.intervalos": (N_("intervals of counting"), N_("Changed how often products are counted")),
    "nivel.definir": (N_("stock level set"), N_("Set how much there should be of {subject}")),
    "nivel.remover": (
        N_("stock level taken away"),
        N_("No longer says how much there should be of {subject}"),
    ),
}
_REOPENED_ALL = N_("Opened everything again: {reason}")
_ALL = "tudo"
_SETTINGS = {
    "loja": N_("Name of the shop"),
    "metodo_custo": N_("How stock is valued"),
    "permite_negativo": N_("More may go out than there is"),
    "dias_aviso_validade": N_("Days before it expires that a lot is warned of"),
}
_VALUES = {"medio": N_("moving weighted average"), "peps": N_("FIFO: first in, first out")}
NOTHING = "–"


def told(act: Act) -> str:
    """Return a sentence about an act; what a newer server tells of is shown as it came."""
    if act.action not in ACTIONS:
        return " ".join((act.action, act.subject, json.dumps(act.details, ensure_ascii=False)))
    words = ACTIONS[act.action][1]
    if act.action == "periodo.reabrir" and act.subject == _ALL:
        words = _REOPENED_ALL
    details: Mapping[str, Any] = act.details
    return _(words).format(
        subject=_(_SETTINGS[act.subject]) if act.subject in _SETTINGS else _value(act.subject),
        before=_value(details.get("antes")),
        after=_value(details.get("depois")),
        reason=_value(details.get("motivo")),
        name=_value(details.get("nome")),
        url=_value(details.get("url")),
        active=_value(details.get("ativa", details.get("ativo"))),
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    if text in _VALUES:
        return _(_VALUES[text])
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text or NOTHING
