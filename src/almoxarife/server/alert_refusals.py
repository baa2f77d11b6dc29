"""What people read of the refusals of levels, alerts and who is told of them."""

from __future__ import annotations

from http import HTTPStatus

from almoxarife.errors import DomainError
from almoxarife.features.alerts import condition_rules as conditions
from almoxarife.features.alerts import rules as alerts
from almoxarife.features.levels import rules as levels
from almoxarife.features.webhooks import rules as webhooks
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
    alerts.AlertNotFound: Refusal(
        _S.NOT_FOUND, "alerta_inexistente", N_("There is no alert “{alert_id}”."), "alerta_id"
    ),
    alerts.AlertResolved: Refusal(
        _S.CONFLICT, "alerta_resolvido", N_("The cause of this alert is gone: it is resolved."), "alerta_id"
    ),
    conditions.RuleNotFound: Refusal(_S.NOT_FOUND, "regra_inexistente", N_("There is no rule “{rule_id}”.")),
    conditions.RuleExists: Refusal(
        _S.CONFLICT, "regra_em_conflito", N_("This id belongs to a rule with other content."), "id"
    ),
    conditions.RuleImpossible: Refusal(
        _S.BAD_REQUEST,
        "regra_impossivel",
        N_("This rule could never hold: its hours or days are empty."),
    ),
    conditions.NothingSoLarge: Refusal(
        _S.BAD_REQUEST,
        "regra_impossivel",
        N_("This rule could never hold: of what it looks at, no more than {maximum} moves at once."),
    ),
    conditions.RuleSwitchedOff: Refusal(
        _S.CONFLICT,
        "regra_desativada",
        N_("Somebody has switched off the rule “{name}” meanwhile. Look at the rules again."),
        "substitui",
    ),
    conditions.TooManyRules: Refusal(
        _S.CONFLICT,
        "regras_demais",
        N_("There are {maximum} active rules already. Deactivate one first."),
        "nome",
    ),
    webhooks.WebhookNotFound: Refusal(
        _S.NOT_FOUND, "webhook_inexistente", N_("There is no webhook “{webhook_id}”."), "webhook_id"
    ),
    webhooks.WebhookExists: Refusal(
        _S.CONFLICT, "webhook_em_conflito", N_("This id belongs to a webhook with other content."), "id"
    ),
    webhooks.TooManyWebhooks: Refusal(
        _S.CONFLICT,
        "webhooks_demais",
        N_("There are {maximum} active webhooks already. Deactivate one first."),
        "url",
    ),
    webhooks.BadAddress: Refusal(
        _S.BAD_REQUEST,
        "webhook_endereco_invalido",
        N_(
            "The address must be like https://loja.example.com/avisos: http or https, no spaces, name, password or “#”."
        ),
        "url",
    ),
    webhooks.UnknownHost: Refusal(
        _S.BAD_REQUEST,
        "webhook_sem_endereco",
        N_("The host “{host}” cannot be found. Check the address."),
        "url",
    ),
    webhooks.OwnNetwork: Refusal(
        _S.BAD_REQUEST,
        "webhook_rede_interna",
        N_(
            "“{host}” leads into the server's own network ({address}). "
            "Who runs the server may allow it with ALMOXARIFE_WEBHOOKS_INTERNOS."
        ),
        "url",
    ),
}
