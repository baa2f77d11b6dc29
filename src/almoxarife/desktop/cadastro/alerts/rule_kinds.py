"""The rules by which movements raise alerts, as managers list, make, change and switch them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from almoxarife.client.alert_rules import LARGE, OUTSIDE_HOURS, AlertRule, RuleWish
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.alerts import rule_words
from almoxarife.desktop.cadastro.attempt import Attempt
from almoxarife.desktop.cadastro.product_typed import product_text, product_typed
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches, switches
from almoxarife.desktop.kit.kinds import KINDS, kind_word
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _

ROLE = "gerente"
NAME, MOVEMENT, PRODUCT = "nome", "tipo_movimento", "produto_id"
QUANTITY, FACTOR = "quantidade_maior_que", "vezes_a_media"
BEGINS, ENDS, DAYS = "das", "ate", "dias"


class RulesApi(Protocol):
    """What the tabs with rules ask of the server; each call runs in a thread."""

    def alert_rules(self) -> list[AlertRule]:
        """Return all rules, oldest first, those that are switched off included."""

    def create_alert_rule(self, rule_id: str, wish: RuleWish, replaces: str = "") -> None:
        """Make a rule, also in the place of one that is in use; the same again is the same rule."""

    def set_alert_rule_active(self, rule: AlertRule, active: bool) -> None:
        """Let a rule be looked at, or no more."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""


def _movements() -> Sequence[Choice]:
    return [Choice(_("all kinds"), ""), *(Choice(kind_word(one), one) for one in KINDS)]


# What rules of both kinds have, before and behind their own fields.
_FIRST = (RecordField(NAME, N_("Name"), missing=N_("Type the name.")),)
_LAST = (
    RecordField(MOVEMENT, N_("Kind of movement"), "choice", choices=_movements),
    RecordField(PRODUCT, N_("Product (empty: all)")),
)


def large_rules(api: RulesApi, new_id: Callable[[], str]) -> RecordKind[AlertRule]:
    """Return how rules about unusually large movements are listed and kept."""

    def wish(values: Mapping[str, str]) -> RuleWish:
        return RuleWish(
            values[NAME],
            LARGE,
            values[MOVEMENT],
            product_typed(values[PRODUCT], PRODUCT, api.search),
            quantity=rule_words.number_typed(values, QUANTITY),
            factor=rule_words.number_typed(values, FACTOR),
        )

    return _kind(
        api,
        new_id,
        LARGE,
        RecordWords(
            title=N_("Large movements"),
            new=N_("New rule"),
            empty=N_("No rules yet. Say at the right which movements are unusually large."),
            saved=N_("Rule in use: {name}."),
        ),
        [
            RecordField(QUANTITY, N_("More than")),
            RecordField(FACTOR, N_("or more than times the mean")),
        ],
        wish,
    )


def hour_rules(api: RulesApi, new_id: Callable[[], str]) -> RecordKind[AlertRule]:
    """Return how rules about hours in which nothing should move are listed and kept."""

    def wish(values: Mapping[str, str]) -> RuleWish:
        return RuleWish(
            values[NAME],
            OUTSIDE_HOURS,
            values[MOVEMENT],
            product_typed(values[PRODUCT], PRODUCT, api.search),
            begins=rule_words.time_typed(values[BEGINS]),
            ends=rule_words.time_typed(values[ENDS]),
            weekdays=rule_words.days_typed(values[DAYS]),
        )

    return _kind(
        api,
        new_id,
        OUTSIDE_HOURS,
        RecordWords(
            title=N_("Outside hours"),
            new=N_("New rule"),
            empty=N_("No rules yet. Say at the right when nothing should move."),
            saved=N_("Rule in use: {name}."),
        ),
        [
            RecordField(BEGINS, N_("Nothing moves from (as 18:00)"), missing=N_("Type a time.")),
            RecordField(ENDS, N_("until (as 06:00)"), missing=N_("Type a time.")),
            RecordField(DAYS, N_("Days, as seg sab (empty: all)")),
        ],
        wish,
    )


def _kind(
    api: RulesApi,
    new_id: Callable[[], str],
    kind: str,
    words: RecordWords,
    fields: Sequence[RecordField],
    wish: Callable[[Mapping[str, str]], RuleWish],
) -> RecordKind[AlertRule]:
    attempt = Attempt(new_id)
    every_field = [*_FIRST, *fields, *_LAST]

    def values_of(rule: AlertRule) -> dict[str, str]:
        stored = _values(rule)
        return {field.name: stored[field.name] for field in every_field}

    def create(values: Mapping[str, str]) -> None:
        wanted = wish(values)
        attempt.run(wanted, lambda rule_id: api.create_alert_rule(rule_id, wanted))

    def change(rule: AlertRule, values: Mapping[str, str]) -> None:
        """Put another rule into its place, at once: what raised an alert stays as it was."""
        if values == values_of(rule):
            return
        wanted, replaced = wish(values), rule.id if rule.active else ""
        attempt.run((rule.id, wanted), lambda rule_id: api.create_alert_rule(rule_id, wanted, replaced))

    return RecordKind(
        words=words,
        columns=[Column(_("Rule"), "m" * 7), Column(_("Looks at"), "m" * 8, stretch=True)],
        row=lambda rule: (rule.wish.name, rule_words.told(rule)),
        name=lambda rule: rule.wish.name,
        is_active=lambda rule: rule.active,
        fields=every_field,
        fetch=lambda text: _found(api, kind, text),
        values=values_of,
        create=create,
        change=change,
        actions=switches(lambda rule: rule.active, api.set_alert_rule_active),
        role=ROLE,
    )


def _found(api: RulesApi, kind: str, text: str) -> list[AlertRule]:
    rules = [rule for rule in api.alert_rules() if rule.wish.kind == kind]
    found = [rule for rule in rules if matches(text, rule.wish.name, rule_words.told(rule))]
    return sorted(found, key=lambda rule: not rule.active)


def _values(rule: AlertRule) -> dict[str, str]:
    wish = rule.wish
    return {
        NAME: wish.name,
        MOVEMENT: wish.movement_kind,
        PRODUCT: product_text(wish.product_id, rule.product_name),
        QUANTITY: rule_words.number_text(wish.quantity),
        FACTOR: rule_words.number_text(wish.factor),
        BEGINS: wish.begins,
        ENDS: wish.ends,
        DAYS: rule_words.days_text(wish.weekdays),
    }
