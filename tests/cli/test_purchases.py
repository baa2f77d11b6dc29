"""``almoxarife compras``: at the terminal, into files, and what it refuses."""

from __future__ import annotations

from decimal import Decimal

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.levels.service import Levels, Quantities
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity, Role

from .importing import Shop
from .terminal import Terminal


def test_what_to_buy_is_shown_or_written(shop: Shop, terminal: Terminal) -> None:
    database = ("--banco", shop.url)
    seen = terminal("compras", *database)
    assert (seen.status, seen.output) == (0, "Não há nada a comprar.\n")
    audit = Audit(shop.database, Accounts(shop.database, registration="aberto", on_network=False))
    levels = Levels(shop.database, Products(shop.database), Locations(shop.database), audit)
    levels.put(Identity(1, "maria", Role.MANAGER, b""), "p1", None, Quantities(Decimal(1_200)))
    seen = terminal("compras", "--dias", "30", "--cobertura", "10", *database)
    assert (seen.status, "Sem fornecedor" in seen.output, "1.200 UN" in seen.output) == (0, True, True)
    for ending, beginning in (
        (".csv", b"\xef\xbb\xbfId do"),
        (".xlsx", b"PK"),
        (".txt", b"Pedido de compra"),
    ):
        target = shop.folder / f"compras{ending}"
        seen = terminal("compras", "--saida", str(target), *database)
        assert (seen.status, seen.output) == (0, f"Gravado: {target}\n")
        assert target.read_bytes().startswith(beginning)


def test_what_cannot_be_done_is_said_in_one_line(shop: Shop, terminal: Terminal) -> None:
    for words, status, sentence in (
        (("--fornecedor", "t9"), 1, "almoxarife: Não existe o parceiro “t9”."),
        (("--saida", "compras.pdf"), 2, "almoxarife: O nome do arquivo deve terminar em:"),
        (("--dias", "0"), 2, "almoxarife: O valor de --dias"),
    ):
        seen = terminal("compras", *words, "--banco", shop.url)
        assert (seen.status, seen.output) == (status, ""), words
        assert seen.line.startswith(sentence), seen.line
