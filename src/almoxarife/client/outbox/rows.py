"""What the outbox keeps of a movement, and how it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# ``waiting`` to be sent; ``refused`` in the end, or ``missing`` from the ledger in which it was once: a person
# decides; ``sent``, with the server's answer; ``discarded`` by a person. The last two are kept for a while.
State = Literal["waiting", "refused", "missing", "sent", "discarded"]


@dataclass(frozen=True)
class Outgoing:
    """A movement to be registered: the body of ``POST /inventario`` with its id, and its product's name."""

    body: Mapping[str, object]
    product_name: str

    @property
    def id(self) -> str:
        """The id that the client made."""
        return str(self.body["id"])


@dataclass(frozen=True)
class Problem:
    """Why the server refused: its sentence, its code and the field at fault, as in ``client.errors.Refused``."""

    message: str
    code: str = ""
    field: str = ""


@dataclass(frozen=True)
class Kept:
    """A movement in the outbox; ``made_at`` is aware, ``answer`` the server's row of it once it was sent.

    ``tried``: how often it may have reached the server without a definite answer. ``problem``: why it was refused,
    or what came in place of an answer the last time.
    """

    id: str
    username: str
    body: Mapping[str, object]
    product_name: str
    made_at: datetime
    state: State
    tried: int = 0
    problem: Problem | None = None
    answer: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Receipt:
    """A place in a server's ledger and the hash of the ledger up to it."""

    sequence: int
    hash: str


@dataclass(frozen=True)
class Counts:
    """How many wait, were refused, and were sent but are missing now."""

    waiting: int = 0
    refused: int = 0
    missing: int = 0

    @property
    def to_decide(self) -> int:
        """How many a person has to decide about."""
        return self.refused + self.missing
