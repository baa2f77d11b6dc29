"""``almoxarife importar`` with entries: each row once, or nothing at all."""

from __future__ import annotations

import re
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from almoxarife.cli.progress import Meter
from almoxarife.features.imports import block_service
from almoxarife.identity import Identity
from almoxarife.ledger import bulk

from .importing import Shop

A, B = "7f3b2c1e-9a4d-4e8f-b1a2-3c4d5e6f7a8b", "0b9c5f3e-3d6f-4a43-8f0e-6b7a3c1d2e4f"


def test_entries_by_id_in_the_order_of_the_file(shop: Shop) -> None:
    ran = shop.imported("produto_id,quantidade\np2,50\np1,7\np2,1\n")
    assert (ran.status, ran.errors) == (0, "")
    assert shop.entries() == [("Porca", 50), ("Parafuso 10mm", 7), ("Porca", 1)]
    assert {row.username for row in shop.rows()} == {"maria"}
    assert "Linhas boas: 3. Linhas com problema: 0. Já estavam: 0." in ran.output
    assert "Soma das quantidades: 58." in ran.output
    assert re.search(r"Gravadas agora: 3, em \d+,\d s \([\d.]+ linhas/s\)\.", ran.output)
    assert f"Último recibo: nº 3, {shop.rows()[-1].hash.hex()}" in ran.output
    assert shop.is_whole()


def test_entries_by_name_as_a_spreadsheet_saves_them(shop: Shop) -> None:
    text = '\ufeffData;Produto;Quantidade\r\n1/2;PORCA;1.234\r\n;" parafuso  10MM ";50,00\r\n;Cabo 2,5 mm; 7 \r\n;;\r\n'
    assert shop.imported(text).status == 0
    assert shop.entries() == [("Porca", 1_234), ("Parafuso 10mm", 50), ("Cabo 2,5 mm", 7)]


def test_ids_of_the_file_are_the_entries_ids(shop: Shop) -> None:
    text = f"id,produto_id,quantidade\n{A},p1,5\n{B.upper()},p2,6\n"
    assert shop.imported(text).status == 0
    assert [str(UUID(bytes=row.id)) for row in shop.rows()] == [A, B]
    again = shop.imported(text)
    assert (again.status, len(shop.rows())) == (0, 2)
    assert "Todas as entradas já estavam registradas." in again.output
    # Some are there, one is new, one stands twice.
    more = shop.imported(f"{text}{B},p2,6\n{uuid4()},p1,7\n")
    assert "Repetidas no arquivo: 1." in more.output
    assert "Linhas boas: 4. Linhas com problema: 0. Já estavam: 3." in more.output
    assert [entry[1] for entry in shop.entries()] == [5, 6, 7]
    assert shop.is_whole()


def test_an_entry_that_was_sent_to_the_api_is_not_doubled(shop: Shop) -> None:
    maria = Identity(1, "maria", "administrador", b"")
    shop.movements.register_entry(maria, client_id=A, product_id="p1", quantity=Decimal(5))
    assert shop.imported(f"id;produto;quantidade\n{A};Parafuso 10mm;5\n{B};Porca;1\n").status == 0
    assert [entry[1] for entry in shop.entries()] == [5, 1]


def test_the_same_content_again_changes_nothing(shop: Shop) -> None:
    shop.imported("produto_id,quantidade\np1,5\np1,5\n")
    assert len(shop.rows()) == 2
    # Saved by a spreadsheet program, under another name.
    again = shop.run(shop.file('\ufeffproduto_id;quantidade\r\np1;"5"\r\np1;5\r\n', "outro.csv"))
    assert (again.status, len(shop.rows())) == (0, 2)
    assert "Este arquivo já foi importado; não há mais nada a fazer." in again.output
    assert "--de-novo" in again.output


def test_the_same_content_on_purpose(shop: Shop) -> None:
    text = "produto_id,quantidade\np1,5\np2,6\n"
    shop.imported(text)
    assert shop.imported(text, "--de-novo").status == 0
    assert [entry[1] for entry in shop.entries()] == [5, 6, 5, 6]
    # Without the option it is what was imported already.
    shop.imported(text)
    assert len(shop.rows()) == 4
    assert shop.is_whole()


@pytest.mark.parametrize("options", [(), ("--de-novo",)])
def test_an_import_that_was_interrupted_goes_on(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    """With --de-novo, too: what it continues is the unfinished one, not a new one."""
    text = "produto_id,quantidade\n" + "".join(f"p{1 + n % 3},{n + 1}\n" for n in range(2_500))
    if options:
        shop.imported(text)
    before = len(shop.rows())
    with monkeypatch.context() as patched:
        _interrupt_after(patched, 2)
        interrupted = shop.imported(text, *options)
    assert interrupted.status == 130
    assert "Interrompido: 1.000 de 2.500 linhas estão gravadas. Para continuar, repita" in interrupted.errors
    assert len(shop.rows()) == before + 1_000
    again = shop.imported(text, *options)
    assert "Já estavam: 1.000." in again.output
    assert "Continuando de onde uma importação anterior parou." in again.output
    assert [entry[1] for entry in shop.entries()[before:]] == list(range(1, 2_501))
    assert shop.is_whole()


def _interrupt_after(patched: pytest.MonkeyPatch, transactions: int) -> None:
    """Let a later transaction be as if Ctrl-C were pressed twice in its midst."""
    done: list[int] = []

    def append_block(*arguments: object, **named: object) -> object:
        done.append(1)
        if len(done) >= transactions:
            raise KeyboardInterrupt
        return bulk.append_block(*arguments, **named)  # type: ignore[arg-type]

    patched.setattr(block_service, "append_block", append_block)


def test_an_import_that_was_interrupted_while_it_checked(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_step: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Meter, "step", stop)
    seen = shop.imported("produto_id,quantidade\np1,5\np9,5\n", "--aceitar-parcial")
    assert (seen.status, seen.errors) == (130, "Interrompido antes de gravar qualquer coisa.\n")
    assert shop.rows() == []
    assert [path.name for path in shop.folder.iterdir() if "recusadas" in path.name] == []


def test_somebody_else_does_not_go_on_with_it_by_mistake(shop: Shop) -> None:
    text = "produto_id,quantidade\np1,5\n"
    shop.imported(text, "--usuario", "JOÃO")
    refused = shop.imported(text)
    assert refused.status == 1
    assert (
        "joão importou este arquivo ou uma parte dele. Para continuar, use --usuario joão" in refused.errors
    )
    assert len(shop.rows()) == 1
    assert shop.imported(text, "--de-novo").status == 0
    assert [row.username for row in shop.rows()] == ["joão", "maria"]


def test_who_registers_must_exist(shop: Shop) -> None:
    ran = shop.imported("produto_id,quantidade\np1,5\n", "--usuario", "ninguém")
    assert (ran.status, ran.errors) == (1, "almoxarife: Não existe a conta “ninguém”.\n")
    assert shop.rows() == []


def test_a_file_of_only_column_names(shop: Shop) -> None:
    ran = shop.imported("produto_id,quantidade\n")
    assert (ran.status, shop.rows()) == (0, [])
    assert "Linhas boas: 0." in ran.output
