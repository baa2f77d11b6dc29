"""Bad requests about products, their units and their pictures, each with how it must be answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from . import bad_values as bad
from .corpus import GOOD, Case, body_of
from .running import JSON

# Bodies of requests about the first of each kind, which is there.
CHANGES: dict[str, dict[str, object]] = {
    "/produtos/p1": {"nome": "Parafuso 8mm"},
    "/categorias/c1": {"nome": "Ferramentas"},
    "/parceiros/t1": {"nome": "Ana Lima"},
}
NO_LIST = {"null": "null", "number": "5", "text": '"CX"', "object": "{}", "true": "true"}
NO_COUNT = {"null": "null", "text": '"2"', "true": "true", "1.5": "1.5", "list": "[]", "NaN": "NaN"}
UNKNOWN = ("p9", "p0", "p01", "P1", "1", "p1%20", "p%00", "p" + "9" * 30, "%F0%9F%98%80", "x" * 1_000)
NO_PICTURE = {
    "empty": b"",
    "text": b"foto",
    "SVG": b"<svg/>",
    "GIF": b"GIF89a",
    "half a PNG": b"\x89PNG\r\n\x1a\n",
}


def product_cases() -> list[Case]:
    """Return every bad request about products."""
    return [
        *_products(),
        *_conversions(),
        *_pictures(),
        *_versions(),
        *_queries(),
    ]


def case(
    name: str,
    method: str,
    path: str,
    body: bytes | None,
    code: str,
    field: str | None = None,
    *,
    status: int = 400,
    if_match: str | None = "*",
) -> Case:
    headers = {"Content-Type": JSON} if body is not None else {}
    if if_match is not None and method in ("PATCH", "PUT"):
        headers["If-Match"] = if_match
    return Case(f"{method} {path[1:40]}: {name}", method, path, body, headers, status, code, field)


def values(
    method: str,
    path: str,
    good: Mapping[str, object],
    key: str,
    texts: Mapping[str, str],
    *,
    code: str = "campo_invalido",
    field: str | None = None,
    status: int = 400,
) -> Iterator[Case]:
    for name, text in texts.items():
        yield case(f"{key} {name}", method, path, body_of(good, key, text), code, field or key, status=status)


def _products() -> Iterator[Case]:
    long = {"too long": f'"{"x" * 201}"', "far too long": f'"{"é" * 100_000}"'}
    yield from values("PATCH", "/produtos/p1", {}, "nome", bad.NO_TEXT | bad.EMPTY | bad.INVISIBLE | long)
    taken = {"taken": '"PORCA"'}
    yield from values("PATCH", "/produtos/p1", {}, "nome", taken, code="produto_existente", status=409)
    for method, path, good in (("POST", "/produtos", GOOD["/produtos"]), ("PATCH", "/produtos/p1", {})):
        yield from values(method, path, good, "unidade", bad.NO_TEXT)
        unknown = {"unknown": '"XX"', "empty": '""', "space": '"K G"'}
        yield from values(method, path, good, "unidade", unknown, code="unidade_inexistente", status=404)
        counts = {**NO_COUNT, "negative": "-1", "five": "5", "huge": "9" * 30}
        if method == "POST":
            # Not saying it is as good as null.
            del counts["null"]
        yield from values(method, path, good, "decimais", counts)
        yield from values(method, path, good, "rastreio", {**bad.NO_TEXT, "other": '"cor"', "empty": '""'})
        no_category = {"number": "5", "true": "true", "list": "[]"}
        yield from values(method, path, good, "categoria_id", no_category)
        unknown = {"unknown": '"c9"', "a product": '"p1"', "empty": '""', "c0": '"c0"'}
        yield from values(
            method, path, good, "categoria_id", unknown, code="categoria_inexistente", status=404
        )
        notes = {"too long": json.dumps("x\n" * 1_001), "bidi": '"a\\u202eb"', "tab": '"a\\tb"'}
        yield from values(method, path, good, "observacoes", {**bad.NO_TEXT, **notes})
        fields = {
            "null": "null",
            "list": "[]",
            "text": '"x"',
            "NUL inside": '{"a": "\\u0000"}',
            "half a pair": '{"\\ud800": "x"}',
            "empty name": '{"": "x"}',
            "empty value": '{"a": " "}',
            "twice": '{"Cor": "x", "COR ": "y"}',
            "too many": json.dumps({str(number): "x" for number in range(31)}),
            "long name": json.dumps({"x" * 41: "x"}),
            "long value": json.dumps({"x": "x" * 201}),
        }
        yield from values(method, path, good, "campos", fields)
        inside = {"number": '{"a": 5}', "null": '{"a": null}', "object": '{"a": {"b": "c"}}'}
        yield from values(method, path, good, "campos", inside, field="campos.a")
    for unknown_id in UNKNOWN:
        path = f"/produtos/{unknown_id}"
        for method, rest, body in (
            ("GET", "", None),
            ("PATCH", "", b"{}"),
            ("GET", "/alteracoes", None),
            ("POST", "/desativar", None),
            ("POST", "/reativar", None),
            ("POST", "/unir", b'{"produto_id": "p1"}'),
            ("GET", "/unidades", None),
            ("PUT", "/unidades", b'{"conversoes": []}'),
            ("GET", "/foto", None),
            ("DELETE", "/foto", None),
        ):
            yield case(
                f"{rest} {len(unknown_id)}",
                method,
                path + rest,
                body,
                "produto_inexistente",
                "produto_id",
                status=404,
            )
    for name, field, status, code, body in (
        ("with stock", "produto_id", 409, "produto_com_estoque", b'{"produto_id": "p2"}'),
        ("itself", "produto_id", 409, "produto_em_si_mesmo", b'{"produto_id": "p1"}'),
        ("unknown", "produto_id", 404, "produto_inexistente", b'{"produto_id": "p9"}'),
        ("number", "produto_id", 400, "campo_invalido", b'{"produto_id": 2}'),
        ("nothing", "produto_id", 400, "campo_invalido", b"{}"),
    ):
        yield case(name, "POST", "/produtos/p1/unir", body, code, field, status=status)
    yield case("stock", "POST", "/produtos/p1/desativar", None, "produto_com_estoque", "ativo", status=409)
    for field, change in (("unidade", b'{"unidade": "KG"}'), ("rastreio", b'{"rastreio": "lote"}')):
        yield case(
            f"stock {field}", "PATCH", "/produtos/p1", change, "produto_com_estoque", field, status=409
        )


def _conversions() -> Iterator[Case]:
    path, good = "/produtos/p1/unidades", {"unidade": "CX", "fator": 12}
    for name, text in NO_LIST.items():
        body = f'{{"conversoes": {text}}}'.encode()
        yield case(f"list {name}", "PUT", path, body, "campo_invalido", "conversoes")
    yield case("nothing", "PUT", path, b"{}", "campo_invalido", "conversoes")
    many = json.dumps({"conversoes": [good] * 51}).encode()
    yield case("51 rows", "PUT", path, many, "campo_invalido", "conversoes")
    factors = "0 -1 1.00001 1000000 1e40 1e999999999 NaN Infinity true null [] {}".split()
    texts = ("", " ", "-1", "1,5", "1e3", "1_0", "٣", "9" * 30, "0")
    for text in [*factors, *(f'"{text}"' for text in texts)]:
        row = body_of(good, "fator", text).decode()
        body = f'{{"conversoes": [{json.dumps({"unidade": "PC", "fator": 2})}, {row}]}}'.encode()
        yield case(f"factor {text[:20]}", "PUT", path, body, "campo_invalido", "conversoes[1].fator")
    for name, text in bad.NO_TEXT.items():
        body = f'{{"conversoes": [{body_of(good, "unidade", text).decode()}]}}'.encode()
        yield case(f"unit {name}", "PUT", path, body, "campo_invalido", "conversoes[0].unidade")
    body = b'{"conversoes": [{"unidade": "XX", "fator": 2}]}'
    yield case("unknown unit", "PUT", path, body, "unidade_inexistente", "unidade", status=404)
    twice = f"[{json.dumps(good)}, {json.dumps(good)}]"
    for name, text in (("stock unit", '[{"unidade": "UN", "fator": 2}]'), ("twice", twice)):
        body = f'{{"conversoes": {text}}}'.encode()
        yield case(name, "PUT", path, body, "unidade_repetida", "conversoes", status=409)


def _pictures() -> Iterator[Case]:
    path = "/produtos/p1/foto"
    for name, content in NO_PICTURE.items():
        yield Case(
            f"picture {name}", "PUT", path, content, {"Content-Type": "image/png"}, 400, "foto_invalida", None
        )
    large = b"\xff\xd8\xff" + bytes(1024 * 1024)
    yield Case("picture too large", "PUT", path, large, {}, 413, "corpo_grande_demais", None)
    yield Case(
        "no such product",
        "PUT",
        "/produtos/p9/foto",
        b"\xff\xd8\xff",
        {},
        404,
        "produto_inexistente",
        "produto_id",
    )
    for method in ("GET", "DELETE"):
        yield case("no picture", method, path, None, "produto_sem_foto", status=404)


def _versions() -> Iterator[Case]:
    writes = [("PATCH", path, json.dumps(body).encode()) for path, body in CHANGES.items()]
    writes.append(("PUT", "/produtos/p1/unidades", b'{"conversoes": []}'))
    for method, path, body in writes:
        for absent in (None, "", " "):
            yield case(
                f"no version {absent!r}",
                method,
                path,
                body,
                "falta_if_match",
                "If-Match",
                status=428,
                if_match=absent,
            )
        for stale in ('"9"', "1", 'W/"1"', '"x"', "**", '"0"', "*, *", '"' + "9" * 30 + '"', '"2", "3"'):
            yield case(
                f"version {stale[:12]}",
                method,
                path,
                body,
                "versao_desatualizada",
                "If-Match",
                status=412,
                if_match=stale,
            )


def _queries() -> Iterator[Case]:
    for path, field in (
        ("/produtos?situacao=todas", "situacao"),
        ("/produtos?detalhes=talvez", "detalhes"),
        ("/produtos?depois_de=7", "depois_de"),
        ("/produtos?depois_de=p0", "depois_de"),
        ("/produtos/p1/alteracoes?depois_de=-1", "depois_de"),
        ("/produtos/p1/alteracoes?limite=0", "limite"),
        ("/produtos/p1/alteracoes?limite=1001", "limite"),
        ("/parceiros?situacao=x", "situacao"),
        ("/parceiros?tipo=ambos", "tipo"),
        ("/parceiros?limite=201", "limite"),
        ("/parceiros?depois_de=p1", "depois_de"),
        (f"/parceiros?busca={'x' * 201}", "busca"),
        ("/parceiros?busca=%00", "busca"),
    ):
        yield case("", "GET", path, None, "campo_invalido", field)
    for category in ("c9", "", "x", "p1"):
        path = f"/produtos?categoria={category}"
        yield case("", "GET", path, None, "categoria_inexistente", "categoria", status=404)
