"""Search: parts of words in any order, without accents and case; also an id."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almoxarife.errors import InvalidField
from almoxarife.features.products.rules import ProductExists
from almoxarife.features.products.service import Products
from almoxarife.storage.database import Database
from tests.databases import only_sqlite

SHELF = (
    "Parafuso 10mm",
    "Parafuso sextavado 8mm",
    "Café torrado e moído 500g",
    "Café solúvel",
    "Tinta acrílica branca",
    "Desconto 100% algodão",
    "Caixa 100 un",
    "Cabo_rede cat6",
    "Caboxrede cat5",
    "Filtro 1/2 polegada",
    "Filtro 112 polegadas",
)


@pytest.fixture
def stocked(products: Products) -> Products:
    for name in SHELF:
        products.create(name)
    return products


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("parafuso", ["Parafuso 10mm", "Parafuso sextavado 8mm"]),
        ("PARAFUSO", ["Parafuso 10mm", "Parafuso sextavado 8mm"]),
        ("fuso", ["Parafuso 10mm", "Parafuso sextavado 8mm"]),
        ("8mm para", ["Parafuso sextavado 8mm"]),
        ("moido cafe", ["Café torrado e moído 500g"]),
        ("MOI\u0301DO CAFE\u0301", ["Café torrado e moído 500g"]),
        ("\uff43\uff41\uff46é", ["Café solúvel", "Café torrado e moído 500g"]),
        ("acrilica  branca", ["Tinta acrílica branca"]),
        ("p3", ["Café torrado e moído 500g"]),
        ("P3 ", ["Café torrado e moído 500g"]),
        ("p", ["Parafuso 10mm", "Parafuso sextavado 8mm", "Filtro 1/2 polegada", "Filtro 112 polegadas"]),
        ("p99", []),
        ("100%", ["Desconto 100% algodão"]),
        ("%", ["Desconto 100% algodão"]),
        ("cabo_", ["Cabo_rede cat6"]),
        ("1/2", ["Filtro 1/2 polegada"]),
        ("/", ["Filtro 1/2 polegada"]),
        ("\\", []),
        ("parafuso 9mm", []),
        ("'; DROP TABLE product; --", []),
        ("café\0", []),
        ("\ud800", []),
    ],
    ids=ascii,
)
def test_what_is_found(stocked: Products, text: str, found: list[str]) -> None:
    assert [product.name for product in stocked.search(text, 50)] == found


def test_names_that_begin_with_the_word_come_first(products: Products) -> None:
    for name in ("Porta-chave", "Chave de fenda", "A chave"):
        products.create(name)
    assert [product.name for product in products.search("chave", 50)] == [
        "Chave de fenda",
        "A chave",
        "Porta-chave",
    ]


def test_no_word_shows_the_first_products(stocked: Products) -> None:
    assert [product.name for product in stocked.search(" ", 2)] == list(SHELF[:2])


def test_no_more_than_asked_for(stocked: Products) -> None:
    assert len(stocked.search("a", 3)) == 3
    products = stocked
    products.create("p3 adaptador")
    # The product whose id it is leads, and counts.
    assert [product.number for product in products.search("p3", 1)] == [3]
    assert [product.number for product in products.search("p3", 5)] == [3, 12]


@only_sqlite
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=30), st.integers(0, 14))
def test_whatever_can_be_a_name_is_found_by_it_and_by_its_parts(
    database: Database, name: str, place: int
) -> None:
    products = Products(database)
    try:
        made = products.create(name)
    except (InvalidField, ProductExists):
        return
    assert made in products.search(name, 1_000)
    words = made.name.split()
    word = words[place % len(words)]
    assert made in products.search(word.upper(), 1_000)
    assert made in products.search(" ".join(reversed(words)), 1_000)
