"""Why a program that the set-up ran has failed, in a sentence for the person at the keyboard."""

from __future__ import annotations

import re
import sys

# What pip and apt-get write, and what it means. The first that matches counts.
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
CAUSES = (
    (r"No space left on device|\[Errno 28\]", "o disco está cheio; libere espaço e rode de novo."),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "a conexão segura foi recusada; confira a data e a hora do computador e o proxy da rede.",
    ),
    (
        r"NewConnectionError|NameResolutionError|Temporary failure in name resolution|getaddrinfo failed"
        r"|ConnectTimeoutError|ReadTimeoutError|Temporary failure resolving|Could not resolve"
        r"|Could not connect|Connection refused|ProxyError|Network is unreachable|RemoteDisconnected",
        "não há conexão com a internet (ou o proxy não responde). Conecte o computador e rode de novo.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "um pacote baixado não é o esperado (hash diferente); ele não foi instalado.",
    ),
    (
        r"Permission denied|Access is denied|WinError 5|WinError 32",
        "um arquivo da pasta .venv não pôde ser alterado; feche o sistema se estiver aberto e confira "
        "as permissões da pasta.",
    ),
    (
        r"No matching distribution found|Could not find a version",
        f"não há pacote pronto para este computador com o Python {VERSION}.",
    ),
)


def explain(log_path: str) -> str:
    """Return the reason that the last program in a log gives for its failure."""
    with open(log_path, encoding="utf-8", errors="replace") as file:
        said = file.read()
    said = said[said.rindex("\n$ ") :]
    for pattern, sentence in CAUSES:
        if re.search(pattern, said):
            return sentence
    errors = [line for line in said.splitlines() if line.startswith(("ERROR", "Error", "error", "E: "))]
    return " ".join(errors[-2:]) or said.strip().splitlines()[-1]
