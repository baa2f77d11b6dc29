"""What a person has chosen on this computer, its look and its printer, kept in a small file between runs."""

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

    @property
    def label_shift(self) -> tuple[str, str]:
        """By how much labels are moved to the right and down on this computer's printer, as typed."""
        kept = self._load().get("deslocamento_etiquetas")
        match kept:
            case [str() as right, str() as down]:
                return right, down
        return "", ""

    @label_shift.setter
    def label_shift(self, value: tuple[str, str]) -> None:
        self._save({**self._load(), "deslocamento_etiquetas": list(value)})

    @property
    def label_measures(self) -> dict[str, str]:
        """The measures of this computer's own sheet of labels by their fields, as typed; empty when there are none."""
        kept = self._load().get("medidas_etiquetas")
        if not isinstance(kept, dict) or not all(isinstance(text, str) for text in kept.values()):
            return {}
        return kept

    @label_measures.setter
    def label_measures(self, value: dict[str, str]) -> None:
        self._save({**self._load(), "medidas_etiquetas": value})

    @property
    def alert_sound(self) -> bool:
        """Whether the monitor sounds when an alert is raised."""
        return self._load().get("som_alertas") is not False

    @alert_sound.setter
    def alert_sound(self, value: bool) -> None:
        self._save({**self._load(), "som_alertas": value})

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
            replace_private(self._path, json.dumps(values).encode(), durable=False)
