"""The fingerprint of a certificate, by which people on two computers compare it."""

from __future__ import annotations

import hashlib
import ssl

_GROUP = 4


def fingerprint_of(pem: str) -> str:
    """Return the SHA-256 of a certificate in groups of four hexadecimal digits. Raises ValueError for other texts."""
    digits = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.strip())).hexdigest().upper()
    return " ".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))
