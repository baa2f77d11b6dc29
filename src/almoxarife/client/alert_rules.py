"""The rules by which movements raise alerts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.alerts import RuleRow

# Kinds of rules, as the wire names them.
LARGE, OUTSIDE_HOURS = "movimento_grande", "fora_do_horario"

_ROWS = TypeAdapter(list[RuleRow])


@dataclass(frozen=True)
class RuleWish:
    """What a rule looks at; what is empty or None is left out.

    ``quantity`` and ``factor`` (times the mean) are of large movements; ``begins`` and ``ends`` (times such as
    ``18:00``) and ``weekdays`` (``seg``, …; none: all) of hours in which nothing should move.
    """

    name: str
    kind: str
    movement_kind: str = ""
    product_id: str = ""
    quantity: Decimal | int | None = None
    factor: Decimal | int | None = None
    begins: str = ""
    ends: str = ""
    weekdays: tuple[str, ...] = ()


@dataclass(frozen=True)
class AlertRule:
    """A rule with its id; of all products ``product_name`` is empty."""

    id: str
    wish: RuleWish
    product_name: str
    active: bool
    username: str


def every(session: Session) -> list[AlertRule]:
    """Return all rules, oldest first, those that are switched off included."""
    return [_rule(row) for row in read(_ROWS, session.request("GET", "/alertas/regras"))]


def create(session: Session, rule_id: str, wish: RuleWish, replaces: str = "") -> None:
    """Make a rule with an id from ``new_id``; the same again is the same rule.

    ``replaces``: the id of a rule that is switched off at the same moment, if one is.
    """
    said: dict[str, object] = {
        "tipo_movimento": wish.movement_kind,
        "produto_id": wish.product_id,
        "quantidade_maior_que": _exact(wish.quantity),
        "vezes_a_media": _exact(wish.factor),
        "das": wish.begins,
        "ate": wish.ends,
        "dias": list(wish.weekdays),
        "substitui": replaces,
    }
    body = {"id": rule_id, "nome": wish.name, "tipo": wish.kind} | {
        key: value for key, value in said.items() if value
    }
    session.request("POST", "/alertas/regras", body=body)


def set_active(session: Session, rule_id: str, active: bool) -> None:
    """Let a rule be looked at, or no more; again it changes nothing."""
    verb = "reativar" if active else "desativar"
    session.request("POST", f"/alertas/regras/{rule_id}/{verb}", repeatable=True)


def _exact(number: Decimal | int | None) -> str:
    # As text, which is exact where a float need not be.
    return "" if number is None else f"{Decimal(number):f}"


def _rule(row: RuleRow) -> AlertRule:
    wish = RuleWish(
        row.name,
        row.kind,
        row.movement_kind or "",
        row.product_id or "",
        None if row.quantity is None else read_quantity(row.quantity),
        None if row.factor is None else read_quantity(row.factor),
        row.begins or "",
        row.ends or "",
        tuple(row.weekdays or ()),
    )
    return AlertRule(row.id, wish, row.product_name, row.active, row.username)
