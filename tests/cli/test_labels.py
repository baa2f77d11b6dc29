"""``almoxarife etiquetas``: what is drawn is read again, and what is refused in one line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.config import Settings
from almoxarife.features.codes.service.codes import Codes, Part, Wish
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

    def __call__(self, *options: str, name: str = "etiquetas.pdf", sheet: str = "pimaco-6180") -> Seen:
        path = str(self.shop.folder / name)
        return self._terminal("etiquetas", path, "--formato", sheet, *options, "--banco", self.shop.url)

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
