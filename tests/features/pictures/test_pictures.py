"""Pictures of products: what they are is looked at, and each change is in the product's log."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from almoxarife.features.pictures.rules import (
    JPEG,
    PNG,
    WEBP,
    NoPicture,
    NotAPicture,
    media_type_of,
)
from almoxarife.features.pictures.service import Pictures
from almoxarife.features.products.rules import ProductNotFound
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.verify import Fault, Finding
from almoxarife.storage.database import Database
from tests.databases import behind_its_back
from tests.features.products.stocked import Stocked

# The smallest of each kind that begin as they should.
A_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
A_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
A_WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L"


@pytest.fixture
def shop(database: Database) -> Stocked:
    return Stocked(database)


@pytest.fixture
def pictures(shop: Stocked) -> Pictures:
    return Pictures(shop.database, shop.products)


@pytest.mark.parametrize(("content", "kind"), [(A_PNG, PNG), (A_JPEG, JPEG), (A_WEBP, WEBP)])
def test_pictures_are_told_by_how_they_begin(
    pictures: Pictures, shop: Stocked, content: bytes, kind: str
) -> None:
    assert pictures.put(shop.maria, "p1", content).media_type == kind
    assert pictures.get("p1") == (kind, hashlib.sha256(content).digest(), content)
    assert verify_everything(shop.database).findings == ()


def test_real_pictures_are_told(tmp_path: Path) -> None:
    from PIL import Image

    for name, kind in (("PNG", PNG), ("JPEG", JPEG), ("WEBP", WEBP)):
        path = tmp_path / name
        Image.new("RGB", (3, 2), "red").save(path, name)
        assert media_type_of(path.read_bytes()) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        A_PNG[:8],
        b"\x89PNG\n" + A_PNG,
        b" " + A_JPEG,
        b"RIFF\x00\x00\x00\x00WAVE",
        b"\x00" * 100,
    ],
)
def test_what_is_no_picture(pictures: Pictures, shop: Stocked, content: bytes) -> None:
    pictures.put(shop.maria, "p1", A_PNG)
    with pytest.raises(NotAPicture):
        pictures.put(shop.maria, "p1", content)
    assert pictures.get("p1").content == A_PNG


def test_each_change_is_logged(pictures: Pictures, shop: Stocked) -> None:
    pictures.put(shop.maria, "p1", A_PNG)
    pictures.put(shop.maria, "p1", A_PNG)
    pictures.put(shop.maria, "p1", A_JPEG)
    pictures.remove(shop.maria, "p1")
    png, jpeg = hashlib.sha256(A_PNG).hexdigest(), hashlib.sha256(A_JPEG).hexdigest()
    assert [(json.loads(one.before), json.loads(one.after)) for one in shop.changes.changes("p1", 0, 9)] == [
        ({"foto": None}, {"foto": png}),
        ({"foto": png}, {"foto": jpeg}),
        ({"foto": jpeg}, {"foto": None}),
    ]


def test_what_is_not_there(pictures: Pictures, shop: Stocked) -> None:
    with pytest.raises(NoPicture):
        pictures.get("p1")
    with pytest.raises(NoPicture):
        pictures.remove(shop.maria, "p1")
    for unknown in ("p9", "", "\0"):
        with pytest.raises(ProductNotFound):
            pictures.get(unknown)
        with pytest.raises(ProductNotFound):
            pictures.put(shop.maria, unknown, A_PNG)
        with pytest.raises(ProductNotFound):
            pictures.remove(shop.maria, unknown)


def test_a_changed_picture_is_found(pictures: Pictures, shop: Stocked) -> None:
    pictures.put(shop.maria, "p1", A_PNG)
    pictures.put(shop.maria, "p2", A_JPEG)
    behind_its_back(
        shop.database,
        "UPDATE product_picture SET media_type = 'image/png' WHERE product_id = 2",
        "UPDATE product_picture SET content = digest WHERE product_id = 1",
    )
    assert verify_everything(shop.database).findings == (
        Finding(Fault.CHANGED_NAME, detail="p1"),
        Finding(Fault.CHANGED_NAME, detail="p2"),
    )
