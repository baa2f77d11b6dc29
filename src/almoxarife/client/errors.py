"""Everything that a call to the server can raise.

::

    ClientError              message: a sentence in Portuguese that a person can act on
    ├── Unreachable          no complete answer came; what was asked may or may not have been done
    │   └── TimedOut         … because the time for it was over
    ├── BadAnswer            an answer came that is not the API's: no JSON, or of another shape
    ├── WrongServer          who answers cannot prove to be the server that this computer knows; nothing was sent
    ├── NoFeed               the API has no live feed at present: ask instead
    ├── OutboxFailed         this computer could not keep a movement, or read those that it keeps
    ├── OtherLedger          the server's ledger does not contain what was read from it before
    └── Refused              the API said no: status, code, field, and its own sentence
        ├── RefusedHere      this computer said no in the place of a server that is away
        ├── SessionExpired   the token is unknown, expired or logged out: log in again
        └── Unavailable      not now (429, 5xx): the same request may be sent again later
"""

from __future__ import annotations

from collections.abc import Mapping


class ClientError(Exception):
    """A call did not succeed; ``message`` tells a person what happened and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Unreachable(ClientError):
    """No complete answer came; a write may or may not have been done."""


class TimedOut(Unreachable):
    """The time allowed for the call was over before the answer was complete."""


class BadAnswer(ClientError):
    """What answered is not our API, or speaks another version of it."""


class WrongServer(ClientError):
    """Who answers cannot prove to be the server that this computer knows; nothing was sent to it."""


class NoFeed(ClientError):
    """The API has no live feed at present; it may have one again later."""


class OutboxFailed(ClientError):
    """This computer could not keep a movement, or read those that it keeps: disk full, file locked or damaged."""


class OtherLedger(ClientError):
    """The server's ledger does not contain what was read from it before: restored, cut or rewritten."""


class Refused(ClientError):
    """The API refused: HTTP status, stable code (empty if none came) and the field at fault, if one is.

    ``understood``: what it could read of a scan that it does not know, as the wire names things.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str = "",
        field: str | None = None,
        understood: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.field = field
        self.understood = understood


class RefusedHere(Refused):
    """This computer said no in the place of a server that is away."""


class SessionExpired(Refused):
    """The token is not, or no longer, valid."""


class Unavailable(Refused):
    """The API cannot serve right now; ``retry_after_s`` is its own wish, None when it gave none."""

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str = "",
        field: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, status=status, code=code, field=field)
        self.retry_after_s = retry_after_s
