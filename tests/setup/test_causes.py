"""What pip and apt-get write when they fail, and what a person reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from preparo.causes import explain

UNREACHABLE = (
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(Temporary failure in "
    "name resolution)': /simple/flask/\nERROR: No matching distribution found for flask==3.1.3"
)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (UNREACHABLE, "não há conexão com a internet"),
        (
            "W: Failed to fetch x  Temporary failure resolving 'deb.example.org'",
            "não há conexão com a internet",
        ),
        (
            "ERROR: Could not install: [Errno 28] No space left on device",
            "o disco está cheio",
        ),
        ("ssl.SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "a conexão segura foi recusada"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hash diferente"),
        (
            "ERROR: No matching distribution found for granian==2.8.7",
            "não há pacote pronto para este computador",
        ),
        ("E: Unable to locate package python3-tk", "E: Unable to locate package python3-tk"),
        ("something else\nlast words", "last words"),
    ],
)
def test_a_failure_is_explained(tmp_path: Path, said: str, sentence: str) -> None:
    log = tmp_path / "preparo.log"
    log.write_text(
        f"\n$ earlier program\nDO NOT MATCH THE HASHES\n\n$ pip install\n{said}\n", encoding="utf-8"
    )

    assert sentence in explain(str(log))
