"""Messages about alerts and the rules by which movements raise them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_PAGE, Exact, ProductMeant, WholeNumber
from almoxarife.i18n import _

Kind = Literal[
    "sem_estoque",
    "abaixo_minimo",
    "acima_maximo",
    "negativo",
    "vencendo",
    "vencido",
    "movimento_grande",
    "fora_do_horario",
]
RuleKind = Literal["movimento_grande", "fora_do_horario"]
Weekday = Literal["seg", "ter", "qua", "qui", "sex", "sab", "dom"]
Situations = Literal["abertos", "reconhecidos", "resolvidos", "todos"]


class AlertQuery(Query):
    """Parameters of ``GET /alertas``."""

    situation: Situations = Field("abertos", alias="situacao")
    kind: Kind | None = Field(None, alias="tipo")
    product_id: ProductMeant | None = Field(None, alias="produto_id")
    place_id: str | None = Field(
        None, alias="local_id", max_length=30, description=_("Only this place and everything inside it.")
    )
    after: str | None = Field(
        None,
        alias="depois_de",
        max_length=30,
        description=_("Cursor: go on behind this alert of the list, which has the newest first."),
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MAX_PAGE)] = Field(MAX_PAGE, alias="limite")


class AlertPath(Query):
    """The alert in an address."""

    alert_id: str = Field(alias="alerta_id", max_length=30)


class Acknowledgement(Message):
    """Body of ``POST /alertas/<alerta_id>/reconhecer``."""

    note: str | None = Field(
        None,
        alias="observacao",
        description=_("What is done about it."),
        json_schema_extra={"maxLength": 200},
    )


class AlertRow(Message):
    """Something that somebody should look at."""

    id: str
    kind: Kind = Field(alias="tipo")
    situation: Literal["aberto", "reconhecido", "resolvido"] = Field(alias="situacao")
    text: str = Field(alias="texto", description=_("What there is to say of it, in a sentence."))
    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    unit: str = Field(alias="unidade")
    place_id: str | None = Field(alias="local_id")
    place_name: str = Field(alias="nome_local")
    lot_id: str | None = Field(alias="lote_id")
    lot: str | None = Field(alias="lote")
    expires_on: str | None = Field(alias="validade", json_schema_extra={"format": "date"})
    rule_id: str | None = Field(alias="regra_id")
    rule_name: str = Field(alias="nome_regra")
    movement: int | None = Field(alias="movimento", description=_("The number of the last movement."))
    moved_by: str | None = Field(alias="registrado_por")
    quantity: int | float = Field(
        alias="quantidade", description=_("What there was when it was raised, or was moved.")
    )
    threshold: int | float | None = Field(alias="limite")
    occurrences: int = Field(alias="ocorrencias")
    raised_at: str = Field(alias="criado_em", json_schema_extra={"format": "date-time"})
    acknowledged_at: str | None = Field(alias="reconhecido_em", json_schema_extra={"format": "date-time"})
    acknowledged_by: str | None = Field(alias="reconhecido_por")
    note: str | None = Field(alias="observacao")
    resolved_at: str | None = Field(alias="resolvido_em", json_schema_extra={"format": "date-time"})


class AlertCount(Message):
    """How many alerts nobody has acknowledged."""

    open: int = Field(alias="abertos")


class RulePath(Query):
    """The rule in an address."""

    rule_id: str = Field(alias="regra_id", max_length=40)


class RuleRequest(Message):
    """Body of ``POST /alertas/regras``."""

    id: str | None = Field(None, description=_("UUID made by the client."))
    name: str = Field(alias="nome", json_schema_extra={"maxLength": 80}, examples=["Saídas grandes"])
    kind: str = Field(alias="tipo", json_schema_extra={"enum": ["movimento_grande", "fora_do_horario"]})
    movement_kind: str | None = Field(
        None, alias="tipo_movimento", description=_("Movements of this kind alone.")
    )
    product_id: str | None = Field(
        None, alias="produto_id", description=_("Movements of this product alone.")
    )
    quantity: Exact | None = Field(
        None, alias="quantidade_maior_que", description=_("Warn of movements of more than this.")
    )
    factor: Exact | None = Field(
        None,
        alias="vezes_a_media",
        description=_("Warn of movements of more than so many times the mean of the last 90 days."),
    )
    begins: str | None = Field(None, alias="das", description=_("Warn from this time on."))
    ends: str | None = Field(
        None, alias="ate", description=_("Warn up to this time; before “das” it goes past midnight.")
    )
    weekdays: list[str] | None = Field(
        None,
        alias="dias",
        description=_("On these days; on all if absent."),
        json_schema_extra={"maxItems": 7},
    )
    replaces: str | None = Field(
        None,
        alias="substitui",
        description=_(
            "Id of a rule that is switched off at the same moment, because this one takes its place."
        ),
        json_schema_extra={"format": "uuid"},
    )


class RuleRow(Message):
    """A condition under which a movement raises an alert."""

    id: str
    name: str = Field(alias="nome")
    kind: RuleKind = Field(alias="tipo")
    movement_kind: str | None = Field(alias="tipo_movimento")
    product_id: str | None = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    quantity: int | float | None = Field(alias="quantidade_maior_que")
    factor: int | float | None = Field(alias="vezes_a_media")
    begins: str | None = Field(alias="das")
    ends: str | None = Field(alias="ate")
    weekdays: list[Weekday] | None = Field(alias="dias")
    active: bool = Field(alias="ativa")
    username: str = Field(alias="criada_por")
    created_at: str = Field(alias="criada_em", json_schema_extra={"format": "date-time"})
