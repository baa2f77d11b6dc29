"""Messages about work that takes long: how far it is, and that it is not wanted any more."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.i18n import _

MAX_WORK_ID = 36

# Of a query that may take long.
WorkIdParameter = Annotated[
    str | None,
    Field(
        alias="andamento",
        max_length=MAX_WORK_ID,
        description=_("An id made by the client, under which /andamento tells how far it is, and stops it."),
    ),
]


class ProgressQuery(Query):
    """Parameters of ``GET /andamento``."""

    id: str = Field(max_length=MAX_WORK_ID, description=_("The id that the client gave its request."))


class WorkId(Message):
    """Body of ``POST /andamento/parar``."""

    id: str = Field(max_length=MAX_WORK_ID)


class WorkProgress(Message):
    """How many parts of a stage are done, and of how many."""

    stage: str = Field(alias="etapa", description=_("custos, somas or arquivo."))
    done: int = Field(alias="feito")
    total: int = Field(description=_("0 while nobody knows."))
