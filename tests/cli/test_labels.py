"""``almoxarife etiquetas``: what is drawn is read again, and what is refused in one line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.cli.label_sheet import read_sheet
from almoxarife.config import Settings
from almoxarife.errors import InvalidField
from almoxarife.features.codes.service.codes import Codes, Part, Wish
from almoxarife.features.labels.rules.sheets import Sheet
from almoxarife.identity import Identity, Role
from almoxarife.server.services import build
from tests.features.labels.printed import gtin, read, words

from .importing import Shop
from .terminal import Seen, Terminal


@pytest.fixture
def draw(shop: Shop, terminal: Terminal) -> Draw:
    return Draw(shop, terminal)


class Draw:
    """Runs the command over a shop's database."""

    def __init__(self, shop: Shop, terminal: Terminal) -> None:
        self.shop = shop
        self._terminal = terminal

    def __call__(self, *options: str, name: str = "etiquetas.pdf", sheet: str | None = "pimaco-6180") -> Seen:
        path = str(self.shop.folder / name)
        of_trade = () if sheet is None else ("--formato", sheet)
        return self._terminal("etiquetas", path, *of_trade, *options, "--banco", self.shop.url)

    def codes(self, name: str = "etiquetas.pdf") -> list[str]:
        return sorted(seen.text for seen in read(self.pdf(name), 300))

    def pdf(self, name: str = "etiquetas.pdf") -> bytes:
        return (self.shop.folder / name).read_bytes()


def test_labels_are_drawn_into_a_file(draw: Draw) -> None:
    assert draw.shop.imported("produto_id;quantidade\np2;2\n").status == 0
    seen = draw("--produto", "p1", "--copias", "3", "--preco", "R$ 1.234,50", "--local", "l2")
    path = draw.shop.folder / "etiquetas.pdf"
    assert (seen.status, seen.output, seen.errors) == (0, f"6 etiquetas estão em {path}.\n", "")
    assert draw.codes() == ["l2"] * 3 + ["p1"] * 3
    assert "R$ 1.234,50" in words(draw.pdf())
    assert draw("--movimento", "1", "--substituir", "--simbolo", "qr", "--sem-preco").status == 0
    assert draw.codes() == ["p2", "p2"]
    assert [file.name for file in draw.shop.folder.iterdir() if file.suffix in (".pdf", ".tmp")] == [
        path.name
    ]


def test_a_product_is_named_by_its_code_too(draw: Draw) -> None:
    built = build(Settings.from_environment(), draw.shop.database, lambda: None)
    codes = next(one for one in built if isinstance(one, Codes))
    maria = Identity(1, "maria", Role.ADMINISTRATOR, b"")
    codes.attach(maria, Wish(None, gtin(7), None, None, [Part("p1", Decimal(1), None)]))
    assert draw("--produto", gtin(7)).status == 0
    assert draw.codes() == [gtin(7)]


A4_2_BY_5 = (
    "pagina_largura=210 pagina_altura=297 colunas=2 linhas=5 largura=99 altura=55,8 passo_x=101.6 topo=9"
)


def test_a_sheet_of_ones_own_and_a_shift_are_drawn(draw: Draw) -> None:
    on = ("--produto", "p1", "--medidas", A4_2_BY_5)
    assert draw(*on, "--posicao", "10", sheet=None).status == 0
    shift = ("--desloca-x", "-1,5", "--desloca-y", "10")
    assert draw(*on, "--posicao", "10", *shift, name="deslocada.pdf", sheet=None).status == 0
    (there,), (moved,) = (read(draw.pdf(name), 300) for name in ("etiquetas.pdf", "deslocada.pdf"))
    assert (there.text, moved.text) == ("p1", "p1")
    # In the last of two by five places of A4.
    assert (there.x > 101.6, there.y > 9 + 4 * 55.8) == (True, True)
    assert (moved.x - there.x, moved.y - there.y) == pytest.approx((-1.5, 10), abs=0.2)


