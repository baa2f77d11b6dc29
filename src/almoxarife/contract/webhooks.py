"""Messages about who outside is told of alerts and movements."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_PAGE, WholeNumber
from almoxarife.i18n import _

Topic = Literal["alertas", "movimentos"]


class WebhookPath(Query):
    """The webhook in an address."""

    webhook_id: str = Field(alias="webhook_id", max_length=40)


class WebhookRequest(Message):
    """Body of ``POST /webhooks``."""

    id: str | None = Field(None, description=_("UUID made by the client."))
    url: str = Field(
        description=_("An address of http or https."),
        json_schema_extra={"maxLength": 500},
    )
    topics: list[str] = Field(
        alias="eventos", json_schema_extra={"items": {"enum": ["alertas", "movimentos"]}, "minItems": 1}
    )


class WebhookRow(Message):
    """An address that is told of what happens."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    url: str
    topics: list[Topic] = Field(alias="eventos")
    active: bool = Field(alias="ativo")
    waiting: int = Field(alias="pendentes", description=_("How many deliveries have not arrived."))
    failures: int = Field(alias="falhas", description=_("How many attempts in a row have failed."))
    trouble: str | None = Field(alias="erro")
    next_at: str | None = Field(
        alias="proxima_tentativa",
        description=_("Not before this instant it is tried again."),
        json_schema_extra={"format": "date-time"},
    )
    username: str = Field(alias="criado_por")
    created_at: str = Field(alias="criado_em", json_schema_extra={"format": "date-time"})


class NewWebhookRow(WebhookRow):
    """A webhook with its secret, which no other answer shows."""

    secret: str = Field(alias="segredo", description=_("With it the receiver checks the signature."))


class DeliveryQuery(Query):
    """Parameters of ``GET /webhooks/<webhook_id>/entregas``."""

    situation: Literal["todas", "pendentes", "entregues"] = Field("todas", alias="situacao")
    before: Annotated[WholeNumber, Field(ge=1)] | None = Field(
        None, alias="antes_de", description=_("Only deliveries with a smaller number.")
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MAX_PAGE)] = Field(MAX_PAGE, alias="limite")


class DeliveryRow(Message):
    """Something that a webhook is told, and what became of it."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    number: int = Field(alias="numero")
    topic: Topic = Field(alias="evento")
    situation: Literal["pendente", "entregue"] = Field(alias="situacao")
    attempts: int = Field(alias="tentativas")
    created_at: str = Field(alias="criado_em", json_schema_extra={"format": "date-time"})
    tried_at: str | None = Field(alias="ultima_tentativa", json_schema_extra={"format": "date-time"})
    status: int | None = Field(alias="resposta", description=_("The status of the last answer."))
    trouble: str | None = Field(alias="erro", description=_("Why there was no answer."))
    delivered_at: str | None = Field(alias="entregue_em", json_schema_extra={"format": "date-time"})
