"""Why the database cannot serve, for people: words of ``storage.faults.reason_of`` and their sentences."""

from __future__ import annotations

from collections.abc import Mapping

from almoxarife.i18n import N_

UNAVAILABLE: Mapping[str, str] = {
    "full": N_("The server's disk is full: nothing can be written. Make room there, then try again."),
    "read_only": N_(
        "The server's database can only be read at present. Nothing was written; try again later."
    ),
    "read_only_disk": N_(
        "The server's disk can only be read, as after an error that was found on it: nothing can be written. Call "
        "whoever looks after the server."
    ),
    "locked": N_("Another program is writing to the database. Nothing was written; try again shortly."),
    "disk": N_(
        "The server's disk did not take what was to be written. Nothing was confirmed; try again shortly."
    ),
    "crowded": N_("The server is receiving too many large requests. Nothing was written; try again shortly."),
    "damaged": N_(
        "The database's file is damaged: nothing can be written. Call whoever looks after the server."
    ),
}
