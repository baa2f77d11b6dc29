"""What a person has chosen about the look of the programs, kept in a small file between runs."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path

FILE_NAME = "aparencia.json"


class Preferences:
    """The choices in ``aparencia.json`` of a folder; a file that cannot be read or written is no obstacle."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    @property
    def dark(self) -> bool:
        """Whether the dark theme was chosen."""
        return self._load().get("tema") == "escuro"

    @dark.setter
    def dark(self, value: bool) -> None:
        self._save({**self._load(), "tema": "escuro" if value else "claro"})

    def _load(self) -> dict[str, object]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def _save(self, values: dict[str, object]) -> None:
        # Both programs keep their choices here, so the file is replaced as a whole.
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=FILE_NAME)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(values, file)
            Path(name).replace(self._path)
