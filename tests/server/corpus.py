"""Bad requests, each with how it must be answered. Generated requests find other faults; both are run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from . import bad_values as bad
from .running import JSON

LARGEST = 1024 * 1024
LARGEST_LOT = 4 * LARGEST
GOOD: dict[str, dict[str, object]] = {
    "/registrar_usuario_app": {"username": "novo", "password": "1234"},
    "/login": {"username": "admin", "password": "1234"},
    "/senha": {"senha_atual": "1234", "senha_nova": "12345"},
    "/contas/aprovar": {"usuario": "admin"},
    "/usuarios/aprovar": {"usuario": "admin"},
    "/usuarios/papel": {"usuario": "novo", "papel": "leitor"},
    "/usuarios/desativar": {"usuario": "novo"},
    "/usuarios/reativar": {"usuario": "admin"},
    "/usuarios/senha": {"usuario": "novo", "senha_nova": "12345"},
    "/usuarios/sessoes/encerrar": {"usuario": "novo"},
    "/sessoes/encerrar": {"id": "ab" * 32},
    "/periodos/fechar": {"ate": "2026-10-31"},
    "/periodos/reabrir": {"motivo": "Por engano"},
    "/produtos": {"nome": "Novo"},
    "/unidades": {"codigo": "SC", "nome": "Saco"},
    "/categorias": {"nome": "Nova"},
    "/parceiros": {"tipo": "cliente", "nome": "Novo"},
    "/inventario": {"produto_id": "p1", "quantidade": 5},
    "/inventario/lote": {
        "entradas": [{"id": "5a0e8c1d-3b7f-4f6e-9d2a-8c4b6e1f7a93", "produto_id": "p1", "quantidade": 5}]
    },
}
FIRST_OF_LOT = {"id": "d9b3a7c5-2f8e-4d1b-8a6c-5e7f9b1d3a20", "produto_id": "p1", "quantidade": 5}


class Case(NamedTuple):
    """A bad request: ``code`` and ``field`` are the problem's ``codigo`` and ``campo``."""

    name: str
    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]
    status: int
    code: str
    field: str | None


def cases() -> list[Case]:
    """Return every bad request."""
    return [*_bodies(), *_texts(), *_entries(), *_lots(), *_queries()]


def body_of(good: Mapping[str, object], key: str, text: str) -> bytes:
    """Return a good body in which one value is replaced by a JSON text."""
    rest = "".join(
        f", {json.dumps(other)}: {json.dumps(value)}" for other, value in good.items() if other != key
    )
    return f'{{"{key}": {text}{rest}}}'.encode()


def _post(
    name: str,
    path: str,
    body: bytes,
    code: str,
    field: str | None = None,
    *,
    status: int = 400,
    media_type: str = JSON,
) -> Case:
    headers = {"Content-Type": media_type} if media_type else {}
    return Case(f"{path[1:]}: {name}", "POST", path, body, headers, status, code, field)


def _values(
    path: str, key: str, texts: Mapping[str, str], *, status: int = 400, code: str = "campo_invalido"
) -> Iterator[Case]:
    """Yield a good body with one value replaced, for each JSON text."""
    for name, text in texts.items():
        yield _post(f"{key} {name}", path, body_of(GOOD[path], key, text), code, key, status=status)


def _in_quotes(values: Iterable[str]) -> dict[str, str]:
    return {f"text {value[:40]!r}": f'"{value}"' for value in values}


def _bodies() -> Iterator[Case]:
    for path, good in GOOD.items():
        text = json.dumps(good).encode()
        for name, raw in bad.BROKEN.items():
            yield _post(name, path, raw, "json_invalido")
        for name, raw in bad.NO_OBJECT.items():
            yield _post(name, path, raw, "campo_invalido")
        first = next(iter(good))
        yield _post("a key twice", path, f'{{"{first}": 1, "{first}": 1}}'.encode(), "chave_repetida", first)
        for key in good:
            rest = {other: value for other, value in good.items() if other != key}
            yield _post(f"without {key}", path, json.dumps(rest).encode(), "campo_invalido", key)
        for media_type in bad.OTHER_TYPES:
            name = media_type or "no content type"
            yield _post(name, path, text, "tipo_de_conteudo", status=415, media_type=media_type)
        largest = LARGEST_LOT if path == "/inventario/lote" else LARGEST
        yield _post("a byte too many", path, text.ljust(largest + 1), "corpo_grande_demais", status=413)


def _texts() -> Iterator[Case]:
    for path, key, longest in (("/produtos", "nome", 200), ("/registrar_usuario_app", "username", 80)):
        long = {"too long": f'"{"x" * (longest + 1)}"', "far too long": f'"{"é" * 100_000}"'}
        yield from _values(path, key, bad.NO_TEXT | bad.EMPTY | bad.INVISIBLE | long)
    yield from _values("/registrar_usuario_app", "password", bad.NO_TEXT | bad.PASSWORDS)
    yield from _values("/senha", "senha_nova", bad.NO_TEXT | bad.PASSWORDS)
    for path, key in (
        ("/login", "username"),
        ("/login", "password"),
        ("/senha", "senha_atual"),
        ("/contas/aprovar", "usuario"),
        ("/usuarios/senha", "usuario"),
        ("/usuarios/papel", "papel"),
        ("/periodos/fechar", "ate"),
        ("/inventario", "produto_id"),
    ):
        yield from _values(path, key, bad.NO_TEXT | bad.UNSTORABLE)
    yield from _values("/senha", "senha_atual", {"wrong": '"4321"'}, status=403, code="senha_atual_incorreta")
    unknown = {"unknown": '"ninguem"', "empty": '""'}
    for path in GOOD:
        if path.startswith(("/contas", "/usuarios")):
            yield from _values(path, "usuario", unknown, status=404, code="conta_inexistente")
    roles = _in_quotes(("", "chefe", "Leitor", "leitor ", "administrador\\n"))
    yield from _values("/usuarios/papel", "papel", roles)
    yield from _values("/usuarios/senha", "senha_nova", bad.NO_TEXT | bad.PASSWORDS)
    yield from _values(
        "/periodos/fechar", "ate", _in_quotes(("", "hoje", "9999-12-31", "2026-02-30", "20261031"))
    )
    yield from _values("/periodos/reabrir", "motivo", bad.NO_TEXT | bad.EMPTY | bad.INVISIBLE)
    products = _in_quotes(bad.UNKNOWN_PRODUCTS)
    yield from _values("/inventario", "produto_id", products, status=404, code="produto_inexistente")


