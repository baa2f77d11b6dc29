"""Analyses as files, by the format that somebody asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from almoxarife.features.analysis import encoding
from almoxarife.features.analysis.found import Found
from almoxarife.sheets import csv_text, picture, workbook


class Format(StrEnum):
    """The formats by the word of the wire, which is also how a file's name ends."""

    JSON = "json"
    CSV = "csv"
    WORKBOOK = "xlsx"
    PICTURE = "svg"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.JSON: "application/json",
    Format.CSV: csv_text.MEDIA_TYPE,
    Format.WORKBOOK: workbook.MEDIA_TYPE,
    Format.PICTURE: picture.MEDIA_TYPE,
}
_LINES_AT_ONCE = 1_000


def content(found: Found, wanted: Format) -> Iterator[bytes]:
    """Yield an analysis in a format, in pieces."""
    if wanted is Format.WORKBOOK:
        yield workbook.workbook(found.table)
    elif wanted is Format.PICTURE:
        yield picture.svg(found.chart).encode()
    elif wanted is Format.JSON:
        for piece in encoding.pieces(found):
            yield piece.encode()
    else:
        lines: list[str] = []
        for line in csv_text.csv_lines(found.table):
            lines.append(line)
            if len(lines) == _LINES_AT_ONCE:
                yield "".join(lines).encode()
                lines.clear()
        yield "".join(lines).encode()


def file_name(found: Found, wanted: Format) -> str:
    """Return what the file is called: ``abc-2026-01-01-2026-12-31.xlsx``."""
    return f"{found.name}-{found.period.first}-{found.period.last}.{wanted}"
