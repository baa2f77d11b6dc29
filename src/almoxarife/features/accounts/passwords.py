"""Passwords: Argon2id hashes, and which passwords everybody tries first.

Parameters are OWASP's minimum (19 MiB, two passes, one lane). At most two hashes
are computed at once, so that a burst of log-ins never starves entries.
"""

from __future__ import annotations

import secrets
import threading
from base64 import b64encode
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from almoxarife.names import search_form

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_at_once = threading.BoundedSemaphore(2)

# What Brazilian shops choose, beside the international list.
_BRAZILIAN = frozenset(
    "almoxarife almoxarifado estoque estoque123 senha123 senha1234 senha12345 mudar123 trocar123 brasil123 "
    "brasil2026 flamengo corinthians palmeiras saopaulo vasco123 gremio123 loja1234 empresa123 admin123 admin1234 "
    "administrador usuario123 deusefiel jesus123 familia123 teamo123 gabriel123 qwerty123 abcd1234 abc12345".split()
)


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password, with its parameters and salt."""
    with _at_once:
        return _hasher.hash(_bytes(password))


def matches(password_hash: str, password: str) -> bool:
    """Tell whether a password is the one that was hashed."""
    with _at_once:
        try:
            return _hasher.verify(password_hash, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False


def _decoy() -> str:
    """Return what has the form of a hash and costs the time of one, and which no password is known to match."""
    salt, digest = (
        b64encode(secrets.token_bytes(size)).rstrip(b"=").decode()
        for size in (_hasher.salt_len, _hasher.hash_len)
    )
    parameters = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${parameters}${salt}${digest}"


# What is verified where there is no account: it must cost the same time, the first one too.
DECOY_HASH = _decoy()


def is_common(password: str, username: str) -> bool:
    """Tell whether a password is among those tried first, or is the user's own name."""
    # About 40 ms and 10 MB the first time, and only where a server listens on a network.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    plain = search_form(password)
    name = search_form(username)
    return (
        plain in FREQUENCY_LISTS["passwords"]
        or plain in _BRAZILIAN
        or len(set(plain)) <= 2
        # The list leaves out what can be told without it.
        or _is_run(plain)
        or _repeats_itself(plain)
        or name in (plain, plain.strip("0123456789"))
    )


def _is_run(text: str) -> bool:
    """Tell whether each character follows the one before it, up or down: ``abcdefgh``, ``87654321``, ``78901234``."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}


def _repeats_itself(text: str) -> bool:
    """Tell whether a text is four characters or fewer again and again: ``12341234``, ``abcabcab``."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))


def _bytes(password: str) -> bytes:
    # JSON can carry half of a surrogate pair, which plain UTF-8 refuses to write.
    return password.encode("utf-8", "surrogatepass")
