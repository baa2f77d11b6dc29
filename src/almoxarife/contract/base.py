"""What every message of the wire has in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

# A message is compiled when the first of its kind comes (under a lock of pydantic's), for most of them never do in a
# shop. Those that are used at every counter, every day, say ``defer_build=False``: they are compiled before the process
# that serves is copied, and shared with its copies.


class Message(BaseModel):
    """A message: English attributes, Portuguese keys (aliases), no silent conversion of types.

    Unknown keys are ignored, so that an older server understands a newer client.
    """

    model_config = ConfigDict(
        strict=True, frozen=True, populate_by_name=True, extra="ignore", defer_build=True
    )

    def said(self) -> dict[str, Any]:
        """Return what the sender named, by attribute; what he left out is not in it."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Query(BaseModel):
    """The parameters behind the ``?`` of an address; they arrive as text."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, extra="ignore", defer_build=True)


class Done(Message):
    """An answer that only says, in a sentence, what was done."""

    message: str = Field(alias="mensagem")
