"""Products: one name is one product, however it is typed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.products import known, rules, service
from almoxarife.features.products.rules import ProductExists
from almoxarife.features.products.service import Products
from almoxarife.features.products.store import Product
from almoxarife.features.verification.service import verify_everything
from almoxarife.storage.database import Database


def all_of(products: Products) -> list[Product]:
    return [product for page in products.everything() for product in page]


def test_products_are_numbered_in_order_of_creation(products: Products) -> None:
    assert products.create("Parafuso 10mm") == Product(1, "Parafuso 10mm")
    assert products.create("Porca M8") == Product(2, "Porca M8")
    with pytest.raises(ProductExists):
        products.create("parafuso 10MM")
    # A refusal takes no number.
    assert products.create("Arruela") == Product(3, "Arruela")
    assert [product.number for product in all_of(products)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("name", "twin"),
    [
        pytest.param("Café", "Cafe\u0301", id="accent in one character or in two"),
        pytest.param("Cafe\u0301", "Café", id="accent in two characters or in one"),
        pytest.param("Café 1kg", "CAFÉ 1KG", id="case"),
        pytest.param("Café 1kg", "\uff23\uff41\uff46é\u3000\uff11\uff4b\uff47", id="full width"),
        pytest.param("Café 1kg", "  Café\u00a0 1kg ", id="spaces around and within"),
        pytest.param("Caﬁxa", "Cafixa", id="ligature"),
        pytest.param("Strasse", "Straße", id="sharp s"),
        pytest.param("ΣΟΦΟΣ", "σοφος", id="final sigma"),
    ],
)
def test_twins_are_one_product(products: Products, name: str, twin: str) -> None:
    products.create(name)
    with pytest.raises(ProductExists) as refusal:
        products.create(twin)
    # The person is told the name that is there.
    assert refusal.value.parameters == {"name": rules.check_name(name)}
    assert len(all_of(products)) == 1


@pytest.mark.parametrize(
    ("name", "other"),
    [("Is\u0131", "Isi"), ("\u0130nce", "Ince"), ("Pera", "Pêra"), ("Cabo 1,0", "Cabo 10"), ("M8", "M 8")],
)
def test_what_differs_stays_two_products(products: Products, name: str, other: str) -> None:
    products.create(name)
    products.create(other)
    assert [product.name for product in all_of(products)] == [name, other]


def test_a_name_is_kept_as_it_was_typed_but_for_the_spaces_around_it(products: Products) -> None:
    assert products.create("  Tinta “Acrílica” — 3,6 L ✓ 😀\u2009").name == "Tinta “Acrílica” — 3,6 L ✓ 😀"


@pytest.mark.parametrize("name", ["ã" * 200, "a\u0303" * 200, " " + "😀" * 200 + " "])
def test_two_hundred_characters_fit(name: str) -> None:
    assert len(rules.check_name(name)) == 200


@pytest.mark.parametrize("name", ["ã" * 201, "a\u0303" * 201, "x" * 100_000])
def test_more_than_two_hundred_do_not(name: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        rules.check_name(name)
    assert refusal.value.parameters == {"field": "nome", "reason": "too_long", "maximum": 200}


@pytest.mark.parametrize("name", ["", " ", "\u00a0\t\n ", "\u3000"])
def test_a_name_needs_a_character(name: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        rules.check_name(name)
    assert refusal.value.parameters == {"field": "nome", "reason": "empty"}


@pytest.mark.parametrize(
    "character",
    [
        "\0",
        "\n",
        "\x1b",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2028",
        "\u00ad",
        "\ufeff",
        "\ud800",
        "\ue000",
        "\U000e0041",
    ],
    ids=ascii,
)
def test_a_name_holds_nothing_that_cannot_be_seen(character: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        rules.check_name(f"Para{character}fuso")
    assert refusal.value.parameters == {"field": "nome", "reason": "invisible"}


@pytest.mark.parametrize(
    ("product_id", "number"),
    [
        ("p1", 1),
        ("p999999999999999999", 999_999_999_999_999_999),
        ("p0", None),
        ("p01", None),
        ("P1", None),
        ("1", None),
        ("p1 ", None),
        ("p1\n", None),
        ("p\u0661", None),
        ("p9999999999999999999", None),
        ("", None),
    ],
)
def test_ids(product_id: str, number: int | None) -> None:
    assert rules.number_of(product_id) == number


def test_pages_are_put_together_without_loss(products: Products, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_PAGE", 3)
    for count in range(7):
        assert [len(page) for page in products.everything()] == [3] * (count // 3) + [count % 3] * (
            count % 3 > 0
        )
        products.create(f"Produto {count}")


def test_two_people_create_the_same_product_at_the_same_instant(
    products: Products, database: Database
) -> None:
    """Thirty times; each has a server of his own."""
    barrier = Barrier(2)
    servers = [products, Products(database)]

    def create(server: Products) -> list[bool]:
        created = []
        for number in range(30):
            barrier.wait()
            try:
                server.create(f"Produto {number}")
            except ProductExists:
                created.append(False)
            else:
                created.append(True)
        return created

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(create, servers)
    assert all(a != b for a, b in zip(left, right, strict=True))
    assert [product.number for product in all_of(products)] == list(range(1, 31))


def test_names_of_those_that_exist(products: Products, database: Database) -> None:
    products.create("Parafuso")
    with database.snapshot() as connection:
        assert products.names(connection, {1, 2}) == {1: "Parafuso"}
    # Asked for in vain before, it is found once it is there.
    products.create("Porca")
    with database.snapshot() as connection:
        assert products.names(connection, {1, 2, 3}) == {1: "Parafuso", 2: "Porca"}
        assert products.names(connection, set()) == {}


def test_names_are_remembered_within_a_bound(
    products: Products, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_MOST_REMEMBERED", 2)
    for number in range(1, 6):
        products.create(f"Produto {number}")
    with database.snapshot() as connection:
        for number in range(1, 6):
            assert products.names(connection, {number}) == {number: f"Produto {number}"}
    assert len(products._known._remembered[1]) <= 3


def test_many_at_once_are_made_in_order_and_each_once(products: Products, database: Database) -> None:
    products.create("Porca")
    assert products.create_all(["Parafuso", "PORCA", " Arruela ", "parafuso", "Prego"]) == 3
    assert [(one.number, one.name) for one in all_of(products)] == [
        (1, "Porca"),
        (2, "Parafuso"),
        (3, "Arruela"),
        (4, "Prego"),
    ]
    assert products.create_all(["Prego", "porca"]) == 0
    assert products.create_all([]) == 0
    # More than one look-up holds.
    assert products.create_all([f"Produto {number}" for number in range(1_201)]) == 1_201
    assert verify_everything(database).findings == ()


def test_one_name_that_cannot_be_kept_refuses_them_all(products: Products) -> None:
    with pytest.raises(InvalidField):
        products.create_all(["Parafuso", "a\nb"])
    assert all_of(products) == []


def test_numbers_of_names(products: Products, database: Database) -> None:
    products.create_all([f"Produto {number}" for number in range(1, 1_202)])
    with database.snapshot() as connection:
        asked = [f"PRODUTO {number}" for number in range(1_203)]
        assert products.numbers(connection, asked) == {
            f"PRODUTO {number}": number for number in range(1, 1_202)
        }
        assert products.numbers(connection, ["produto 1", " Produto  1"]) == {
            "produto 1": 1,
            " Produto  1": 1,
        }
        assert products.numbers(connection, []) == {}
        with pytest.raises(InvalidField):
            products.numbers(connection, ["a\0b"])
