"""What is kept of a log-in, so that the same person can be let in while the server is away; never the password.

Kept is a hash of it that is slow to make (scrypt, RFC 7914) with a salt of its own, in a file for this user alone.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from almoxarife.client.errors import RefusedHere
from almoxarife.i18n import _
from almoxarife.names import fold
from almoxarife.whole_files import replace_private

FILE_NAME = "sem-servidor.json"
# As long as a session lives that nobody uses.
VALID_FOR_S = 72 * 3_600.0
# After so many wrong passwords only the server can let this person in again.
MOST_WRONG = 5
_MOST_PEOPLE = 50
_LARGEST_FILE = 1 << 20
_TOUCH_EVERY_S = 3_600.0
# 32 MB and about a tenth of a second for each try.
_N, _R, _P = 1 << 15, 8, 1
_MEMORY = 64 << 20
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pass:
    """Somebody who has logged in: name and role as the server told them, hash with its salt (hexadecimal).

    ``used_at``: when this person last had to do with the server, in seconds since the epoch; ``wrong``: how many
    wrong passwords there were since the last log-in.
    """

    username: str
    role: str
    salt: str
    hash: str
    used_at: float
    wrong: int = 0


class Passes:
    """The people whom one server has let in at this computer; safe to use from several threads.

    A file that cannot be read or written is no obstacle to working with the server: nobody is let in without it then.
    """

    def __init__(self, folder: Path, server: str, now: Callable[[], float] = time.time) -> None:
        self._path = folder / FILE_NAME
        self._server = server.rstrip("/")
        self._now = now
        self._lock = threading.Lock()

    def keep(self, username: str, role: str, password: str) -> None:
        """Take note that the server has let somebody in."""
        salt = secrets.token_bytes(16)
        kept = Pass(username, role, salt.hex(), _hash(password, salt).hex(), self._now())
        self._change(lambda passes: passes.update({fold(username): kept}))

    def touch(self, username: str) -> None:
        """Take note that the server still takes what somebody sends."""
        kept = self._read().get(fold(username))
        if kept is not None and self._now() - kept.used_at > _TOUCH_EVERY_S:
            self._replace(kept, used_at=self._now())

    def forget(self, username: str) -> None:
        """Let the server alone decide about somebody."""
        self._change(lambda passes: passes.pop(fold(username), None))

    @property
    def has_any(self) -> bool:
        """Whether there is anybody who may be let in."""
        return any(map(self._is_valid, self._read().values()))

    def let_in(self, username: str, password: str) -> Pass | None:
        """Return who it is, None when this is for the server to say. Raises RefusedHere for a wrong password."""
        kept = self._read().get(fold(username))
        if kept is None or not self._is_valid(kept):
            return None
        if hmac.compare_digest(_hash(password, bytes.fromhex(kept.salt)).hex(), kept.hash):
            if kept.wrong:
                self._replace(kept, wrong=0)
            return kept
        if kept.wrong + 1 >= MOST_WRONG:
            self.forget(username)
        else:
            self._replace(kept, wrong=kept.wrong + 1)
        raise RefusedHere(
            _("This is not the password with which you last logged in at this computer."),
            status=HTTPStatus.UNAUTHORIZED,
            code="credenciais_invalidas",
        )

    def _is_valid(self, kept: Pass) -> bool:
        # Not for a clock that was put back, either.
        return 0 <= self._now() - kept.used_at < VALID_FOR_S

    def _replace(self, kept: Pass, **changes: Any) -> None:
        changed = Pass(**{**asdict(kept), **changes})

        def replace(passes: dict[str, Pass]) -> None:
            # Nobody has logged in meanwhile.
            if passes.get(fold(kept.username), kept).hash == kept.hash:
                passes[fold(kept.username)] = changed

        self._change(replace)

    # -- the file

    def _read(self) -> dict[str, Pass]:
        return self._of(self._everything())

    def _change(self, change: Callable[[dict[str, Pass]], object]) -> None:
        with self._lock:
            everything = self._everything()
            passes = self._of(everything)
            change(passes)
            newest = sorted(passes.items(), key=lambda one: -one[1].used_at)[:_MOST_PEOPLE]
            everything[self._server] = {name: asdict(kept) for name, kept in newest}
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                replace_private(self._path, json.dumps(everything).encode())
            except OSError as error:
                _logger.warning("who logged in cannot be kept: %s", error)

    def _everything(self) -> dict[str, Any]:
        try:
            with self._path.open("rb") as file:
                value = json.loads(file.read(_LARGEST_FILE))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            _logger.warning("who logged in cannot be read: %s", error)
            return {}
        return value if isinstance(value, dict) else {}

    def _of(self, everything: dict[str, Any]) -> dict[str, Pass]:
        try:
            return {name: _read_pass(kept) for name, kept in everything.get(self._server, {}).items()}
        except (AttributeError, KeyError, TypeError, ValueError):
            return {}


def _read_pass(kept: dict[str, Any]) -> Pass:
    salt, digest = str(kept["salt"]), str(kept["hash"])
    if not bytes.fromhex(salt) or len(bytes.fromhex(digest)) != hashlib.sha256().digest_size:
        raise ValueError(kept)
    return Pass(
        str(kept["username"]), str(kept["role"]), salt, digest, float(kept["used_at"]), int(kept["wrong"])
    )


def _hash(password: str, salt: bytes) -> bytes:
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=32)
