"""Tables as CSV, workbooks and pictures, read again by other programs."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from almoxarife.sheets.csv_text import csv_lines
from almoxarife.sheets.picture import Chart, svg
from almoxarife.sheets.table import CellKind, Column, Fact, Table
from almoxarife.sheets.workbook import workbook

# What spreadsheets take for formulas, or programs for commands (OWASP, “CSV Injection”).
DANGEROUS = [
    "=1+1",
    "+55 11 99999-0000",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://mau.example";"clique")',
    "=cmd|'/C calc'!A0",
]
COLUMNS = [
    Column("nome", "Nome"),
    Column("dia", "Dia", CellKind.DAY),
    Column("quantidade", "Quantidade", CellKind.QUANTITY),
    Column("valor", "Valor", CellKind.MONEY),
    Column("parte", "Parte", CellKind.PERCENT),
    Column("vezes", "Vezes", CellKind.COUNT),
]
# A workbook knows no time zones.
DAY = datetime(2026, 11, 24)  # noqa: DTZ001
ROW = ("Café; “torrado”", "2026-11-24", -12_5000, 1234_5600, 79_1250, 3)


def table(*rows: tuple[str | int | None, ...]) -> Table:
    return Table("Curva [ABC]: 'tudo'/nada?", COLUMNS, rows, [Fact("dias", "Dias", CellKind.COUNT, 30)])


def test_csv_is_what_a_brazilian_excel_opens() -> None:
    text = "".join(csv_lines(table(ROW, ("", None, None, 0, None, None))))
    assert text == (
        "\ufeffNome;Dia;Quantidade;Valor;Parte;Vezes\r\n"
        '"Café; “torrado”";2026-11-24;-12,5;1234,56;79,125;3\r\n'
        ";;;0;;\r\n"
    )


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = table((text, None, None, None, None, None))
    line = "".join(csv_lines(sheet)).split("\r\n", 1)[1]
    [cells] = csv.reader(io.StringIO(line, newline=""), delimiter=";")
    assert cells[0] == f"'{text}"
    cell = openpyxl.load_workbook(io.BytesIO(workbook(sheet))).worksheets[0]["A2"]
    # How the format writes a carriage return, which XML would lose (ECMA-376, ST_Xstring).
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text.replace("\r", "_x000D_"), None)


def test_quotes_and_line_breaks_stay_in_their_cell() -> None:
    line = "".join(csv_lines(table(('a"b\r\nc;d', None, None, None, None, None)))).split("\r\n", 1)[1]
    [cells] = csv.reader(io.StringIO(line, newline=""), delimiter=";")
    assert cells[0] == 'a"b\r\nc;d'


def test_a_workbook_has_numbers_and_days_as_such() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(table(ROW, ("\x00\x0b", None, 3_0000, None, None, None))))
    )
    assert book.sheetnames == ["Curva ABC tudonada", "Resumo"]
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert [cell.value for cell in sheet[2]] == [ROW[0], DAY, -12.5, 1234.56, 0.79125, 3]
    assert [cell.number_format for cell in sheet[2]][1:] == [
        "dd/mm/yyyy",
        "#,##0.0###",
        '"R$" #,##0.00',
        "0.00%",
        "#,##0",
    ]
    assert (sheet["A3"].value, sheet["C3"].value, sheet["C3"].number_format) == ("", 3, "#,##0")
    assert [cell.value for cell in book["Resumo"][1]] == ["Dias", 30]


def test_a_picture_is_well_formed_and_shows_each_bar() -> None:
    names = [f"<Parafuso & {number}>\x00" for number in range(3)]
    picture = svg(
        Chart('Giro "<>&', CellKind.MONEY, names, [30_0000, 10_0000, -10_0000], [60_0000, 80_0000, 100_0000])
    )
    root = ET.fromstring(picture)
    space = "{http://www.w3.org/2000/svg}"
    bars = [one for one in root.iter(f"{space}rect") if one.find(f"{space}title") is not None]
    assert [one.find(f"{space}title").text for one in bars] == [  # type: ignore[union-attr]
        "<Parafuso & 0>: 30",
        "<Parafuso & 1>: 10",
        "<Parafuso & 2>: -10",
    ]
    heights = [float(one.attrib["height"]) for one in bars]
    assert heights == [240, 80, 80]
    assert [float(one.attrib["y"]) for one in bars] == [50, 210, 290]
    line = root.find(f"{space}polyline")
    assert line is not None
    assert len(line.attrib["points"].split()) == 3


def test_a_picture_without_bars_has_its_title() -> None:
    assert "Curva" in svg(Chart("Curva", CellKind.MONEY, [], []))
    ET.fromstring(svg(Chart("Curva", CellKind.MONEY, ["a"], [0])))
