"""The sheet that labels are drawn on, as a command line says it."""

from __future__ import annotations

import re

from almoxarife.errors import InvalidField
from almoxarife.features.labels.rules.sheets import RESOLUTIONS, Sheet

# By their names on the wire; these must be there.
_NEEDED = ("pagina_largura", "pagina_altura", "largura", "altura")
_COUNTS = ("colunas", "linhas", "dpi")
_NAMES = (*_NEEDED, "colunas", "linhas", "esquerda", "topo", "passo_x", "passo_y", "dpi")
_LENGTH = re.compile(r"[+-]?[0-9]{1,6}(?:[.,][0-9]{1,4})?")
_COUNT = re.compile(r"[0-9]{1,6}")
_MOST_LETTERS = 400


def read_length(text: str | None, field: str) -> float:
    """Return a length in mm with comma or point, 0 where there is none. Raises InvalidField."""
    if text is None:
        return 0.0
    if not _LENGTH.fullmatch(text.strip()):
        raise InvalidField(field=field, reason="not_number")
    return float(text.strip().replace(",", "."))


def read_sheet(text: str) -> Sheet:
    """Return a sheet of the measures in a text such as ``largura=66,7 altura=25,4 colunas=3``.

    Whether the labels fit on it is asked when they are drawn. Raises InvalidField.
    """
    if len(text) > _MOST_LETTERS:
        raise InvalidField(field="medidas", reason="too_long", maximum=_MOST_LETTERS)
    values: dict[str, str] = {}
    for pair in text.split():
        name, _, value = pair.partition("=")
        if name not in _NAMES:
            raise InvalidField(field="medidas", reason="not_one_of", options=", ".join(_NAMES))
        if name in values:
            raise InvalidField(field="medidas", reason="twice", name=name)
        values[name] = value
    for name in _NEEDED:
        if name not in values:
            raise InvalidField(field=f"medidas.{name}", reason="missing")
    counts = {name: _count(values[name], name) for name in _COUNTS if name in values}
    lengths = {
        name: read_length(value, f"medidas.{name}") for name, value in values.items() if name not in _COUNTS
    }
    return Sheet(
        "",
        "",
        lengths["pagina_largura"],
        lengths["pagina_altura"],
        counts.get("colunas", 1),
        counts.get("linhas", 1),
        lengths["largura"],
        lengths["altura"],
        lengths.get("esquerda", 0.0),
        lengths.get("topo", 0.0),
        lengths.get("passo_x", lengths["largura"]),
        lengths.get("passo_y", lengths["altura"]),
        counts.get("dpi", RESOLUTIONS[1]),
    )


def _count(text: str, name: str) -> int:
    if not _COUNT.fullmatch(text):
        raise InvalidField(field=f"medidas.{name}", reason="not_whole_number")
    return int(text)