def _entries() -> Iterator[Case]:
    yield from _values("/inventario", "quantidade", {text[:24]: text for text in bad.QUANTITIES})
    yield from _values("/inventario", "quantidade", _in_quotes(bad.QUANTITY_TEXTS))
    others = {name: text for name, text in bad.NO_TEXT.items() if name != "null"}
    yield from _values("/inventario", "id", _in_quotes(bad.IDS) | others)


def _lots() -> Iterator[Case]:
    path = "/inventario/lote"
    good = dict(GOOD["/inventario"], id="c2f5d9a7-6e1b-4c8d-a3f0-1b7e5d9c2a64")
    nobody = {"null": "null", "number": "5", "text": '"p1"', "list": "[]", "true": "true"}
    for name, text in nobody.items():
        if name != "list":
            yield _post(
                f"rows {name}", path, f'{{"entradas": {text}}}'.encode(), "campo_invalido", "entradas"
            )
        yield _rows(f"a row {name}", text, "campo_invalido", None)
    yield _post("no rows", path, b'{"entradas": []}', "campo_invalido", "entradas")
    many = json.dumps({"entradas": [{}] * 10_001}).encode()
    yield _post("10,001 rows", path, many, "campo_invalido", "entradas")
    yield _rows("no keys", "{}", "campo_invalido", "id")
    for key in good:
        rest = {other: value for other, value in good.items() if other != key}
        yield _rows(f"without {key}", json.dumps(rest), "campo_invalido", key)
    unusable = {
        "quantidade": {text[:24]: text for text in bad.QUANTITIES} | _in_quotes(bad.QUANTITY_TEXTS),
        "id": _in_quotes(bad.IDS) | bad.NO_TEXT | bad.UNSTORABLE,
        "produto_id": bad.NO_TEXT | bad.UNSTORABLE,
    }
    for key, texts in unusable.items():
        for name, text in texts.items():
            yield _rows(f"{key} {name}", _with(good, key, text), "campo_invalido", key)
    for name, text in _in_quotes(bad.UNKNOWN_PRODUCTS).items():
        row = _with(good, "produto_id", text)
        yield _rows(f"produto_id {name}", row, "produto_inexistente", "produto_id", status=404)
    # The id of the entry that is there, and of the first row of the lot.
    for taken in (bad.UUID, bad.UUID.upper(), FIRST_OF_LOT["id"]):
        row = json.dumps({**good, "id": taken, "quantidade": 6})
        yield _rows(f"id of another {taken}", row, "id_em_conflito", "id", status=409)


def _with(row: Mapping[str, object], key: str, text: str) -> str:
    return body_of(row, key, text).decode()


def _rows(name: str, row: str, code: str, field: str | None, *, status: int = 400) -> Case:
    """Return a lot whose second row is a JSON text."""
    place = "entradas[1]" if field is None else f"entradas[1].{field}"
    body = f'{{"entradas": [{json.dumps(FIRST_OF_LOT)}, {row}]}}'.encode()
    return _post(name, "/inventario/lote", body, code, place, status=status)


def _queries() -> Iterator[Case]:
    for path, name, largest in (
        ("/inventario", "depois_de", None),
        ("/inventario", "limite", 1_000),
        ("/inventario", "ultimos", 1_000),
        ("/produtos", "limite", 200),
    ):
        for value in bad.COUNTS + (["0", str(largest + 1)] if largest else []):
            yield _query(path, name, value)
    for value in ("2", "9" * 18):
        yield _query("/inventario", "depois_de", value, "cursor_no_futuro")
    for value in ("ninguem", "x" * 201, "\0", "a\0", ""):
        yield _query("/inventario", "registrado_por", value)
    for value in ("x" * 201, "\0", "a\0b"):
        yield _query("/produtos", "busca", value)
    for value in bad.INSTANTS:
        yield _query("/inventario/resumo", "desde", value)
    for path, field in (
        ("/inventario/resumo", "desde"),
        ("/inventario?ultimos=1&depois_de=0", "ultimos"),
        ("/inventario?ultimos=1&limite=1", "ultimos"),
    ):
        yield Case(path[1:], "GET", path, None, {}, 400, "campo_invalido", field)


def _query(path: str, name: str, value: str, code: str = "campo_invalido") -> Case:
    where = f"{path}?{name}={quote(value)}"
    # Long values are told apart by their length.
    return Case(f"{where[1:60]} {len(value)}", "GET", where, None, {}, 400, code, name)
