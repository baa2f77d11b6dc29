"""Which authority vouches for which server: what the people at this computer have once agreed to."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from almoxarife.whole_files import replace_private

FOLDER = "servidores"


class Authorities:
    """Certificates in a folder of the data folder, one file per server."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def of(self, server_url: str) -> Path | None:
        """Return the file with the authority that is trusted for a server, None while nobody has agreed to one."""
        path = self.path(server_url)
        return path if path is not None and path.exists() else None

    def path(self, server_url: str) -> Path | None:
        """Return where the authority of a server is kept; None where nothing is encrypted."""
        parts = urlsplit(server_url)
        if parts.scheme != "https":
            return None
        host = re.sub(r"[^a-z0-9.-]", "_", (parts.hostname or "").lower())
        return self._folder / f"{host}-{parts.port or 443}.pem"

    def keep(self, server_url: str, pem: str) -> None:
        """Trust an authority for a server from now on. Raises OSError."""
        path = self.path(server_url)
        assert path is not None, "only a server that encrypts has an authority"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Whoever could change it could speak in the server's place.
        replace_private(path, pem.encode("ascii"))
