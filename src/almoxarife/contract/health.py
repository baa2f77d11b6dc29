"""Messages about the server itself."""

from __future__ import annotations

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.i18n import _

# Where the feed is on the port that it listens on.
FEED_PATH = "/eventos"
# How the server is: all is well, or nothing can be written and reading goes on.
OK, READ_ONLY = "ok", "somente_leitura"


class Health(Message, defer_build=False):
    """Answer of ``GET /saude``."""

    state: str = Field(
        alias="estado",
        examples=[OK],
        description=_(
            "ok; or somente_leitura while the disk, or the file, took nothing at the last attempt."
        ),
    )
    version: str = Field(alias="versao")
    events_url: str | None = Field(
        None, alias="eventos", description=_("Absolute address of the live feed, or null when there is none.")
    )
    last_copy_at: str | None = Field(
        None,
        alias="ultima_copia",
        description=_("When the last copy was made that was proved good, RFC 3339."),
    )
    free_bytes: int | None = Field(
        None,
        alias="disco_livre",
        description=_("Bytes that are free where the database is, when it is a file."),
    )