def test_measures_and_shifts_that_cannot_be_are_said_in_one_line(draw: Draw) -> None:
    too_wide = A4_2_BY_5.replace("colunas=2", "colunas=3")
    for options, sheet, sentence in (
        (["--medidas", too_wide], None, "As etiquetas não cabem na folha: ocupam 302,2 mm"),
        (["--medidas", "largura=9"], None, "Falta o campo “medidas.pagina_largura”."),
        (["--medidas", A4_2_BY_5], "pimaco-6180", "“medidas” não pode ser usado"),
        ([], None, "Falta o campo “formato”."),
        (["--desloca-x", "21"], "pimaco-6180", "“desloca_x” pode ser no máximo 20."),
        (["--desloca-y", "1e1"], "pimaco-6180", "“desloca_y” precisa ser um número."),
    ):
        seen = draw("--produto", "p1", *options, sheet=sheet)
        assert (seen.status, seen.output) == (1, ""), options
        assert seen.line.startswith(f"almoxarife: {sentence}"), seen.line
    assert list(draw.shop.folder.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ("", "medidas.pagina_largura", "missing"),
        ("pagina_largura=210 pagina_altura=297 largura=9", "medidas.altura", "missing"),
        (f"{A4_2_BY_5} largura=9", "medidas", "twice"),
        (f"{A4_2_BY_5} cor=azul", "medidas", "not_one_of"),
        (f"{A4_2_BY_5} esquerda=muito", "medidas.esquerda", "not_number"),
        (f"{A4_2_BY_5} esquerda=", "medidas.esquerda", "not_number"),
        (A4_2_BY_5.replace("linhas=5", "linhas=5,5"), "medidas.linhas", "not_whole_number"),
        ("a" * 401, "medidas", "too_long"),
    ],
)
def test_measures_that_cannot_be_read_are_refused(text: str, field: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        read_sheet(text)
    assert (refused.value.parameters["field"], refused.value.parameters["reason"]) == (field, reason)


def test_what_is_left_out_of_measures_is_as_in_a_request() -> None:
    sheet = read_sheet("pagina_largura=60,5 pagina_altura=40 largura=60.5 altura=40 dpi=203")
    assert sheet == Sheet("", "", 60.5, 40, 1, 1, 60.5, 40, 0, 0, 60.5, 40, 203)


def test_the_formats_are_listed(terminal: Terminal) -> None:
    seen = terminal("etiquetas", "--formatos")
    assert (seen.status, seen.errors) == (0, "")
    assert "pimaco-6180           Pimaco 6180: 66,7 × 25,4 mm, 30 por página" in seen.output.splitlines()


def test_what_cannot_be_drawn_is_said_in_one_line_and_leaves_no_file(draw: Draw, terminal: Terminal) -> None:
    for words_, status, sentence in (
        (["--produto", "p99"], 1, "Não existe o produto “p99”."),
        (["--produto", "p1", "--produto", "7891000053509"], 1, "O dígito verificador"),
        (["--produto", "XYZ"], 1, "Nenhum produto tem o código “XYZ”."),
        (["--produto", "l2"], 1, "l2 é a etiqueta do local"),
        (["--local", "l1"], 1, "Não existe o local “l1”."),
        (["--lote", "v1"], 1, "O produto não tem o lote “v1”."),
        (["--movimento", "7"], 1, "Não existe o movimento “7”."),
        (["--produto", "p1", "--preco", "caro"], 1, "“preco” precisa ser um número."),
        (["--produto", "p1", "--posicao", "31"], 1, "“posicao” pode ser no máximo 30."),
        (["--produto", "p1", "--copias", "0"], 2, "O valor de --copias"),
        (["--produto", "p1", "--simbolo", "ean13"], 1, "“Código” deve ser um GTIN"),
        ([], 1, "Falta o campo “produto”."),
    ):
        seen = draw(*words_)
        assert (seen.status, seen.output) == (status, ""), words_
        assert seen.line.startswith(f"almoxarife: {sentence}"), seen.line
    assert draw("--produto", "p1", sheet="folha").line.startswith("almoxarife: Não existe o formato")
    assert terminal("etiquetas", "--produto", "p1").line.startswith("almoxarife: Falta algo no comando.")
    assert list(draw.shop.folder.glob("*.pdf")) == []
    (draw.shop.folder / "etiquetas.pdf").write_text("contrato")
    assert "já existe" in draw("--produto", "p1").line
    assert draw.pdf() == b"contrato"
