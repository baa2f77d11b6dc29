"""What a person has chosen about the look of the programs, kept in a small file between runs."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from almoxarife.whole_files import replace_private

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
            replace_private(self._path, json.dumps(values).encode())
