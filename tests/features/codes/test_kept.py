"""What the database itself keeps of codes, on both kinds of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.codes.service.codes import Codes, Part, Wish
from almoxarife.features.codes.service.printed import PrintedReader
from almoxarife.features.codes.service.reading import CodeReader
from almoxarife.features.movements.writing import Others
from almoxarife.features.products.service import Products
from almoxarife.features.verification.service import verify_everything
from almoxarife.storage.database import Database
from tests.features.people import registered


def test_codes_are_only_taken_away(
    database: Database, products: Products, accounts: Accounts, others: Others
) -> None:
    maria = registered(accounts, "maria")
    products.create("Leite")

    def masks(_connection: object) -> str:
        return ""

    reader = CodeReader(
        products, others.partners, PrintedReader(products, others.locations, others.lots), masks
    )
    codes = Codes(database, products, others.partners, reader, masks)
    wish = Wish(None, "7891000001080", None, None, [Part("p1", Decimal(2), None)])
    made, replayed = codes.attach(maria, wish)
    assert (made.code.row.kind, made.names, replayed) == ("gtin", {1: "Leite"}, False)
    for statement in (
        "UPDATE code SET key = 'x'",
        "DELETE FROM code",
        "UPDATE code_line SET quantity = 1",
        "DELETE FROM code_line",
        "INSERT INTO code SELECT id + 1, X, kind, owner, text, key, account_id, created_at, retired_at, checksum "
        "FROM code",
    ):
        is_copy = statement.startswith("INSERT")
        other_id = "x'00'" if database.is_sqlite else "'\\x00'::bytea"
        with pytest.raises(IntegrityError), database.unit_of_work() as connection:
            connection.execute(text(statement.replace(" X,", f" {other_id},") if is_copy else statement))
    assert verify_everything(database).findings == ()
    # What nobody may do and the triggers do not see: its checksum tells.
    with database.unit_of_work() as connection:
        connection.execute(text("UPDATE code SET retired_at = 5"))
    assert [one.detail for one in verify_everything(database).findings] == ["7891000001080"]
