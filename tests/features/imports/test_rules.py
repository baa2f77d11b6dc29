"""Which columns mean what, and which ids rows get."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.features.imports.rules import (
    MOST_ROWS,
    FileKind,
    UnusableFile,
    id_prefix,
    recognise,
    row_id,
)


@pytest.mark.parametrize(
    ("header", "kind", "product", "quantity", "id_"),
    [
        ("nome", FileKind.PRODUCTS, "nome", None, None),
        ("gtin nome preço", FileKind.PRODUCTS, "nome", None, None),
        ("id nome", FileKind.PRODUCTS, "nome", None, None),
        ("produto_id quantidade", FileKind.ENTRIES, "produto_id", "quantidade", None),
        ("Quantidade PRODUTO", FileKind.ENTRIES, "produto", "quantidade", None),
        ("id nome quantidade data", FileKind.ENTRIES, "nome", "quantidade", "id"),
        ("nome produto_id quantidade", FileKind.ENTRIES, "produto_id", "quantidade", None),
        ("nome produto quantidade", FileKind.ENTRIES, "produto", "quantidade", None),
        ("produto local minimo quantidade", FileKind.ENTRIES, "produto", "quantidade", None),
        ("nome produto ALVO", FileKind.LEVELS, "produto", None, None),
        ("nome alvo", FileKind.PRODUCTS, "nome", None, None),
    ],
)
def test_the_first_line_tells(
    header: str, kind: FileKind, product: str, quantity: str | None, id_: str | None
) -> None:
    names = header.split()
    folded = [name.casefold() for name in names]

    def place(name: str | None) -> int | None:
        return None if name is None else folded.index(name)

    found = recognise(names)
    assert (found.kind, found.product, found.quantity, found.id) == (
        kind,
        place(product),
        place(quantity),
        place(id_),
    )
    assert found.by_id == (product == "produto_id")


def test_spaces_around_a_columns_name_do_not_matter() -> None:
    assert recognise(["  Nome ", "x"]).kind is FileKind.PRODUCTS


def test_what_a_file_holds_can_be_said() -> None:
    assert recognise(["nome", "quantidade"], FileKind.PRODUCTS).kind is FileKind.PRODUCTS


@pytest.mark.parametrize(
    ("header", "forced", "parameters"),
    [
        ([""], None, {"reason": "no_header", "found": ""}),
        (["p1", "50"], None, {"reason": "no_header", "found": "p1, 50"}),
        (["produto_id"], None, {"reason": "no_header", "found": "produto_id"}),
        (["quantidade"], None, {"reason": "no_column", "column": "produto_id", "kind": "entradas"}),
        (["nome"], FileKind.ENTRIES, {"reason": "no_column", "column": "quantidade", "kind": "entradas"}),
        (["quantidade"], FileKind.PRODUCTS, {"reason": "no_column", "column": "nome", "kind": "produtos"}),
        (["nome", "x", "NOME"], None, {"reason": "column_twice", "column": "nome"}),
        (["x" * 100] * 9, None, {"reason": "no_header", "found": ", ".join(["x" * 40] * 6)}),
    ],
)
def test_a_first_line_that_does_not_tell(
    header: list[str], forced: FileKind | None, parameters: dict[str, object]
) -> None:
    with pytest.raises(UnusableFile) as refusal:
        recognise(header, forced)
    assert refusal.value.parameters == parameters


@given(st.binary(min_size=32, max_size=32), st.integers(0, 9), st.integers(1, MOST_ROWS - 1))
def test_ids_are_uuids_of_version_8_in_order(content: bytes, repetition: int, number: int) -> None:
    prefix = id_prefix(content, repetition)
    made = UUID(bytes=row_id(prefix, number))
    assert (made.version, made.variant) == (8, "specified in RFC 4122")
    assert made.bytes < row_id(prefix, number + 1)
    assert id_prefix(content, repetition) == prefix != id_prefix(content, repetition + 1)


def test_ids_never_change() -> None:
    """An import that was interrupted by one version of the program goes on with the next one."""
    assert str(UUID(bytes=row_id(id_prefix(bytes(32), 0), 258))) == "3877a121-c29d-8a04-a1b2-7ba100000102"
