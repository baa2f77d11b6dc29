"""What every message of the wire has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Message(BaseModel):
    """A message: English attributes, Portuguese keys (aliases), no silent conversion of types.

    Unknown keys are ignored, so that an older server understands a newer client.
    """

    model_config = ConfigDict(strict=True, frozen=True, populate_by_name=True, extra="ignore")


class Query(BaseModel):
    """The parameters behind the ``?`` of an address; they arrive as text."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, extra="ignore")


class Done(Message):
    """An answer that only says, in a sentence, what was done."""

    message: str = Field(alias="mensagem")
