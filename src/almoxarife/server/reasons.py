"""Why a value cannot be used, in sentences; the keys are the reasons that InvalidField carries."""

from __future__ import annotations

from almoxarife.i18n import N_, _

REASONS = {
    "missing": N_("The field {field} is missing."),
    "not_object": N_("The body of the request must be a JSON object."),
    "not_row": N_("It must be a JSON object."),
    "not_list": N_("{field} must be a list."),
    "too_few": N_("{field} must have at least {minimum} row."),
    "too_many": N_("{field} may have at most {maximum} rows."),
    "not_text": N_("{field} must be a text."),
    "not_number": N_("{field} must be a number."),
    "wrong_type": N_("{field} has the wrong type."),
    "not_whole_number": N_("{field} must be a whole number, without a sign."),
    "not_whole": N_("{field} must be a whole number."),
    "not_positive": N_("{field} must be more than zero."),
    "too_large": N_("{field} may be at most {maximum}."),
    "too_small": N_("{field} must be at least {minimum}."),
    "empty": N_("{field} must not be empty."),
    "too_long": N_("{field} may have at most {maximum} characters."),
    "invisible": N_("{field} has a character that cannot be shown."),
    "not_uuid": N_("{field} must be a UUID, such as 123e4567-e89b-12d3-a456-426614174000."),
    "not_instant": N_("{field} must be date, time and offset, such as 2026-11-24T03:00:00Z."),
    "not_instant_or_day": N_(
        "{field} must be a day, such as 2026-11-24, or date, time and offset, such as 2026-11-24T03:00:00Z."
    ),
    "not_time": N_("{field} must be a time, such as 18:30."),
    "not_day": N_("{field} must be a day, such as 2026-11-24."),
    "before": N_("{field} must not lie before {other}."),
    "before_made": N_("{field} must not come before the day of manufacture."),
    "in_the_past": N_("{field} must lie in the future."),
    "in_the_future": N_("{field} must not lie in the future."),
    "too_early": N_("{field} lies too far in the past."),
    "negative": N_("{field} must not be less than zero."),
    "zero": N_("{field} must not be zero."),
    "before_today": N_("{field} must not lie before today."),
    "no_lines": N_("{field} must have at least one row."),
    "no_level": N_("Say at least one of “minimo”, “alvo” and “maximo”."),
    "too_deep": N_("{field}: places may be at most {maximum} levels deep."),
    "unknown_kind": N_("{field} must be one of: {choices}."),
    "not_for_kind": N_("{field} does not belong to a movement of the kind “{kind}”."),
    "not_for_rule": N_("{field} does not belong to a rule of the kind “{kind}”."),
    "day_not_over": N_("{field} must be a day that is over."),
    "not_together": N_("{field} cannot be used together with {other}."),
    "not_one_of": N_("{field} must be one of these: {options}."),
    "not_id": N_("{field} must be an id, such as {example}."),
    "not_unit_code": N_("{field} must have 1 to {maximum} letters or digits, such as KG."),
    "too_many_decimals": N_("{field} may have at most {maximum} decimals."),
    "twice": N_("{field} has “{name}” twice."),
    "not_gtin": N_("{field} must be a GTIN: 8, 12, 13 or 14 digits."),
    "not_scale_number": N_("{field} of the scale must be 1 to {maximum} digits."),
    "not_mask": N_(
        "{field} must describe 13 digits, such as 2CCCCCCPP,PPPD: 2, C number of the product, P weight or V price, "
        "I check digit of four or five of these, D check digit."
    ),
    "not_of_kit": N_("{field} belongs to one product, and this code stands for several."),
    "not_printable_gtin": N_("{field} must be a GTIN of 8, 12 or 13 digits with its check digit."),
    "not_ascii": N_("{field} may only have letters without accents, digits and common signs."),
    "unknown_user": N_("{field}: there is no such user."),
    "password_too_short": N_("{field} must have at least {minimum} characters."),
    "password_common": N_("{field} is among those that everybody tries first. Choose another."),
}
_LABELS = {
    "username": N_("“User”"),
    "usuario": N_("“User”"),
    "password": N_("“Password”"),
    "papel": N_("“Role”"),
    "loja": N_("“Shop”"),
    "senha_atual": N_("“Present password”"),
    "senha_nova": N_("“New password”"),
    "nome": N_("“Name”"),
    "produto_id": N_("“Product”"),
    "quantidade": N_("“Quantity”"),
    "unidade": N_("“Unit”"),
    "codigo": N_("“Code”"),
    "outros": N_("“Kit”"),
    "mascara_balanca": N_("“Labels of the scales”"),
    "decimais": N_("“Decimals”"),
    "rastreio": N_("“Tracking”"),
    "observacoes": N_("“Notes”"),
    "campos": N_("“Own fields”"),
    "fator": N_("“Factor”"),
    "tipo": N_("“Kind”"),
    "documento": N_("“Document”"),
    "email": N_("“E-mail”"),
    "telefone": N_("“Telephone”"),
    "prazo_dias": N_("“Lead time”"),
    "embalagem": N_("“Pack”"),
    "previsto_para": N_("“Wanted by”"),
    "itens": N_("“Items”"),
    "minimo": N_("“Minimum”"),
    "alvo": N_("“Target”"),
    "maximo": N_("“Maximum”"),
}


def label_of(field: object) -> str:
    """Return how a sentence names a field: as screens do, else as the wire does."""
    name = str(field)
    return _(_LABELS[name]) if name in _LABELS else f"“{name}”"
